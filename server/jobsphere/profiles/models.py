"""Tables of the taxonomy, the two profiles and the portfolio."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.encryption_fields import EncryptedTextField
from jobsphere.db.models import Record
from jobsphere.profiles.types import CategoryKind, VerificationKind, VerificationStatus


class Category(Record):
    """A trade or a kind of freelance work; groups of them are categories without a parent."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in CategoryKind])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)


class Skill(Record):
    """One thing that a contractor can do, under the trade where people look for it."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="skills")
    position = models.PositiveSmallIntegerField(default=0)


class ProfileOfPerson(Record):
    """What both profiles share. A profile has the id of its person, so one id names both.

    Coordinates are kept only as the centre of a square of about 1 km (`geo.coarse`): nobody can find a home from them.
    """

    user = models.OneToOneField("users.User", on_delete=models.CASCADE, related_name="+")
    updated_at = models.DateTimeField()
    bio = models.TextField(max_length=5000, blank=True)
    place = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    languages = models.JSONField(default=list)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(id=F("user_id")), name="%(class)s_has_the_id_of_its_person"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="%(class)s_is_on_earth",
            ),
        ]


class ContractorProfile(ProfileOfPerson):
    """What a contractor offers, where and for how much (prices in minor units of `currency`)."""

    headline = models.CharField(max_length=120)
    skills = models.ManyToManyField(Skill, related_name="contractors")
    categories = models.ManyToManyField(Category, related_name="contractors")
    hourly_amount = models.BigIntegerField(null=True)
    fixed_from_amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    radius_km = models.PositiveSmallIntegerField(null=True)
    years_of_experience = models.PositiveSmallIntegerField(null=True)
    availability = models.CharField(max_length=500, blank=True)
    #: The stars of the reviews that are shown: how many, and their sum (services.count_stars).
    rating_count = models.PositiveIntegerField(default=0)
    rating_total = models.PositiveIntegerField(default=0)

    class Meta(ProfileOfPerson.Meta):
        constraints = [
            *ProfileOfPerson.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(hourly_amount__isnull=True) | Q(hourly_amount__gt=0))
                & (Q(fixed_from_amount__isnull=True) | Q(fixed_from_amount__gt=0)),
                name="contractor_prices_are_positive",
            ),
        ]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="contractor_by_coordinates"),
            models.Index(fields=["currency", "hourly_amount"], name="contractor_by_hourly_price"),
        ]


class CustomerProfile(ProfileOfPerson):
    """Who a customer is, as contractors see them."""

    company = models.CharField(max_length=120, blank=True)


class PortfolioEntry(Record):
    """One finished piece of work that a contractor shows."""

    contractor = models.ForeignKey(ContractorProfile, on_delete=models.CASCADE, related_name="portfolio")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=2000, blank=True)
    url = models.URLField(max_length=500, blank=True)
    completed_on = models.DateField(null=True)


class Verification(Record):
    """A paper with which a contractor proves something; its pages are files with the purpose "document"."""

    person = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in VerificationKind])
    status = models.CharField(max_length=16, choices=[(each, each) for each in VerificationStatus])
    number = EncryptedTextField(blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    expires_on = models.DateField(null=True)
    #: What staff said last; for the contractor to read.
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey("users.User", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    #: Days before the end at which the last reminder went out.
    reminded_at_days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "status"], name="verification_by_person"),
            models.Index(fields=["status", "id"], name="verification_queue"),
            models.Index(fields=["expires_on"], condition=Q(status="approved"), name="verification_expiry"),
        ]


class HiringRequirement(Record):
    """What the operator asks of contractors before they can be hired in a category; without a category: in all."""

    category = models.OneToOneField(Category, on_delete=models.CASCADE, null=True, related_name="requirement")
    kinds = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(category__isnull=True), name="one_requirement_for_all_categories"
            ),
        ]
