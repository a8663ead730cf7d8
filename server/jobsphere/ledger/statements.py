"""Sealed daily statements: what a UTC day did to every kind of account, under a chain of digests that cannot be redone
quietly.

A day is sealed when it is over for everybody: every transaction that began before its end has ended (and ten minutes
more, for the clocks of other machines). From then on the database refuses a transfer dated before that moment, and
`post` dates a late one into the first open day, as a bookkeeper does with a closed period.

The digest of a transfer is SHA-256 over the digest before it, a newline, and the transfer with its entries as JSON
without spaces, in UTF-8: ["transfer", id, posted_at, currency, legs, code, reference, source_type, source_id, memo,
[[position, entry, account, amount, sequence, balance_after, created_at], ...]]; moments are ISO 8601 in UTC with
microseconds. Transfers are in the order of their ids. The chain of a day begins with the seal of the day before, the
first with 64 zeros. The seal is SHA-256 over ["statement", number, day, previous, chain, transfers, entries, first,
last, [[currency, kind, opening, debits, credits, closing], ...]]. Whoever keeps one seal elsewhere can prove
everything before it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from jobsphere.kit import clock
from jobsphere.ledger import snapshots
from jobsphere.ledger.models import DailyLine, DailyStatement, Entry, LedgerAccount, SealedTransfer, Transfer

GENESIS = "0" * 64
DAY = timedelta(days=1)
_CHUNK = 1000
_KIND = ("pk", "currency", "kind")

#: (currency, kind) -> (debits, credits), both positive.
Turnover = dict[tuple[str, str], tuple[int, int]]


@dataclass(slots=True)
class DayOfBooks:
    """What a pass over a day's transfers adds up to."""

    before: str
    chain: str = ""
    transfers: int = 0
    entries: int = 0
    first: UUID | None = None
    last: UUID | None = None
    #: By account: debits and credits, both positive.
    moved: dict[UUID, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, transfer: Transfer, entries: Sequence[Entry]) -> str:
        """Add a transfer at the end of the chain; return its digest."""
        self.chain = digest(self.chain or self.before, transfer, entries)
        self.transfers += 1
        self.entries += len(entries)
        self.first, self.last = self.first or transfer.pk, transfer.pk
        for entry in entries:
            self.moved[entry.account_id][0 if entry.amount > 0 else 1] += abs(entry.amount)
        return self.chain

    def turnover(self) -> Turnover:
        """Return what was moved, by currency and kind; an account that was lost has neither."""
        sums: dict[tuple[str, str], tuple[int, int]] = {}
        ids = iter(self.moved)
        while chunk := list(islice(ids, _CHUNK)):
            kinds = {row[0]: row[1:] for row in LedgerAccount.objects.filter(pk__in=chunk).values_list(*_KIND)}
            for account_id in chunk:
                key = kinds.get(account_id, ("", "lost account"))
                before, more = sums.get(key, (0, 0)), self.moved[account_id]
                sums[key] = (before[0] + more[0], before[1] + more[1])
        return sums


def next_day() -> date | None:
    """Return the day that is to be sealed next, once it is over; None while there are no books."""
    last = DailyStatement.objects.order_by("-number").values_list("day", flat=True).first()
    if last:
        return last + DAY
    first = Transfer.objects.order_by("created_at").values_list("created_at", flat=True).first()
    return first.astimezone(UTC).date() if first else None


def closed_until() -> datetime:
    """Return the moment before which nothing can be posted any more, by any machine."""
    return snapshots.settled_until() + clock.offset() - snapshots.MARGIN


def is_over(day: date) -> bool:
    """Say whether a day can be sealed."""
    return end_of(day) <= closed_until()


