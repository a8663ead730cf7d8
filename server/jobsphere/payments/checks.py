"""What `manage.py reconcile` asks of payments: that our rows explain the books, and that the gateway agrees."""

from collections.abc import Iterator

from django.db import models
from django.db.models import F, Q, Sum

from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import AccountKind, Discrepancy
from jobsphere.payments.models import Chargeback, GatewayOperation, Payment, Payout, Refund
from jobsphere.payments.movements import booking, comparing, importing, tasks

__all__ = ["tasks"]
from jobsphere.payments.rules import (
    OperationKind,
    OperationStatus,
    PaymentDetail,
    PayoutStatus,
    RefundStatus,
)

#: Kinds of operation that make an object of ours at the gateway.
_MAKING = (
    OperationKind.AUTHORIZE,
    OperationKind.REFUND,
    OperationKind.TRANSFER,
    OperationKind.REVERSE_TRANSFER,
)


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
        AccountKind.REFUND_IN_TRANSIT: _sums(
            Refund.objects.exclude(status__in=[RefundStatus.SUCCEEDED, RefundStatus.SUPERSEDED, RefundStatus.BY_HAND])
        ),
        AccountKind.IN_TRANSIT: _sums(Payout.objects.filter(_OPEN | Q(returning=True))),
        AccountKind.GATEWAY_PAYEE: _sums(
            Payout.objects.filter(transferred=True).filter(Q(status=PayoutStatus.PAYING) | Q(returning=True))
        ),
        AccountKind.UNAPPLIED: {},
        AccountKind.PREPAID: _sums(
            Payment.objects.filter(detail=PaymentDetail.PREPAID).annotate(
                left=F("captured_amount") - F("charged_back_amount")
            ),
            "left",
        ),
        AccountKind.CHARGEBACK: _sums(
            Chargeback.objects.annotate(contested=F("taken") - F("returned") - F("lost")), "contested"
        ),
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


def booked() -> Iterator[Discrepancy]:
    """Every payment, refund, payout and chargeback has moved our balance in the books once, by its own amount."""
    expected = dict(_expected_by_source())
    found = {
        (each.source_type, each.source_id): each
        for each in ledger.moved_by_sources(AccountKind.GATEWAY)
        if each.source_type != booking.SOURCE
    }
    for key in sorted({*expected, *found}):
        row, theirs = expected.get(key), found.get(key)
        ours, moved = row.amount if row else 0, theirs.signed.amount if theirs else 0
        if ours != moved:
            currency = row.currency if row else theirs.signed.currency if theirs else ""
            yield _booked_otherwise(key, Money(ours, currency), Money(moved, currency), theirs.count if theirs else 0)


def _booked_otherwise(key: tuple[str, str], row: Money, moved: Money, transfers: int) -> Discrepancy:
    kind, words = "amount", f"our row says {row}, but {transfers} transfers have booked {moved}"
    if not moved:
        kind, words = "missing", f"our row says {row}, but nothing is booked"
    elif not row:
        kind, words = "unexplained", f"{moved} are booked, but no row of ours explains it"
    elif transfers > 1 and moved.amount % row.amount == 0:
        kind, words = "twice", f"our row says {row}, but {transfers} transfers have booked {moved}"
    return Discrepancy("payments.booked", f"{key[0]} {key[1]}", words, kind, moved - row)


def _expected_by_source() -> Iterator[tuple[tuple[str, str], Money]]:
    names = ("pk", "currency", "amount")
    for pk, currency, amount in Payment.objects.filter(captured_amount__gt=0).values_list(
        "pk", "currency", "captured_amount"
    ):
        yield ("payment", str(pk)), Money(amount, currency)
    for pk, currency, amount in Refund.objects.filter(status=RefundStatus.SUCCEEDED).values_list(*names):
        yield ("refund", str(pk)), Money(-amount, currency)
    for pk, currency, amount in Payout.objects.filter(_AWAY).values_list(*names):
        yield ("payout", str(pk)), Money(-amount, currency)
    for row in Chargeback.objects.all():
        yield ("chargeback", str(row.pk)), row.money(row.returned - row.taken - row.fee)


