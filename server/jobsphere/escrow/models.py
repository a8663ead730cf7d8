"""Tables of fees and holds. Amounts are integer minor units of the row's one currency."""

from django.db import models
from django.db.models import F, Q

from jobsphere.db.models import Record
from jobsphere.escrow.rules import FeesAfterRelease, HoldStatus
from jobsphere.kit.money import Money


class FeePolicy(Record):
    """What the marketplace charges from a date on: for a category, a contractor tier or a currency, or for all.

    Never changed: a new policy is a new row, and the most specific of the latest ones holds.
    """

    name = models.CharField(max_length=64)
    category = models.CharField(max_length=64, blank=True)
    tier = models.CharField(max_length=32, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    acceptance_basis_points = models.PositiveIntegerField()
    acceptance_fixed = models.BigIntegerField(default=0)
    acceptance_minimum = models.BigIntegerField(default=0)
    acceptance_cap = models.BigIntegerField(null=True)
    completion_basis_points = models.PositiveIntegerField()
    completion_fixed = models.BigIntegerField(default=0)
    completion_minimum = models.BigIntegerField(default=0)
    completion_cap = models.BigIntegerField(null=True)
    #: What becomes of the fees on money that goes back after it was released.
    after_release = models.CharField(max_length=16, default=FeesAfterRelease.PROPORTIONAL)
    valid_from = models.DateTimeField()
    created_by = models.ForeignKey("users.User", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acceptance_basis_points__lte=10_000, completion_basis_points__lte=10_000),
                name="fee_shares_are_at_most_all",
            ),
        ]
        indexes = [models.Index(fields=["category", "tier", "currency", "valid_from"], name="fee_policy_scope")]


class EscrowHold(Record):
    """The money of one milestone, on a ledger account of its own.

    `amount` and `platform_fee` are as funded. `held`, `service_fee` and `payout` are what is left after refunds;
    `refunded` is what went back to the payer, of which `platform_fee_refunded` came from the platform fee, and
    `charged_back` was taken by the payer's bank. Money may come back after it was released; then the released parts
    shrink in the same way.
    """

    contract_id = models.UUIDField()
    milestone_id = models.UUIDField()
    payment_id = models.UUIDField()
    payer_id = models.UUIDField()
    payee_id = models.UUIDField()
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    platform_fee = models.BigIntegerField()
    held = models.BigIntegerField()
    service_fee = models.BigIntegerField()
    payout = models.BigIntegerField()
    refunded = models.BigIntegerField(default=0)
    platform_fee_refunded = models.BigIntegerField(default=0)
    charged_back = models.BigIntegerField(default=0)
    #: Pinned by the offer.
    after_release = models.CharField(max_length=16, default=FeesAfterRelease.PROPORTIONAL)
    status = models.CharField(max_length=16, default=HoldStatus.FUNDED)
    frozen_reason = models.CharField(max_length=1000, blank=True)
    #: The hold that this one was set aside from (ADR 0033), with its share of that one's platform fee; empty: of none.
    set_aside_from = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="hold_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(held=F("service_fee") + F("payout"), service_fee__gte=0, payout__gte=0),
                name="hold_parts_add_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount=F("held") + F("platform_fee") + F("refunded") - F("platform_fee_refunded"),
                    platform_fee_refunded__lte=F("platform_fee"),
                ),
                name="hold_accounts_for_its_amount",
            ),
            models.UniqueConstraint(fields=["milestone_id"], name="one_hold_per_milestone"),
        ]
        indexes = [
            models.Index(fields=["contract_id", "id"], name="hold_of_contract"),
            models.Index(fields=["payment_id"], name="hold_of_payment"),
            # What people earned and paid in twelve months is asked when they look, and nightly (ADR 0035).
            models.Index(fields=["payee_id", "closed_at"], name="hold_earned", condition=Q(status="released")),
            models.Index(fields=["payer_id", "closed_at"], name="hold_paid_for", condition=Q(status="released")),
            # How much is held is asked at every scrape of the metrics; what is over is not looked at.
            models.Index(
                fields=["status", "currency", "held"], name="hold_open", condition=Q(status__in=["frozen", "funded"])
            ),
        ]

    def money(self, minor_units: int) -> Money:
        """Return an amount of this row as money."""
        return Money(minor_units, self.currency)


class EscrowLoss(Record):
    """What one chargeback has cost one hold, and who bore it; `returned_at`: the bank gave it back after all."""

    hold = models.ForeignKey(EscrowHold, on_delete=models.PROTECT, related_name="losses")
    chargeback_id = models.UUIDField()
    amount = models.BigIntegerField()
    platform_fee = models.BigIntegerField()
    service_fee = models.BigIntegerField()
    payout = models.BigIntegerField()
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=F("platform_fee") + F("service_fee") + F("payout"), amount__gt=0),
                name="escrow_loss_adds_up",
            )
        ]
        indexes = [models.Index(fields=["chargeback_id", "id"], name="escrow_loss_of_chargeback")]
