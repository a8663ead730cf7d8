"""What must hold after every step (cheap), and once everything has come to rest (thorough). DESIGN §4."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, Sum

from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.contracts.rules.lifecycles import MilestoneStatus, OfferStatus
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
from jobsphere.payments.gateways.sandbox import Controls
from jobsphere.payments.models import GatewayEvent, GatewayOperation, Payment, Payout, Refund
from jobsphere.payments.rules import UNSETTLED, PaymentDetail, PayoutStatus, RefundStatus

#: Kinds of the gateway's objects that an operation of ours makes, at most one each.
MADE = ("payment_intent", "refund", "transfer", "transfer_reversal", "payout", "account")
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
    taken = Q(status__in=[OfferStatus.ACCEPTING, OfferStatus.ACCEPTED])
    none(Offer.objects.filter(taken).values("job").annotate(times=Count("id")).filter(times__gt=1))
    none(Offer.objects.filter(status=OfferStatus.ACCEPTED).exclude(payment__applied_transfer_id__isnull=False))


def authorisations_have_an_offer(gateway: Controls) -> None:
    """What is reserved on a card belongs to an offer that may still be accepted: rivals and losers are voided."""
    reserved = {each["id"] for each in gateway.objects("payment_intent") if each["status"] == "requires_capture"}
    wanted = set(Offer.objects.filter(status__in=_LIVE).values_list("payment__gateway_id", flat=True))
    assert reserved <= wanted, f"reserved for nobody: {reserved - wanted}"


def at_rest(gateway: Controls) -> None:
    """Nothing is under way any more, the books are sound, and the gateway agrees to the cent and object by object."""
    after_every_step()
    authorisations_have_an_offer(gateway)
    none(found for each in checks.run().values() for found in each)
    none(DeadLetter.objects.values_list("handler", "error"))
    everything_is_final()
    money_serves_its_purpose()
    wallets_are_earned()
    fees_are_exact()
    the_gateway_agrees(gateway)


def everything_is_final() -> None:
    """Every operation has an outcome, and everything that waited for one has moved on."""
    none(GatewayOperation.objects.filter(status__in=sorted(UNSETTLED)).values("kind", "status", "last_error"))
    none(GatewayEvent.objects.filter(handled_at=None).values("type", "last_error"))
    none(Payment.objects.exclude(detail__in=_SETTLED_PAYMENT).values("id", "detail", "failure_code"))
    none(Refund.objects.exclude(status=RefundStatus.SUCCEEDED).values("id", "status", "failure_code"))
    ended = [PayoutStatus.PAID, PayoutStatus.FAILED, PayoutStatus.RETURNED, PayoutStatus.CANCELLED]
    none(Payout.objects.exclude(status__in=ended).values("id", "status", "returning", "failure_code"))
    none(Offer.objects.filter(status__in=[OfferStatus.AWAITING_PAYMENT, *_LIVE]).values("id", "status"))


def money_serves_its_purpose() -> None:
    """Captured money has a contract or is back on its card; an accepted offer has its contract and its job."""
    orphans = Payment.objects.filter(captured_amount__gt=0, applied_transfer_id=None)
    none(orphans.exclude(refunded_amount=F("captured_amount")).values("id", "detail", "captured_amount"))
    accepted = Offer.objects.filter(status=OfferStatus.ACCEPTED)
    assert accepted.count() == Contract.objects.count()
    none(accepted.exclude(payment__captured_amount=F("amount")).values("id"))
    taken = ["assigned", "in_progress", "delivered", "completed", "cancelled", "disputed"]
    none(Job.objects.filter(pk__in=accepted.values("job_id")).exclude(status__in=taken).values("id", "status"))
    asked = [MilestoneStatus.RELEASED, MilestoneStatus.REFUNDED]
    closed = EscrowHold.objects.exclude(status__in=[HoldStatus.FUNDED, HoldStatus.FROZEN]).values("id")
    none(Milestone.objects.filter(hold_id__in=closed).exclude(status__in=asked).values("id", "status"))


def wallets_are_earned() -> None:
    """A wallet holds what its owner's released milestones paid, less what has reached their bank."""
    earned = _sums(EscrowHold.objects.filter(status=HoldStatus.RELEASED), "payout")
    paid = _sums(Payout.objects.filter(status=PayoutStatus.PAID), "amount")
    for (payee, currency), amount in earned.items():
        held = selectors.balance_of(account(AccountKind.WALLET, currency, payee)).amount
        assert held == amount - paid.pop((payee, currency), 0), f"the wallet of {payee} holds {held}"
    assert not paid, f"paid, but never earned: {paid}"


def fees_are_exact() -> None:
    """Where nothing went back, a contract costs 10 % and 20 % of its price, both rounded down, and not a cent more."""
    for contract in Contract.objects.all():
        holds = EscrowHold.objects.filter(contract_id=contract.pk)
        sums = holds.aggregate(platform=Sum("platform_fee"), refunded=Sum("refunded"), service=Sum("service_fee"))
        assert sums["platform"] == contract.amount // 10
        if not sums["refunded"]:
            assert sums["service"] == contract.amount // 5
    for hold in EscrowHold.objects.filter(status=HoldStatus.RELEASED):
        # 20 of 90, and a cent that sharing a fee out among the milestones may have added.
        assert 9 * hold.service_fee < 2 * hold.held + 9, f"{hold.service_fee} of {hold.held} is too high a fee"


def the_gateway_agrees(gateway: Controls) -> None:
    """At most one object an operation and one event a row; the balances are what our books say."""
    for kind in MADE:
        # The other side of a reversal is a refund on the payee's balance, which the gateway makes of itself.
        ours = [each for each in gateway.objects(kind) if not each["id"].startswith("pyr_")]
        made = Counter(each["metadata"].get("operation") for each in ours)
        none((kind, operation, times) for operation, times in made.items() if operation and times > 1)
        assert None not in made, f"a {kind} without our mark"
    assert GatewayEvent.objects.count() == len(gateway.events())
    booked = selectors.balance_of(account(AccountKind.GATEWAY, "USD", "sandbox")).amount
    assert booked == gateway.balance("usd"), f"{booked} in the books, {gateway.balance('usd')} at the gateway"
    payees = sum(gateway.balance("usd", each["id"]) for each in gateway.objects("account"))
    assert payees == selectors.balance_of(account(AccountKind.GATEWAY_PAYEE, "USD", "sandbox")).amount


def none(found: Iterable[Any]) -> None:
    """There is nothing of the kind."""
    seen = [str(each) for each in found]
    assert not seen, "; ".join(seen)


def _sums(rows: Any, column: str) -> dict[tuple[Any, str], int]:
    grouped = rows.values_list("payee_id", "currency").annotate(sum=Sum(column))
    return {(payee, currency): amount for payee, currency, amount in grouped}
