"""Both ways: every movement at a gateway is a thing of ours, and everything of ours moved the gateway once.

Only what is new is asked of the gateway; all that is kept is compared each time, so that a row edited by hand is found
however old it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobsphere.kit import clock
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind, Discrepancy
from jobsphere.payments.gateways.base import MovementKind, ObjectKind
from jobsphere.payments.models import (
    Chargeback,
    GatewayEvent,
    GatewayMovement,
    GatewayOperation,
    Payment,
    Payout,
    Refund,
)
from jobsphere.payments.movements import booking, importing
from jobsphere.payments.rules import UNSETTLED, OperationKind, OperationStatus, PayoutStatus, RefundStatus

CHECK = "payments.gateway"
#: For so long a difference may be a matter of time: what waits for money to be available is tried for three days.
GRACE = timedelta(days=3)

#: (the gateway's kind of object, its id there, currency).
Key = tuple[str, str, str]

_MADE_BY = {
    ObjectKind.PAYMENT: [OperationKind.AUTHORIZE, OperationKind.CAPTURE, OperationKind.CONFIRM],
    ObjectKind.REFUND: [OperationKind.REFUND],
    ObjectKind.TRANSFER: [OperationKind.TRANSFER],
    ObjectKind.TRANSFER_REVERSAL: [OperationKind.REVERSE_TRANSFER],
    ObjectKind.PAYOUT: [OperationKind.PAY_OUT],
}
#: Kinds of movement that are compared object by object; the others are compared with their bookings.
_BY_OBJECT = frozenset(MovementKind) - {MovementKind.FEE, MovementKind.TOP_UP, MovementKind.OTHER}


@dataclass(slots=True)
class Moved:
    """What the movements of one object come to."""

    amount: int
    lines: int
    latest: datetime


def gateway() -> Iterator[Discrepancy]:
    """Every movement of our balance at the gateway is a thing of ours, and everything of ours moved it once."""
    for name in importing.gateways(checks.scope()):
        try:
            fresh, changed = _fetched(name)
        except importing.FetchError as error:
            yield Discrepancy(CHECK, name, str(error), kind="not-asked")
            continue
        yield from changed
        yield from _objects(name, fresh)
        yield from _bookings(name, fresh)


def _fetched(name: str) -> tuple[list[GatewayMovement], list[Discrepancy]]:
    """Return what the gateway has that we have not kept yet, and what is kept otherwise than the gateway says."""
    fresh, changed = [], []
    for movements in importing.fetch(name, checks.scope().since or importing.cursor(name)):
        kept = GatewayMovement.objects.filter(gateway=name, movement_id__in=[each.gateway_id for each in movements])
        known = {row.movement_id: row for row in kept}
        for each in movements:
            row = importing.row_of(name, each)
            if each.gateway_id not in known:
                fresh.append(row)
            elif _facts(known[each.gateway_id]) != _facts(row):
                changed.append(_edited(name, known[each.gateway_id], row))
    return fresh, changed


def _facts(row: GatewayMovement) -> tuple[object, ...]:
    return (row.kind, row.currency, row.amount, row.fee, row.net, row.object_kind, row.object_id, row.happened_at)


def _edited(name: str, kept: GatewayMovement, said: GatewayMovement) -> Discrepancy:
    return Discrepancy(
        CHECK,
        f"{name} movement {kept.movement_id}",
        f"we have kept {kept.kind} {kept.money(kept.net)} net, but the gateway says {said.kind} {said.money(said.net)}",
        kind="edited",
        amount=_difference(kept.money(kept.net), said.money(said.net)),
    )


# --- object by object


def _objects(name: str, fresh: Iterable[GatewayMovement]) -> Iterator[Discrepancy]:
    expected, actual = _expected(name), _actual(name, fresh)
    unsettled = _unsettled_kinds(name)
    unheard = set(GatewayEvent.objects.filter(gateway=name, handled_at=None).values_list("object_id", flat=True))
    now = clock.now()
    for key in sorted({*expected, *actual}):
        ours, theirs = expected.get(key), actual.get(key)
        if (ours or 0) == (theirs.amount if theirs else 0):
            continue
        young = not theirs or now - theirs.latest < GRACE
        under_way = key[1] in unheard or (key[0] in unsettled and ours is None)
        if _since(theirs):
            yield _named(name, key, ours, theirs, pending=under_way and young)


def _since(theirs: Moved | None) -> bool:
    since = checks.scope().since
    return not (since and theirs and theirs.latest < since)


def _named(name: str, key: Key, ours: int | None, theirs: Moved | None, *, pending: bool) -> Discrepancy:
    kind, object_id, currency = key
    moved = f"it moved {Money(theirs.amount, currency)}" if theirs else "it moved nothing"
    booked = f"we have {Money(ours, currency)}" if ours else "we have booked nothing"
    what = "amount"
    if not ours:
        what = "missing-in-books"
    elif not theirs:
        what = "missing-at-gateway"
    elif theirs.amount == 2 * ours and theirs.lines > 1:
        what = "twice-at-gateway"
    missing = Money((theirs.amount if theirs else 0) - (ours or 0), currency)
    return Discrepancy(CHECK, f"{name} {kind} {object_id}", f"{moved}, but {booked}", what, missing, pending)


#: Refunds whose money has come home, so that their movements cancel out.
_CAME_HOME = [RefundStatus.FAILED, RefundStatus.SUPERSEDED, RefundStatus.BY_HAND]


def _expected(name: str) -> dict[Key, int]:
    """Say what each object of ours should have moved on our balance."""
    effects: dict[Key, int] = {}
    captured = Payment.objects.filter(gateway=name, captured_amount__gt=0)
    for row in captured.values_list("gateway_id", "currency", "captured_amount").iterator():
        effects[ObjectKind.PAYMENT, row[0], row[1]] = row[2]
    given = Refund.objects.filter(payment__gateway=name).exclude(gateway_id="").exclude(status__in=_CAME_HOME)
    for row in given.values_list("gateway_id", "currency", "amount").iterator():
        effects[ObjectKind.REFUND, row[0], row[1]] = -row[2]
    payouts = Payout.objects.filter(gateway=name)
    for row in payouts.filter(transferred=True).values_list("transfer_gateway_id", "currency", "amount").iterator():
        effects[ObjectKind.TRANSFER, row[0], row[1]] = -row[2]
    # From our own balance, at a gateway where payees have none.
    direct = payouts.filter(transferred=False, status=PayoutStatus.PAID, transfer_gateway_id="").exclude(gateway_id="")
    for row in direct.values_list("gateway_id", "currency", "amount").iterator():
        effects[ObjectKind.PAYOUT, row[0], row[1]] = -row[2]
    effects |= _taken_back(name)
    for row in Chargeback.objects.filter(gateway=name).values_list(*_CHARGEBACK).iterator():
        effects[ObjectKind.DISPUTE, row[0], row[1]] = row[3] - row[2] - row[4]
    return effects


_CHARGEBACK = ("gateway_id", "currency", "taken", "returned", "fee")


def _taken_back(name: str) -> dict[Key, int]:
    done = GatewayOperation.objects.filter(
        gateway=name, kind=OperationKind.REVERSE_TRANSFER, status=OperationStatus.SUCCEEDED
    )
    amounts = ((row.gateway_object_id, Money.from_json(row.request["amount"])) for row in done.iterator())
    return {(ObjectKind.TRANSFER_REVERSAL, object_id, back.currency): back.amount for object_id, back in amounts}


def _actual(name: str, fresh: Iterable[GatewayMovement]) -> dict[Key, Moved]:
    """Sum the movements by what they are about; a fee is part of it only at a chargeback, whose books have it too."""
    sums: dict[Key, Moved] = {}
    columns = ("object_kind", "object_id", "currency", "kind", "amount", "net", "happened_at")
    kept = GatewayMovement.objects.filter(gateway=name, payee_id="", kind__in=sorted(_BY_OBJECT))
    own = {row.object_id for row in _own_payouts(name, fresh)}
    rows = [*kept.values_list(*columns).iterator(), *(tuple(getattr(row, each) for each in columns) for row in fresh)]
    for object_kind, object_id, currency, kind, amount, net, at in rows:
        if kind not in _BY_OBJECT or (kind in booking.PAYOUTS and object_id in own):
            continue
        moved = sums.setdefault((object_kind, object_id, currency), Moved(0, 0, at))
        moved.amount += net if kind in booking.OF_CHARGEBACKS else amount
        moved.lines += 1
        moved.latest = max(moved.latest, at)
    return sums


def _own_payouts(name: str, fresh: Iterable[GatewayMovement]) -> list[GatewayMovement]:
    """Return the operator's own payouts: those that no withdrawal explains."""
    kept = GatewayMovement.objects.filter(gateway=name, payee_id="", kind__in=sorted(booking.PAYOUTS))
    rows = [*kept, *(row for row in fresh if row.kind in booking.PAYOUTS)]
    payees = booking.objects_of_payouts(rows)
    return [row for row in rows if (row.gateway, row.object_id) not in payees]


