"""Tables of jobs, proposals and saved searches."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.jobs.rules import LIVE_PROPOSALS
from jobsphere.jobs.types import JobStatus, PriceKind, ProposalStatus, RejectionReason, Visibility
from jobsphere.kit.ids import uuid7


class Job(Record):
    """What a customer wants done. Amounts are minor units of `currency`.

    `feed_key` orders lists: a time-ordered UUID that is renewed when the job is published, so an old draft appears
    on top. `proposal_count` is kept by the verbs of proposals, in their transaction.
    """

    customer = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    contractor = models.ForeignKey("users.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    category = models.ForeignKey(
        "profiles.Category", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    skills = models.ManyToManyField("profiles.Skill", related_name="+")
    status = models.CharField(max_length=12, choices=[(each, each) for each in JobStatus])
    visibility = models.CharField(max_length=8, choices=[(each, each) for each in Visibility])
    feed_key = models.UUIDField(default=uuid7, unique=True)
    title = models.CharField(max_length=140)
    description = models.TextField(max_length=10_000, blank=True)
    budget_kind = models.CharField(max_length=8, choices=[(each, each) for each in PriceKind], blank=True)
    budget_min_amount = models.BigIntegerField(null=True)
    budget_max_amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    place = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    address = models.CharField(max_length=300, blank=True)
    exact_latitude = models.FloatField(null=True)
    exact_longitude = models.FloatField(null=True)
    proposal_count = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=JobStatus.DRAFT)
                | Q(visibility=Visibility.PRIVATE)
                | Q(
                    category__isnull=False,
                    budget_min_amount__gt=0,
                    budget_max_amount__gte=F("budget_min_amount"),
                    budget_kind__in=[str(each) for each in PriceKind],
                ),
                name="a_published_job_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(contractor__isnull=True) | ~Q(contractor=F("customer")), name="nobody_hires_themselves"
            ),
        ]
        indexes = [
            models.Index(fields=["visibility", "status", "-feed_key"], name="job_feed"),
            models.Index(fields=["category", "status", "-feed_key"], name="job_by_category"),
            models.Index(fields=["customer", "-feed_key"], name="job_by_customer"),
            models.Index(fields=["contractor", "-feed_key"], name="job_by_contractor"),
            models.Index(fields=["status", "currency", "budget_max_amount"], name="job_by_budget"),
            models.Index(fields=["status", "due_on"], name="job_by_deadline"),
            models.Index(fields=["latitude", "longitude"], name="job_by_coordinates"),
            models.Index(fields=["expires_at"], name="job_to_expire", condition=Q(status=JobStatus.OPEN)),
        ]


class Proposal(Record):
    """A contractor's priced answer to a job. `milestones`: a list of {"title", "amount"} adding up to the price."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="proposals")
    contractor = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12, choices=[(each, each) for each in ProposalStatus], default=ProposalStatus.PENDING
    )
    price_kind = models.CharField(max_length=8, choices=[(each, each) for each in PriceKind])
    price_amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    message = models.TextField(max_length=5000)
    estimated_days = models.PositiveSmallIntegerField()
    milestones = models.JSONField(default=list)
    rejection_reason = models.CharField(max_length=16, choices=[(each, each) for each in RejectionReason], blank=True)
    feedback = models.CharField(max_length=1000, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "contractor"],
                condition=Q(status__in=[str(each) for each in LIVE_PROPOSALS]),
                name="one_live_proposal_per_contractor_and_job",
            ),
            models.UniqueConstraint(
                fields=["job"], condition=Q(status=ProposalStatus.ACCEPTED), name="one_accepted_proposal_per_job"
            ),
            models.CheckConstraint(condition=Q(price_amount__gt=0), name="a_proposal_has_a_price"),
        ]


class SavedSearch(Record):
    """Filters that a person keeps under a name."""

    user = models.ForeignKey("users.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    filters = models.JSONField(default=dict)