def _unexplained(kind: AccountKind, found: Money, expected: Money) -> Discrepancy:
    return Discrepancy("payments.accounts", kind.value, f"{found} in the books, but our rows explain {expected}")


def _at_gateways() -> dict[str, int]:
    sums = _sums(Payment.objects.filter(captured_amount__gt=0), "captured_amount")
    for currency, amount in _sums(Refund.objects.filter(status=RefundStatus.SUCCEEDED)).items():
        sums[currency] = sums.get(currency, 0) - amount
    for currency, amount in _sums(Payout.objects.filter(_AWAY)).items():
        sums[currency] = sums.get(currency, 0) - amount
    for column, sign in (("taken", -1), ("returned", 1), ("fee", -1)):
        for currency, amount in _sums(Chargeback.objects.all(), column).items():
            sums[currency] = sums.get(currency, 0) + sign * amount
    # What only the gateway knows is held against its movements by the check of the gateway.
    for each in ledger.moved_by_transfers(AccountKind.GATEWAY):
        if each.source_type == booking.SOURCE:
            sums[each.signed.currency] = sums.get(each.signed.currency, 0) + each.signed.amount
    return sums


def _sums(rows: "models.QuerySet", column: str = "amount") -> dict[str, int]:
    return {each["currency"]: each["sum"] for each in rows.values("currency").annotate(sum=Sum(column))}


def operations() -> Iterator[Discrepancy]:
    """No operation made two objects at the gateway, and none was refused without anybody having put it right."""
    doubled = (
        GatewayOperation.objects.exclude(gateway_object_id="")
        .filter(kind__in=_MAKING)
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


EXPLANATIONS = {
    "payments.amounts": Explanation(
        "A payment's row says something impossible: it was edited by hand.",
        "Compare it with the gateway's object and the audit trail, and put the row right.",
    ),
    "payments.accounts": Explanation(
        "An account of money under way does not hold what our open payments, refunds, payouts and chargebacks explain:"
        " something was booked twice or not at all, or a row was edited by hand.",
        "Look for the transfer without a row, or the row without a transfer, among those of the last days; correct it.",
    ),
    "payments.booked": Explanation(
        "A row of ours and the books disagree about what it moved on our balance at the gateway.",
        "Look at the row, its transfers and the gateway's object; whichever two agree are right. Correct the third.",
    ),
    "payments.booked.twice": Explanation(
        "The same movement stands in the books more than once.",
        "Take the superfluous transfer back with a correction; nothing needs to be done at the gateway.",
    ),
    "payments.booked.missing": Explanation(
        "A row of ours says that money moved, but it is not in the books; the row may have been edited by hand.",
        "If the gateway moved it, retry the operation, which books it; else put the row right.",
    ),
    "payments.booked.unexplained": Explanation(
        "The books have moved our balance for a thing that we do not have, or that has not moved any.",
        "Find the transfer by its source, and take it back with a correction if the gateway has not moved it either.",
    ),
    "payments.clearing": Explanation(
        "What people have earned and cannot withdraw yet is not what the lots that they wait in add up to.",
        "Look for a lot without its transfer, or a transfer without its lot; correct the books, never the lot.",
    ),
    "payments.payout_fees": Explanation(
        "What payees paid for withdrawals is not what the rows of their payouts say.",
        "Compare the payouts of the last days with their transfers, and correct the one that is wrong.",
    ),
    "payments.operations": Explanation(
        "The gateway refused to take a payout back, or two operations claim one object.",
        "Open the operation in the back office: its last error says why. Settle it with the payee, then retry.",
    ),
    **comparing.EXPLANATIONS,
}

checks.register("payments.amounts", amounts)
checks.register("payments.accounts", accounts)
checks.register("payments.booked", booked)
checks.register("payments.operations", operations)
checks.register(comparing.CHECK, comparing.gateway)
checks.before_running(importing.before_checks)
for code, explanation in EXPLANATIONS.items():
    checks.explain(code, explanation)