def _unsettled_kinds(name: str) -> set[str]:
    open_ = set(
        GatewayOperation.objects.filter(gateway=name, status__in=sorted(UNSETTLED)).values_list("kind", flat=True)
    )
    return {kind for kind, makers in _MADE_BY.items() if open_ & set(makers)}


# --- what only the gateway knows


def _bookings(name: str, fresh: Iterable[GatewayMovement]) -> Iterator[Discrepancy]:
    """Fees, own payouts and top-ups are booked as the gateway says, and nothing is booked that it does not know."""
    for row in fresh:
        yield from _not_yet(row, "is at the gateway, but not fetched yet")
    for row in GatewayMovement.objects.filter(gateway=name, payee_id="", kind__in=sorted(booking.UNKNOWN)):
        detail = (
            f"moved {row.money(row.net)}, and nobody knows what such a movement is ({row.object_id or 'no object'})"
        )
        subject = f"{name} movement {row.movement_id}"
        yield Discrepancy(CHECK, subject, detail, "unknown-kind", row.money(row.net))
    expected, booked = _own_effects(name), _booked(name)
    for key in sorted({*expected, *booked}):
        if expected.get(key, 0) != booked.get(key, 0):
            yield from _drill_down(name, *key, booked.get(key, 0) - expected.get(key, 0))


