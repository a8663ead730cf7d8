"""The binding agreement that an accepted offer makes (R57)."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.models.offers import choices
from jobsphere.contracts.rules.cancellation import CancellationPolicy
from jobsphere.contracts.rules.lifecycles import ContractStatus
from jobsphere.contracts.rules.terms import FundingShape
from jobsphere.db.models import Record


class Contract(Record):
    """What one contractor does for one customer; the money is in its milestones."""

    offer = models.OneToOneField("contracts.Offer", models.PROTECT, related_name="contract")
    job = models.OneToOneField("jobs.Job", models.PROTECT, related_name="+")
    customer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=choices(ContractStatus), default=ContractStatus.ACTIVE)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    #: Pinned by the offer, as is the policy.
    funding = models.CharField(max_length=12, choices=choices(FundingShape), default=FundingShape.UPFRONT)
    cancellation_policy = models.CharField(max_length=10, choices=choices(CancellationPolicy))
    #: The most that the contractor may claim as expenses: as offered, until a change order raises it.
    expense_cap = models.BigIntegerField(default=0)
    #: When the booked slot starts, where cancelling costs by the time that is left until then (ADR 0029); else empty.
    slot_starts_at = models.DateTimeField(null=True)
    #: The one that its acceptance took; milestones that were paid in later have their own.
    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="+")
    #: The first start of any milestone.
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    #: The party that cancelled: customer, contractor or admin.
    cancelled_by = models.CharField(max_length=12, blank=True)
    cancel_reason = models.CharField(max_length=1000, blank=True)
    #: While an admin holds the contract, no money moves.
    held_at = models.DateTimeField(null=True)
    hold_reason = models.CharField(max_length=1000, blank=True)
    #: While the customer's bank contests its payment, no money moves either.
    disputed_at = models.DateTimeField(null=True)
    conversation_id = models.UUIDField(null=True)
    #: Counts the verbs on this contract: raising it makes them queue up (services.contracts.lock).
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="contract_amount_positive"),
            models.CheckConstraint(condition=Q(expense_cap__gte=0), name="contract_expense_cap"),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="contract_by_customer"),
            models.Index(fields=["contractor", "-id"], name="contract_by_contractor"),
        ]

    @property
    def is_frozen(self) -> bool:
        """Say whether no money of it may move just now."""
        return self.held_at is not None or self.disputed_at is not None
