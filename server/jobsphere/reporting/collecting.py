"""What each contractor earned in a year, from the ledger: which releases it booked when, and what is left of each.

A release counts in the month in which the ledger booked it, at what the contractor still has of it: a later refund
lessens the quarter that it belongs to, so no quarter is ever below zero, and a report that was made is corrected.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from uuid import UUID

from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldView
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import AccountKind, Discrepancy
from jobsphere.reporting.types import Figures

#: What is a contractor's: theirs to withdraw, theirs soon, less what they owe.
THEIRS = (AccountKind.WALLET, AccountKind.CLEARING, AccountKind.RECEIVABLE)
RELEASED = "escrow.released"
#: The first parts of the codes by which earnings are given back, or restored; a bank's fee is no earning.
TAKEN_BACK = ("refund.", "chargeback.lost", "chargeback.regained")
_CHUNK = 500
_LISTS = ("paid", "fees", "gross", "activities", "transactions")

EXPLANATIONS = {
    "reporting.sums": Explanation(
        "What contractors are reported to have got is not what the ledger says that they got.",
        "Compare the holds of the person with their transfers; reconcile names which one was edited by hand.",
    ),
}


def figures_of(year: int, user_id: UUID | None = None) -> dict[UUID, list[Figures]]:
    """Return everybody's year by currency, or one person's; who had no release is left out."""
    since, until = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    months: dict[tuple[UUID, str], dict[str, list[int]]] = defaultdict(lambda: {name: [0] * 12 for name in _LISTS})
    for hold, moment, held in releases(since, until, user_id):
        month = moment.month - 1
        row = months[hold.payee_id, hold.amount.currency]
        row["paid"][month] += hold.payout.amount
        row["fees"][month] += hold.service_fee.amount + hold.platform_fee_left.amount
        row["gross"][month] += gross_of(hold, held)
        row["activities"][month] += hold.payout.amount > 0
        row["transactions"][month] += 1
    found: dict[UUID, list[Figures]] = defaultdict(list)
    for (payee_id, currency), row in sorted(months.items(), key=lambda each: (str(each[0][0]), each[0][1])):
        found[payee_id].append(Figures(currency, **{name: tuple(row[name]) for name in _LISTS}))
    return dict(found)


def releases(
    since: datetime | None = None, until: datetime | None = None, user_id: UUID | None = None
) -> Iterator[tuple[HoldView, datetime, int]]:
    """Stream the releases that the ledger booked: the hold as it is now, when, and what was held then."""
    chunk: dict[UUID, tuple[datetime, int]] = {}
    for reference, moment, signed in ledger.posted_in(RELEASED, AccountKind.ESCROW, since=since, until=until):
        chunk[UUID(reference)] = (moment, signed)
        if len(chunk) == _CHUNK:
            yield from _with_holds(chunk, user_id)
            chunk = {}
    yield from _with_holds(chunk, user_id)


def gross_of(hold: HoldView, held: int) -> int:
    """Return what the customer had paid for it when it was released, before any fee.

    `held` was in the hold then. Where money went back both before and after the release, the platform fee's share in
    the first is worked out in proportion.
    """
    first = hold.amount.amount - hold.platform_fee.amount
    given_back = hold.platform_fee.amount - hold.platform_fee_left.amount
    share = hold.platform_fee.amount * (first - held) // first if first else 0
    return held + hold.platform_fee.amount - min(share, given_back)


def sums_match_the_books() -> Iterator[Discrepancy]:
    """What everybody is reported to have got, in all years, is what the ledger added to their money and took of it."""
    booked = booked_earnings()
    reported: dict[tuple[str, str], int] = defaultdict(int)
    for hold, _, _ in releases():
        reported[str(hold.payee_id), hold.amount.currency] += hold.payout.amount
    for (owner_id, currency), amount in sorted(booked.items() | reported.items()):
        if booked.get((owner_id, currency), 0) != reported.get((owner_id, currency), 0):
            text = f"{currency} {amount} (minor units) stands on one side only."
            yield Discrepancy("reporting.sums", f"contractor {owner_id}", text)


def booked_earnings() -> Mapping[tuple[str, str], int]:
    """Return by person and currency what releases brought them, less what was taken back, as the ledger says."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for kind in THEIRS:
        for moved in ledger.moved_by_transfers(kind):
            if moved.code == RELEASED or moved.code.startswith(TAKEN_BACK):
                sums[moved.owner_id, moved.signed.currency] -= moved.signed.amount
    return {key: amount for key, amount in sums.items() if amount}


def _with_holds(
    chunk: Mapping[UUID, tuple[datetime, int]], user_id: UUID | None
) -> Iterator[tuple[HoldView, datetime, int]]:
    for hold in escrow.holds_by_id(chunk):
        if user_id is None or hold.payee_id == user_id:
            moment, held = chunk[hold.id]
            yield hold, moment, held