def _own_effects(name: str) -> dict[tuple[str, str], int]:
    """Sum what movements should have added to GATEWAY in bookings of their own, by code and currency."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    payees = booking.objects_of_payouts(GatewayMovement.objects.filter(gateway=name, kind__in=sorted(booking.PAYOUTS)))
    for row in _with_bookings(name):
        for code, amount in booking.bookings(row, is_payees=(name, row.object_id) in payees).items():
            sums[code, row.currency] += amount
    return sums


def _with_bookings(name: str) -> Iterable[GatewayMovement]:
    rows = GatewayMovement.objects.filter(gateway=name, payee_id="")
    return (rows.exclude(fee=0) | rows.filter(kind__in=sorted(booking.OWN))).iterator(chunk_size=2000)


def _booked(name: str) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for each in ledger.moved_by_transfers(AccountKind.GATEWAY):
        if each.source_type == booking.SOURCE and each.owner_id == name:
            sums[each.code, each.signed.currency] += each.signed.amount
    return sums


def _drill_down(name: str, code: str, currency: str, wrong: int) -> Iterator[Discrepancy]:
    """Name the movements whose booking is missing or wrong, now that the sums say that there are some."""
    payees = booking.objects_of_payouts(GatewayMovement.objects.filter(gateway=name, kind__in=sorted(booking.PAYOUTS)))
    amounts = {
        booking.reference_of(row): (row, amount)
        for row in _with_bookings(name)
        if row.currency == currency
        and (amount := booking.bookings(row, is_payees=(name, row.object_id) in payees).get(code))
    }
    booked = ledger.posted_amounts(code, AccountKind.GATEWAY, name, currency)
    for reference in sorted({*amounts, *booked}):
        row, amount = amounts.get(reference, (None, 0))
        if booked.get(reference, 0) != amount:
            yield _booked_otherwise(
                code, reference, row, Money(amount, currency), Money(booked.get(reference, 0), currency)
            )


def _booked_otherwise(
    code: str, reference: str, row: GatewayMovement | None, moved: Money, booked: Money
) -> Discrepancy:
    subject = f"{code} {reference}"
    if row is None:
        detail = f"we have booked {booked}, but there is no such movement"
        return Discrepancy(CHECK, subject, detail, "missing-at-gateway", -booked)
    if booked:
        return Discrepancy(CHECK, subject, f"it moved {moved}, but we have booked {booked}", "amount", moved - booked)
    waits = row.kind in booking.PAYOUTS and clock.now() - row.happened_at < GRACE
    detail = f"it moved {moved}, but we have booked nothing"
    return Discrepancy(CHECK, subject, detail, "missing-in-books", moved, waits)


def _not_yet(row: GatewayMovement, words: str) -> Iterator[Discrepancy]:
    """Name what the next import will book: a matter of time, unless it has been waiting for long."""
    unknown = row.kind in booking.UNKNOWN
    if not row.payee_id and (unknown or booking.bookings(row, is_payees=False)):
        waits = not unknown and clock.now() - row.happened_at < GRACE
        subject = f"{row.gateway} movement {row.movement_id}"
        detail = f"{row.kind} of {row.money(row.net)} net {words}"
        kind = "unknown-kind" if unknown else "missing-in-books"
        yield Discrepancy(CHECK, subject, detail, kind, row.money(row.net), waits)


def _difference(one: Money, other: Money) -> Money:
    return one - other if one.currency == other.currency else one


EXPLANATIONS: Mapping[str, checks.Explanation] = {
    f"{CHECK}.not-asked": checks.Explanation(
        "The gateway could not be asked, so nothing is known about its side.",
        "Look at its status page and at our key; then start the reconciliation again.",
    ),
    f"{CHECK}.missing-in-books": checks.Explanation(
        "The gateway has moved money of which our books know nothing.",
        "Look the object up at the gateway. If it is ours, its webhook was lost: retry the operation that made it. If"
        " nobody of us made it, somebody else uses our key: roll it, then post what moved with a memo.",
    ),
    f"{CHECK}.missing-at-gateway": checks.Explanation(
        "Our books say that money moved, but the gateway knows nothing of it.",
        "Do not pay out what hangs on it. Look the object up at the gateway; if it does not exist, take the transfer"
        " back with a correction.",
    ),
    f"{CHECK}.amount": checks.Explanation(
        "Gateway and books agree that money moved, but not on how much.",
        "Compare the object at the gateway with our row; a row that was edited by hand also shows in `audit-books`."
        " Correct the side that is ours.",
    ),
    f"{CHECK}.twice-at-gateway": checks.Explanation(
        "The gateway has done something twice that we have booked once.",
        "Refund or reverse the second one at the gateway, and keep the reference of what you did in the note.",
    ),
    f"{CHECK}.edited": checks.Explanation(
        "A kept movement is not what the gateway says now: a row was edited by hand, or the gateway has changed its own"
        " records.",
        "Ask the gateway which one is right. Movements are never edited; a difference in money is posted with a memo.",
    ),
    f"{CHECK}.unknown-kind": checks.Explanation(
        "The gateway moved our balance in a way that this version does not know (a loan, a reserve, a tax).",
        "Look it up at the gateway, post it by hand with a memo, and ask for the kind to be taught.",
    ),
}
