"""The parts of an offer, later of its contract, and what happens to them."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.models.offers import choices
from jobsphere.contracts.rules.lifecycles import UNPAID_MILESTONES, MilestoneStatus, RefundRequestStatus
from jobsphere.db.models import Record


class Milestone(Record):
    """One part of the work with its own money; `contract` is empty until the offer is accepted."""

    offer = models.ForeignKey("contracts.Offer", models.PROTECT, related_name="milestones")
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, null=True, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    status = models.CharField(max_length=20, choices=choices(MilestoneStatus), default=MilestoneStatus.PENDING)
    #: What the customer pays for it, in minor units. What became of the money is in its escrow hold alone.
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    #: The escrow hold with its money, once funded.
    hold_id = models.UUIDField(null=True)
    #: The latest payment that was begun for it alone; empty when the acceptance has paid for it.
    payment = models.ForeignKey("payments.Payment", models.PROTECT, null=True, related_name="+")
    #: By when the customer is asked to have paid it in, and whether they were reminded.
    fund_by = models.DateField(null=True)
    fund_reminded_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    #: When silence releases it.
    auto_release_at = models.DateTimeField(null=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="milestone_amount_positive"),
            models.CheckConstraint(
                condition=Q(status__in=UNPAID_MILESTONES) | Q(contract__isnull=False, hold_id__isnull=False),
                name="milestone_funded_has_a_hold",
            ),
            models.UniqueConstraint(fields=["offer", "position"], name="milestone_position"),
        ]
        indexes = [
            models.Index(
                fields=["auto_release_at"],
                condition=Q(status=MilestoneStatus.SUBMITTED),
                name="milestone_to_release",
            ),
            models.Index(
                fields=["fund_by"],
                condition=Q(status=MilestoneStatus.PENDING, contract__isnull=False),
                name="milestone_to_fund",
            ),
        ]


class Deliverable(Record):
    """What the contractor handed in, and what the customer said to it."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="deliverables")
    note = models.TextField(blank=True)
    #: Files are attached to it in the files app.
    links = models.JSONField(default=list)
    #: Empty until answered; then "changes_requested" or "approved".
    answer = models.CharField(max_length=20, blank=True)
    feedback = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["milestone", "-id"], name="deliverable_by_milestone")]


class RefundRequest(Record):
    """A customer's wish to have part or all of a milestone's money back, for the contractor to agree to."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="refund_requests")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=1000)
    status = models.CharField(
        max_length=12, choices=choices(RefundRequestStatus), default=RefundRequestStatus.REQUESTED
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_request_positive"),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(status=RefundRequestStatus.REQUESTED),
                name="refund_request_one_open",
            ),
        ]


class TimeEntry(Record):
    """Time that the contractor worked (R55), a record for both parties. It moves money only where the contract is paid
    by the hour: then its milestone is its week, and the hours app bills it (ADR 0033).
    """

    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="time_entries")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    #: Set when its milestone was released, its week closed or its contract ended: it stays as it is.
    billed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="time_entry_positive")]
        indexes = [
            models.Index(fields=["contract", "-id"], name="time_entry_by_contract"),
            models.Index(fields=["contract", "started_at"], name="time_entry_by_start"),
        ]


class TimeTurn(Record):
    """Whoever writes into a contractor's time raises this first, so that no two entries of theirs overlap."""

    contractor = models.OneToOneField("users.User", models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(default=0)
