"""A customer's priced, paid invitation to one contractor."""

from django.db import models
from django.db.models import Q

from jobsphere.contracts.rules.cancellation import DEFAULT_POLICY, CancellationPolicy
from jobsphere.contracts.rules.lifecycles import LIVE_OFFERS, TAKEN_OFFERS, OfferStatus
from jobsphere.contracts.rules.terms import FundingShape
from jobsphere.db.models import Record


def choices(values: type) -> list[tuple[str, str]]:
    """Return a status's values for a column."""
    return [(each.value, each.value) for each in values]  # type: ignore[attr-defined]


class Offer(Record):
    """On a job (perhaps after a proposal), or a booking: then the job was made for it alone and has a slot."""

    job = models.ForeignKey("jobs.Job", models.PROTECT, related_name="+")
    proposal = models.ForeignKey("jobs.Proposal", models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    contractor = models.ForeignKey("users.User", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=24, choices=choices(OfferStatus), default=OfferStatus.AWAITING_PAYMENT)
    #: Minor units of `currency`: what the customer pays, all fees included.
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    message = models.TextField(blank=True)
    expires_at = models.DateTimeField()
    #: When the money was reserved and the contractor got to see it; empty: they never did.
    sent_at = models.DateTimeField(null=True)
    #: A booking's slot; empty on other offers.
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_booking = models.BooleanField(default=False)
    #: When the customer pays what; pinned as well.
    funding = models.CharField(max_length=12, choices=choices(FundingShape), default=FundingShape.UPFRONT)
    #: The most that the contractor may claim as expenses, on top of the amount; pinned as well.
    expense_cap = models.BigIntegerField(default=0)
    #: Cancelling costs by how long before the slot it happens (ADR 0029); pinned, like the policy.
    cancels_by_slot = models.BooleanField(default=False)
    #: Pinned when the offer is sent: a later change of either never alters a running contract.
    fee_terms = models.JSONField()
    cancellation_policy = models.CharField(max_length=10, choices=choices(CancellationPolicy), default=DEFAULT_POLICY)
    payment = models.ForeignKey("payments.Payment", models.PROTECT, null=True, related_name="+")
    #: Why it was rejected, withdrawn or declined; for people.
    closed_reason = models.CharField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="offer_amount_positive"),
            models.CheckConstraint(condition=Q(expense_cap__gte=0), name="offer_expense_cap"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=models.F("starts_at")),
                name="offer_slot_in_order",
            ),
            models.UniqueConstraint(fields=["job"], condition=Q(status__in=TAKEN_OFFERS), name="offer_one_taken_a_job"),
            models.UniqueConstraint(
                fields=["job", "contractor"],
                condition=Q(status__in=LIVE_OFFERS),
                name="offer_one_live_a_contractor_and_job",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-id"], name="offer_by_customer"),
            models.Index(fields=["contractor", "-id"], name="offer_by_contractor"),
            models.Index(
                fields=["expires_at"],
                condition=Q(status__in=[OfferStatus.AWAITING_PAYMENT, OfferStatus.PENDING]),
                name="offer_to_expire",
            ),
        ]
