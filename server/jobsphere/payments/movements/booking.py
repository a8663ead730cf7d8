"""Booking what only the gateway knows, once each: its fees, the operator's own payouts and top-ups.

Who books what is settled by the movement's kind alone, so nothing is booked twice: the amounts of charges, refunds and
transfers by the verbs that made them, chargebacks with their fees by `chargebacks_books.py`, and everything else here.
A kind that nobody knows is booked by nobody; the reconciliation names it.
"""

from collections.abc import Collection, Iterable

from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger_books
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, account, credit, debit
from jobsphere.payments.books import at_gateway
from jobsphere.payments.gateways.base import MovementKind
from jobsphere.payments.models import GatewayMovement, GatewayOperation, Payout
from jobsphere.payments.rules import UNSETTLED, OperationKind

SOURCE = "gateway_movement"
FEE, PAYOUT, TOP_UP = "gateway.fee", "gateway.payout", "gateway.top_up"
CODES = (FEE, PAYOUT, TOP_UP)

#: Their fee is part of the chargeback, whose own books have it.
OF_CHARGEBACKS = frozenset({MovementKind.DISPUTE, MovementKind.DISPUTE_REVERSAL})
PAYOUTS = frozenset({MovementKind.PAYOUT, MovementKind.PAYOUT_FAILURE})
#: Movements that nothing of ours has made, so that the whole amount is booked from them.
OWN = frozenset({MovementKind.FEE, MovementKind.TOP_UP, *PAYOUTS})
UNKNOWN = frozenset({MovementKind.OTHER})


def bookings(row: GatewayMovement, *, is_payees: bool) -> dict[str, int]:
    """Say by code what a movement adds to GATEWAY in bookings of ours; `is_payees`: a payout of ours caused it."""
    kind = MovementKind(row.kind) if row.kind in set(MovementKind) else MovementKind.OTHER
    if row.payee_id or kind in OF_CHARGEBACKS | UNKNOWN:
        return {}
    parts = {FEE: -row.fee}
    if kind is MovementKind.FEE:
        parts[FEE] += row.amount
    elif kind is MovementKind.TOP_UP:
        parts[TOP_UP] = row.amount
    elif kind in PAYOUTS and not is_payees:
        parts[PAYOUT] = row.amount
    return {code: amount for code, amount in parts.items() if amount}


def book(rows: Collection[GatewayMovement]) -> int:
    """Book what these movements ask for and is not in the books yet; return how many transfers were posted."""
    payees = objects_of_payouts(rows)
    wait = _payouts_under_way({row.gateway for row in rows})
    posted = 0
    for row in rows:
        is_payees = (row.gateway, row.object_id) in payees
        for code, amount in bookings(row, is_payees=is_payees).items():
            if not (code == PAYOUT and row.gateway in wait):
                posted += _post(row, code, amount)
    return posted


def waiting(gateway: str) -> list[GatewayMovement]:
    """Return payouts from our balance that are not in the books yet: once it was not clear whose they were."""
    rows = list(GatewayMovement.objects.filter(gateway=gateway, payee_id="", kind__in=sorted(PAYOUTS)))
    payees = objects_of_payouts(rows)
    own = [row for row in rows if (row.gateway, row.object_id) not in payees]
    known = ledger_books.posted_references(PAYOUT, [reference_of(row) for row in own])
    return [row for row in own if reference_of(row) not in known]


def objects_of_payouts(rows: Iterable[GatewayMovement]) -> set[tuple[str, str]]:
    """Return which of the payouts at the gateway are withdrawals of payees: (gateway, id)."""
    ids = {row.object_id for row in rows if row.kind in PAYOUTS and row.object_id}
    found = Payout.objects.filter(gateway_id__in=ids).values_list("gateway", "gateway_id") if ids else ()
    return set(found)


def reference_of(row: GatewayMovement) -> str:
    """Return the business key of a movement's bookings."""
    return f"{row.gateway}:{row.movement_id}"


def _payouts_under_way(gateways: set[str]) -> set[str]:
    """Return the gateways where a withdrawal may have made a payout of which we do not know the id yet."""
    open_ = GatewayOperation.objects.filter(
        gateway__in=gateways, kind=OperationKind.PAY_OUT, status__in=sorted(UNSETTLED)
    )
    return set(open_.values_list("gateway", flat=True))


def _post(row: GatewayMovement, code: str, amount: int) -> bool:
    """Post one booking: `amount` is what our balance gained."""
    gained = Money(amount, row.currency)
    posted = ledger.post(
        code=code,
        reference=reference_of(row),
        legs=[debit(at_gateway(row.gateway, row.currency), gained), credit(_other_side(row, code), gained)],
        source_type=SOURCE,
        source_id=row.pk,
        memo=f"{row.kind} {row.object_id}".strip()[:255],
    )
    return not posted.replayed


def _other_side(row: GatewayMovement, code: str) -> AccountKey:
    kind = AccountKind.GATEWAY_FEE if code == FEE else AccountKind.BANK
    return account(kind, row.currency, row.gateway)
