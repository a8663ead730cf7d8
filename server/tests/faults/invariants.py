"""What must hold after every step (cheap), and once everything has come to rest (thorough). DESIGN §4."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, F, Q, Sum

from jobsphere.contracts.models import ChangeOrder, Contract, Milestone, Offer, Tip
from jobsphere.contracts.rules.changes import OPEN_CHANGE_ORDERS
from jobsphere.contracts.rules.lifecycles import ContractStatus, MilestoneStatus, OfferStatus
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.escrow import checks as escrow_checks
from jobsphere.escrow.models import EscrowHold
from jobsphere.escrow.rules import HoldStatus
from jobsphere.jobs.models import Job
from jobsphere.ledger import checks, selectors
from jobsphere.ledger.models import LedgerAccount
from jobsphere.ledger.rules import Side
from jobsphere.ledger.types import AccountKind, account
from jobsphere.outbox.models import DeadLetter
from jobsphere.payments import checks as payment_checks
from jobsphere.payments import lots
from jobsphere.payments.models import Chargeback, GatewayEvent, GatewayOperation, Payment, Payout, Refund
from jobsphere.payments.rules import CONTESTED, UNSETTLED, PaymentDetail, PayoutStatus, RefundStatus
from tests.faults import stages

#: The gateways of a world, by name.
Sides = Mapping[str, stages.Side]
_LIVE = (OfferStatus.PENDING, OfferStatus.ACCEPTING)
_SETTLED_PAYMENT = {
    PaymentDetail.CAPTURED,
    PaymentDetail.RELEASED,
    PaymentDetail.WITHDRAWN,
    PaymentDetail.REFUNDED,
    PaymentDetail.DECLINED,
    PaymentDetail.VOIDED,
    PaymentDetail.LAPSED,
}


def after_every_step() -> None:
    """The books sum to zero, nothing tracked is on the wrong side, parts add up, one accepted offer a job."""
    assert selectors.trial_balance().is_zero
    wrong_side = Q(normal_side=Side.DEBIT, balance__lt=0) | Q(normal_side=Side.CREDIT, balance__gt=0)
    none(LedgerAccount.objects.filter(wrong_side, tracked=True, may_go_negative=False))
    none(escrow_checks.parts())
    none(escrow_checks.balances())
    none(payment_checks.amounts())
    none(lots.clearing())
    taken = Q(status__in=[OfferStatus.ACCEPTING, OfferStatus.ACCEPTED])
    none(Offer.objects.filter(taken).values("job").annotate(times=Count("id")).filter(times__gt=1))
    none(Offer.objects.filter(status=OfferStatus.ACCEPTED).exclude(payment__applied_transfer_id__isnull=False))


def what_waits_has_an_offer(sides: Sides) -> None:
    """What is reserved on a card, or was taken before the yes, belongs to an offer that may still be accepted."""
    wanted = Offer.objects.filter(status__in=_LIVE)
    reserved = {payment for side in sides.values() for payment in side.reserved()}
    known = set(wanted.values_list("payment__gateway_id", flat=True))
    assert reserved <= known, f"reserved for nobody: {reserved - known}"
    none(Payment.objects.filter(detail=PaymentDetail.PREPAID).exclude(pk__in=wanted.values("payment_id")).values("id"))


def at_rest(sides: Sides, currency: str) -> None:
    """Nothing is under way any more, the books are sound, and the gateways agree to the cent and object by object."""
    after_every_step()
    what_waits_has_an_offer(sides)
    none(found for each in checks.run().values() for found in each)
    none(DeadLetter.objects.values_list("handler", "error"))
    everything_is_final()
    money_serves_its_purpose()
    wallets_are_earned()
    fees_are_exact()
    the_gateways_agree(sides, currency)


def everything_is_final() -> None:
    """Every operation has an outcome, and everything that waited for one has moved on."""
    none(GatewayOperation.objects.filter(status__in=sorted(UNSETTLED)).values("kind", "status", "last_error"))
    none(GatewayEvent.objects.filter(handled_at=None).values("type", "last_error"))
    open_ = Payment.objects.exclude(detail__in=_SETTLED_PAYMENT).exclude(pk__in=begun_and_left())
    none(open_.values("id", "detail", "failure_code"))
    back = [RefundStatus.SUCCEEDED, RefundStatus.SUPERSEDED, RefundStatus.BY_HAND]
    none(Refund.objects.exclude(status__in=back).values("id", "status", "failure_code"))
    none(Chargeback.objects.filter(status__in=CONTESTED).values("id", "status"))
    none(Payment.objects.filter(disputed=True).values("id", "detail"))
    ended = [PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.RETURNED, PayoutStatus.CANCELLED]
    none(Payout.objects.exclude(status__in=ended).values("id", "status", "returning", "failure_code"))
    none(Offer.objects.filter(status__in=[OfferStatus.AWAITING_PAYMENT, *_LIVE]).values("id", "status"))


def money_serves_its_purpose() -> None:
    """Captured money has a contract or is back on its card; an accepted offer has its contract and its job."""
    orphans = Payment.objects.filter(captured_amount__gt=0, applied_transfer_id=None)
    back = F("captured_amount") - F("charged_back_amount")
    none(orphans.exclude(refunded_amount=back).values("id", "detail", "captured_amount"))
    accepted = Offer.objects.filter(status=OfferStatus.ACCEPTED)
    assert accepted.count() == Contract.objects.count()
    none(accepted.filter(funding="upfront").exclude(payment__captured_amount=F("amount")).values("id"))
    none(accepted.exclude(payment__captured_amount__gt=0, payment__captured_amount__lte=F("amount")).values("id"))
    taken = ["assigned", "in_progress", "delivered", "completed", "cancelled", "disputed"]
    none(Job.objects.filter(pk__in=accepted.values("job_id")).exclude(status__in=taken).values("id", "status"))
    asked = [MilestoneStatus.RELEASED, MilestoneStatus.REFUNDED]
    none(ChangeOrder.objects.filter(contract__in=ended(), status__in=OPEN_CHANGE_ORDERS).values("id", "status"))
    none(Milestone.objects.filter(contract__in=ended(), status=MilestoneStatus.PENDING).values("id"))
    closed = EscrowHold.objects.exclude(status__in=[HoldStatus.FUNDED, HoldStatus.FROZEN]).values("id")
    none(Milestone.objects.filter(hold_id__in=closed).exclude(status__in=asked).values("id", "status"))


def begun_and_left() -> list[Any]:
    """Payments of parts and tips that the customer began and never went on with: no money, and they still may."""
    begun = Payment.objects.filter(detail=PaymentDetail.ACTION_REQUIRED, captured_amount=0).values("pk")
    parts = Milestone.objects.filter(status=MilestoneStatus.PENDING, payment_id__in=begun).exclude(contract__in=ended())
    tips = Tip.objects.filter(status=TipStatus.AWAITING_PAYMENT, payment_id__in=begun)
    return [*parts.values_list("payment_id", flat=True), *tips.values_list("payment_id", flat=True)]


def ended() -> Any:
    """Contracts in which nothing can happen to the price any more."""
    return Contract.objects.filter(status__in=[ContractStatus.COMPLETED, ContractStatus.CANCELLED]).values("pk")


def wallets_are_earned() -> None:
    """What a payee has, less what they owe, is what their released milestones pay, less what has reached their bank.

    What went back after the release is taken off the milestone; a bank's fee that is passed on, off the payee.
    """
    earned = _sums(EscrowHold.objects.filter(status=HoldStatus.RELEASED), "payee_id", "payout")
    less = [
        _sums(Payout.objects.filter(status=PayoutStatus.PAID), "payee_id", F("amount") + F("fee")),
        _sums(Chargeback.objects.filter(payee_fee__gt=0), "payment__payee_id", "payee_fee"),
    ]
    for payee, currency in {*earned, *(key for each in less for key in each)}:
        has = sum(_of(kind, currency, payee) for kind in (AccountKind.WALLET, AccountKind.CLEARING))
        owes = _of(AccountKind.RECEIVABLE, currency, payee)
        due = earned.get((payee, currency), 0) - sum(each.get((payee, currency), 0) for each in less)
        assert has - owes == due, f"{payee} has {has} and owes {owes}, but {due} are theirs"
        assert not (_of(AccountKind.WALLET, currency, payee) and owes), f"{payee} owes {owes} beside a full wallet"
    owners = {(row.owner_id, row.currency) for row in LedgerAccount.objects.filter(kind=AccountKind.WALLET)}
    strangers = owners - {(str(payee), currency) for payee, currency in earned}
    assert not any(_of(AccountKind.WALLET, currency, owner) for owner, currency in strangers), "money without work"


def _of(kind: AccountKind, currency: str, owner: Any) -> int:
    return selectors.balance_of(account(kind, currency, owner)).amount


def fees_are_exact() -> None:
    """Where nothing went back, a contract costs 10 % and 20 % of what was paid in, in however many parts, both rounded
    down, and not a cent more; tips cost nothing."""
    none(Tip.objects.filter(hold_id__in=EscrowHold.objects.filter(platform_fee__gt=0).values("id")).values("id"))
    for contract in Contract.objects.all():
        tips = Tip.objects.filter(contract=contract, hold_id__isnull=False).values("hold_id")
        holds = EscrowHold.objects.filter(contract_id=contract.pk).exclude(pk__in=tips)
        sums = holds.aggregate(
            paid=Sum("amount"),
            platform=Sum("platform_fee"),
            refunded=Sum("refunded"),
            back=Sum("platform_fee_refunded"),
            service=Sum("service_fee"),
        )
        assert sums["platform"] == sums["paid"] // 10
        assert sums["back"] <= sums["platform"]
        if not sums["refunded"]:
            assert (sums["service"], sums["back"]) == (sums["paid"] // 5, 0)
    for hold in EscrowHold.objects.filter(status=HoldStatus.RELEASED):
        # 20 of 90; a cent that sharing a fee out among the milestones may have added, and one for each time that a
        # part went back, whose share of the fee is rounded down.
        times = 1 + Refund.objects.filter(payment_id=hold.payment_id).count() + hold.losses.count()
        assert 9 * hold.service_fee < 2 * hold.held + 9 * times, f"{hold.service_fee} of {hold.held} is too high a fee"


def the_gateways_agree(sides: Sides, currency: str) -> None:
    """At most one object an operation and one event a row; the balances are what our books say."""
    for name, side in sides.items():
        none((kind, operation, times) for (kind, operation), times in side.made().items() if times > 1)
        assert all(operation for _, operation in side.made()), "something was made without our mark"
        assert GatewayEvent.objects.filter(gateway=name).count() == side.told()
        booked, there = _of(AccountKind.GATEWAY, currency, name), side.controls.balance(currency)
        assert booked == there, f"{booked} in the books, {there} at {name}"
        assert _of(AccountKind.GATEWAY_PAYEE, currency, name) == side.of_payees(currency)


def none(found: Iterable[Any]) -> None:
    """There is nothing of the kind."""
    seen = [str(each) for each in found]
    assert not seen, "; ".join(seen)


def _sums(rows: Any, owner: str, column: Any) -> dict[tuple[Any, str], int]:
    grouped = rows.values_list(owner, "currency").annotate(sum=Sum(column))
    return {(payee, currency): amount for payee, currency, amount in grouped}
