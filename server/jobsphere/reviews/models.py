"""Rounds of reviews, and what was said in them."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.reviews.rules import (
    FEWEST_STARS,
    MOST_STARS,
    REPLY_LENGTH,
    TEXT_LENGTH,
    ReviewRole,
    ReviewStatus,
)


class Round(Record):
    """The two of a finished contract may review each other until `closes_at`; then, or when both did, all is shown.

    `written` counts the reviews in it. Raising it makes two who write at the same moment queue up.
    """

    contract = models.OneToOneField("contracts.Contract", models.PROTECT, related_name="+")
    customer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    closes_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    written = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(written__lte=2), name="reviews_two_at_most"),
            models.CheckConstraint(condition=~Q(customer=F("contractor")), name="reviews_two_people"),
        ]
        indexes = [
            models.Index(fields=["customer", "id"], name="review_round_by_customer"),
            models.Index(fields=["contractor", "id"], name="review_round_by_contractor"),
            models.Index(fields=["closes_at"], condition=Q(published_at=None), name="review_rounds_to_close"),
        ]


class Review(Record):
    """What one of the two says of the other; `role` is what the subject was in it. Only a subject replies, once."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reviews")
    author = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    subject = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(each, each) for each in ReviewRole])
    status = models.CharField(max_length=10, choices=[(each, each) for each in ReviewStatus])
    rating = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    published_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=REPLY_LENGTH, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "author"], name="reviews_one_each"),
            models.CheckConstraint(condition=Q(rating__range=(FEWEST_STARS, MOST_STARS)), name="reviews_stars_exist"),
            models.CheckConstraint(condition=~Q(author=F("subject")), name="reviews_not_of_oneself"),
        ]
        indexes = [
            models.Index(fields=["subject", "role", "status", "id"], name="reviews_of_person"),
            models.Index(fields=["author", "id"], name="reviews_by_author"),
        ]