def seal(day: date) -> DailyStatement:
    """Write the statement of a day that is over. Two at once: the second is refused by the unique day."""
    last = DailyStatement.objects.order_by("-number").first()
    done = DayOfBooks(last.seal if last else GENESIS)
    statement = DailyStatement(number=last.number + 1 if last else 1, day=day, until=end_of(day), previous=done.before)
    sealed = [
        SealedTransfer(transfer_id=row.pk, statement=statement, position=position, digest=done.add(row, entries))
        for position, (row, entries) in enumerate(transfers_of(day), start=1)
    ]
    lines = lines_of(done.turnover(), closings(last))
    close(statement, done, lines)
    statement.save(force_insert=True)
    DailyLine.objects.bulk_create([DailyLine(statement=statement, **line) for line in lines], batch_size=_CHUNK)
    SealedTransfer.objects.bulk_create(sealed, batch_size=_CHUNK)
    return statement


def close(statement: DailyStatement, done: DayOfBooks, lines: Sequence[dict[str, Any]]) -> None:
    """Fill in what the pass has found, and the seal over it."""
    statement.transfers, statement.entries = done.transfers, done.entries
    statement.first_transfer, statement.last_transfer = done.first, done.last
    statement.chain = done.chain or done.before
    statement.seal = seal_of(statement, lines)


def transfers_of(day: date) -> Iterator[tuple[Transfer, list["Entry"]]]:
    """Stream the transfers of a day with their entries, a thousand at a time."""
    rows = Transfer.objects.filter(created_at__gte=start_of(day), created_at__lt=end_of(day)).order_by("id")
    stream = rows.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(stream, _CHUNK)):
        entries: dict[UUID, list[Entry]] = defaultdict(list)
        found = Entry.objects.filter(transfer_id__in=[row.pk for row in chunk]).order_by("transfer_id", "position")
        for entry in found:
            entries[entry.transfer_id].append(entry)
        yield from ((row, entries[row.pk]) for row in chunk)


def lines_of(turnover: Turnover, opening: dict[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Return the statement's lines: everything that moved or stood there before, by currency and kind."""
    return [
        {
            "currency": currency,
            "kind": kind,
            "opening": opening.get((currency, kind), 0),
            "debits": moved[0],
            "credits": moved[1],
            "closing": opening.get((currency, kind), 0) + moved[0] - moved[1],
        }
        for currency, kind in sorted({*turnover, *opening})
        for moved in [turnover.get((currency, kind), (0, 0))]
    ]


def closings(statement: DailyStatement | None) -> dict[tuple[str, str], int]:
    """Return with what a statement closed: the opening of the next."""
    rows = DailyLine.objects.filter(statement=statement) if statement else ()
    return {(row.currency, row.kind): row.closing for row in rows}


def digest(before: str, transfer: Transfer, entries: Iterable[Entry]) -> str:
    """Return the digest of a transfer behind the one before it."""
    legs = [
        [each.position, str(each.pk), str(each.account_id), each.amount, each.sequence, each.balance_after,
         _moment(each.created_at)]
        for each in entries
    ]  # fmt: skip
    names = [transfer.code, transfer.reference, transfer.source_type, transfer.source_id, transfer.memo]
    head = ["transfer", str(transfer.pk), _moment(transfer.created_at), transfer.currency, transfer.legs]
    return _hash(before, [*head, *names, legs])


def seal_of(statement: DailyStatement, lines: Iterable[dict[str, Any]]) -> str:
    """Return the seal of a statement with these lines."""
    names = ("currency", "kind", "opening", "debits", "credits", "closing")
    ends = [str(each) if each else None for each in (statement.first_transfer, statement.last_transfer)]
    counts = [statement.transfers, statement.entries]
    head = ["statement", statement.number, statement.day.isoformat(), statement.previous, statement.chain]
    return _hash("", [*head, *counts, *ends, [[line[name] for name in names] for line in lines]])


def start_of(day: date) -> datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.combine(day, time.min, UTC)


def end_of(day: date) -> datetime:
    """Return the first moment after a day, in UTC."""
    return start_of(day + DAY)


def _hash(before: str, values: list[Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"{before}\n{text}".encode()).hexdigest()


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
