"""What `manage.py reconcile` asks of payments: that our rows explain the books, and that the gateway agrees."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import models
from django.db.models import F, Q, Sum

from jobsphere.kit.errors import DomainError
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind, Discrepancy
from jobsphere.payments import registry
from jobsphere.payments.gateways.base import BalanceMovement, ObjectKind, Ok
from jobsphere.payments.models import GatewayEvent, GatewayOperation, Payment, Payout, Refund
from jobsphere.payments.rules import UNSETTLED, OperationKind, OperationStatus, PayoutStatus, RefundStatus

#: (gateway's kind of object, its id there) -> what it should have moved on our balance, in minor units.
Effects = dict[tuple[ObjectKind, str], Money]

_MADE_BY = {
    ObjectKind.PAYMENT: [OperationKind.AUTHORIZE, OperationKind.CAPTURE, OperationKind.CONFIRM],
    ObjectKind.REFUND: [OperationKind.REFUND],
    ObjectKind.TRANSFER: [OperationKind.TRANSFER],
    ObjectKind.TRANSFER_REVERSAL: [OperationKind.REVERSE_TRANSFER],
}


def amounts() -> Iterator[Discrepancy]:
    """Captured at most what was authorised, refunded at most what was captured, withdrawn at most what was earned."""
    wrong = Payment.objects.filter(
        Q(captured_amount__gt=F("amount"))
        | Q(refunding_amount__gt=F("captured_amount"))
        | Q(refunded_amount__gt=F("refunding_amount"))
        | Q(withdrawn_amount__gt=F("earned_amount"))
        | Q(applied_transfer_id__isnull=False, captured_amount=0)
    )
    for row in wrong.iterator():
        yield Discrepancy(
            "payments.amounts",
            f"payment {row.pk}",
            f"of {row.money(row.amount)}, {row.money(row.captured_amount)} captured,"
            f" {row.money(row.refunding_amount)} refunded, {row.money(row.earned_amount)} earned,"
            f" {row.money(row.withdrawn_amount)} withdrawn",
        )


def accounts() -> Iterator[Discrepancy]:
    """What stands on our accounts of money under way is exactly what open refunds and payouts explain."""
    explained = {
        AccountKind.REFUND_IN_TRANSIT: _sums(Refund.objects.exclude(status=RefundStatus.SUCCEEDED)),
        AccountKind.IN_TRANSIT: _sums(Payout.objects.filter(_OPEN | Q(returning=True))),
        AccountKind.GATEWAY_PAYEE: _sums(
            Payout.objects.filter(transferred=True).filter(Q(status=PayoutStatus.PAYING) | Q(returning=True))
        ),
        AccountKind.UNAPPLIED: {},
        AccountKind.GATEWAY: _at_gateways(),
    }
    for line in ledger.trial_balance().lines:
        if line.kind not in explained:
            continue
        expected = Money(explained[line.kind].pop(line.signed.currency, 0), line.signed.currency)
        if line.balance != expected:
            yield _unexplained(line.kind, line.balance, expected)
    for kind, rest in explained.items():
        for currency, amount in rest.items():
            if amount:
                yield _unexplained(kind, Money.zero(currency), Money(amount, currency))


_OPEN = Q(status__in=[PayoutStatus.REQUESTED, PayoutStatus.TRANSFERRING, PayoutStatus.PAYING])
#: Payouts whose money has left our balance at the gateway and has not come back.
_AWAY = Q(status__in=[PayoutStatus.PAYING, PayoutStatus.PAID], transferred=True) | Q(
    status=PayoutStatus.PAID, transferred=False, returning=False
)


def _unexplained(kind: AccountKind, found: Money, expected: Money) -> Discrepancy:
    return Discrepancy("payments.accounts", kind.value, f"{found} in the books, but our rows explain {expected}")


def _at_gateways() -> dict[str, int]:
    sums = _sums(Payment.objects.filter(captured_amount__gt=0), "captured_amount")
    for currency, amount in _sums(Refund.objects.filter(status=RefundStatus.SUCCEEDED)).items():
        sums[currency] = sums.get(currency, 0) - amount
    for currency, amount in _sums(Payout.objects.filter(_AWAY)).items():
        sums[currency] = sums.get(currency, 0) - amount
    return sums


def _sums(rows: "models.QuerySet", column: str = "amount") -> dict[str, int]:
    return {each["currency"]: each["sum"] for each in rows.values("currency").annotate(sum=Sum(column))}


def operations() -> Iterator[Discrepancy]:
    """No operation made two objects at the gateway, and none was refused without anybody having put it right."""
    doubled = (
        GatewayOperation.objects.exclude(gateway_object_id="")
        .filter(kind__in=[kinds[0] for kinds in _MADE_BY.values()])
        .values("gateway", "kind", "gateway_object_id")
        .annotate(times=models.Count("id"))
        .filter(times__gt=1)
    )
    for each in doubled:
        subject = f"{each['kind']} {each['gateway_object_id']}"
        yield Discrepancy("payments.operations", subject, f"{each['times']} operations claim it")
    for row in Payout.objects.filter(returning=True).select_related("account"):
        refused = GatewayOperation.objects.filter(subject_id=row.pk, kind=OperationKind.REVERSE_TRANSFER).filter(
            status__in=[OperationStatus.DECLINED, OperationStatus.REJECTED]
        )
        for operation in refused:
            yield Discrepancy("payments.operations", f"payout {row.pk}", f"cannot be returned: {operation.last_error}")


def gateway() -> Iterator[Discrepancy]:
    """Every movement of our balance at the gateway is a thing of ours, and everything of ours moved it once."""
    names = Payment.objects.order_by().values_list("gateway", flat=True).distinct()
    for name in names:
        yield from _compare(name)


def _compare(name: str) -> Iterator[Discrepancy]:
    expected, unsettled = _expected(name), _unsettled_kinds(name)
    first = Payment.objects.filter(gateway=name).earliest("id").created_at - timedelta(days=1)
    try:
        answer = registry.gateway(name).list_balance_movements(since=first)
    except DomainError as error:
        yield Discrepancy("payments.gateway", name, f"could not be asked: {error}")
        return
    if not isinstance(answer, Ok):
        yield Discrepancy("payments.gateway", name, f"could not be asked: {answer}")
        return
    actual = _by_object(answer.object)
    unheard = set(GatewayEvent.objects.filter(gateway=name, handled_at=None).values_list("object_id", flat=True))
    for key in sorted({*expected, *actual}):
        ours, theirs = expected.get(key), actual.get(key)
        under_way = key[0] in unsettled and ours is None
        if key[1] not in unheard and not under_way and _differ(ours, theirs):
            yield _named(name, key, ours, theirs)


def _differ(ours: Money | None, theirs: Money | None) -> bool:
    if ours is None or theirs is None:
        return bool(ours or theirs)
    return ours != theirs


def _named(name: str, key: tuple[ObjectKind, str], ours: Money | None, theirs: Money | None) -> Discrepancy:
    kind, object_id = key
    booked = f"we have {ours}" if ours else "we have booked nothing"
    moved = f"it moved {theirs}" if theirs else "it moved nothing"
    return Discrepancy("payments.gateway", f"{name} {kind} {object_id}", f"{moved}, but {booked}")


def _expected(name: str) -> Effects:
    """Say what each object of ours should have moved on our balance."""
    effects: Effects = {}
    for payment in Payment.objects.filter(gateway=name, captured_amount__gt=0).iterator():
        effects[ObjectKind.PAYMENT, payment.gateway_id] = payment.money(payment.captured_amount)
    given = Refund.objects.filter(payment__gateway=name).exclude(gateway_id="").exclude(status=RefundStatus.FAILED)
    for refund in given.iterator():
        effects[ObjectKind.REFUND, refund.gateway_id] = -refund.total()
    for payout in Payout.objects.filter(gateway=name, transferred=True).iterator():
        effects[ObjectKind.TRANSFER, payout.transfer_gateway_id] = -payout.total()
    done = GatewayOperation.objects.filter(
        gateway=name, kind=OperationKind.REVERSE_TRANSFER, status=OperationStatus.SUCCEEDED
    )
    for operation in done.iterator():
        back = Money.from_json(operation.request["amount"])
        effects[ObjectKind.TRANSFER_REVERSAL, operation.gateway_object_id] = back
    return effects


def _by_object(movements: Iterable[BalanceMovement]) -> Effects:
    """Sum the movements by what they are about; the gateway's fees are not ours to explain here."""
    sums: defaultdict[tuple[ObjectKind, str], list[Money]] = defaultdict(list)
    for movement in movements:
        sums[movement.object_kind, movement.object_id].append(movement.amount)
    return {key: sum(amounts[1:], start=amounts[0]) for key, amounts in sums.items()}


def _unsettled_kinds(name: str) -> set[ObjectKind]:
    open_ = set(
        GatewayOperation.objects.filter(gateway=name, status__in=sorted(UNSETTLED)).values_list("kind", flat=True)
    )
    return {kind for kind, makers in _MADE_BY.items() if open_ & set(makers)}


checks.register("payments.amounts", amounts)
checks.register("payments.accounts", accounts)
checks.register("payments.operations", operations)
checks.register("payments.gateway", gateway)
