"""The audit of sealed days: everything is computed again from the entries and held against what was sealed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jobsphere.kit.money import Money, is_currency
from jobsphere.ledger import statements
from jobsphere.ledger.models import DailyLine, DailyStatement, Entry, SealedTransfer, Transfer
from jobsphere.ledger.types import Discrepancy

CHECK = "ledger.seals"
_FAR = UUID(int=2**128 - 1)


def seals() -> Iterator[Discrepancy]:
    """Every sealed day is as it was when it was sealed: no transfer changed, lost or added, no statement redone."""
    yield from audit()


def audit(first: date | None = None, last: date | None = None) -> Iterator[Discrepancy]:
    """Audit the statements of these days, by default of all."""
    rows = DailyStatement.objects.order_by("number")
    before = rows.filter(day__lt=first).last() if first else None
    if first is None:
        yield from _before_the_first()
    rows = rows.filter(day__gte=first) if first else rows
    for statement in (rows.filter(day__lte=last) if last else rows).iterator(chunk_size=100):
        yield from _links(statement, before)
        yield from _contents(statement, before)
        before = statement


def _before_the_first() -> Iterator[Discrepancy]:
    """Nothing is dated before the first day of the books."""
    first = DailyStatement.objects.order_by("number").values_list("day", flat=True).first()
    if first:
        for transfer in Transfer.objects.filter(created_at__lt=statements.start_of(first)).order_by("id"):
            yield _transfer("inserted", transfer.pk, f"is dated before {first}, when the books begin.", transfer)


def _links(statement: DailyStatement, before: DailyStatement | None) -> Iterator[Discrepancy]:
    """A statement follows the one of the day before, and says so."""
    expected = (before.number + 1, before.day + statements.DAY, before.seal) if before else None
    if expected and (statement.number, statement.day) != expected[:2]:
        yield _statement(
            statement.day, f"does not follow that of {before.day if before else ''}: one in between is gone."
        )
    elif expected and statement.previous != expected[2]:
        yield _statement(statement.day, "does not continue the seal of the day before.")
    if not before and (statement.number, statement.previous) != (1, statements.GENESIS):
        yield _statement(statement.day, "is the first that is there, but was not the first that was sealed.")


def _contents(statement: DailyStatement, before: DailyStatement | None) -> Iterator[Discrepancy]:
    """Its transfers, its lines and its seal are what they were."""
    day = _Day(statement)
    yield from day.transfers()
    stored = _lines(statement)
    for (currency, kind), wrong in _differing(stored, _recomputed(day, before)).items():
        yield _statement(statement.day, f"says of {kind} {currency}: {wrong[0]}; its entries say: {wrong[1]}.")
    if statement.chain != day.end or statement.seal != statements.seal_of(statement, list(stored.values())):
        yield _statement(statement.day, "was changed: its seal does not fit what it says.")
    counts = (statement.transfers, statement.entries, statement.first_transfer, statement.last_transfer)
    done = day.done
    if counts[:2] != (done.transfers, done.entries):
        yield _statement(
            statement.day,
            f"says {counts[0]} transfers and {counts[1]} entries, but there are {done.transfers} and {done.entries}.",
        )


@dataclass(slots=True)
class _Day:
    """The walk through one day: the transfers that are there beside those that were sealed, both by id."""

    statement: DailyStatement
    done: statements.DayOfBooks = field(init=False)
    #: The digest of the last sealed transfer.
    end: str = field(init=False)

    def __post_init__(self) -> None:
        self.done = statements.DayOfBooks(self.statement.previous)
        self.end = self.statement.previous

    def transfers(self) -> Iterator[Discrepancy]:
        """Name each transfer that was changed, is gone, or was not there."""
        rows = SealedTransfer.objects.filter(statement_id=self.statement.pk).order_by("position")
        sealed = rows.iterator(chunk_size=2000)
        there = statements.transfers_of(self.statement.day)
        one, other = next(sealed, None), next(there, None)
        while one or other:
            sealed_id, found_id = one.transfer_id if one else _FAR, other[0].pk if other else _FAR
            if other and found_id <= sealed_id:
                self.done.add(*other)
            if one and other and sealed_id == found_id:
                if statements.digest(self.end, *other) != one.digest:
                    yield _transfer("changed", found_id, self._changed(*other), other[0])
            elif one and sealed_id < found_id:
                yield _transfer("gone", sealed_id, f"was sealed on {self.statement.day}, and is not there any more.")
            elif other:
                yield _transfer("inserted", found_id, f"was not there when {self.statement.day} was sealed.", other[0])
            if one and sealed_id <= found_id:
                self.end = one.digest
                one = next(sealed, None)
            if other and found_id <= sealed_id:
                other = next(there, None)

    def _changed(self, transfer: Transfer, entries: list[Entry]) -> str:
        """Say what can be said of a change; what was there before, only a backup knows."""
        amounts = ", ".join(str(each.amount) for each in entries) or "none"
        return (
            f"is not as it was when {self.statement.day} was sealed; it now has {len(entries)} of {transfer.legs}"
            f" entries (minor units: {amounts})."
        )


def _recomputed(day: _Day, before: DailyStatement | None) -> Mapping[tuple[str, str], dict[str, Any]]:
    lines = statements.lines_of(day.done.turnover(), statements.closings(before))
    return {(line["currency"], line["kind"]): line for line in lines}


def _lines(statement: DailyStatement) -> dict[tuple[str, str], dict[str, Any]]:
    names = ("currency", "kind", "opening", "debits", "credits", "closing")
    rows = DailyLine.objects.filter(statement=statement).order_by("currency", "kind").values(*names)
    return {(row["currency"], row["kind"]): row for row in rows}


def _differing(
    stored: Mapping[tuple[str, str], dict[str, Any]], found: Mapping[tuple[str, str], dict[str, Any]]
) -> dict[tuple[str, str], tuple[str, str]]:
    keys = sorted({*stored, *found})
    return {key: (_told(stored.get(key)), _told(found.get(key))) for key in keys if stored.get(key) != found.get(key)}


def _told(line: dict[str, Any] | None) -> str:
    if not line:
        return "nothing"
    parts = ("opening", "debits", "credits", "closing")
    return ", ".join(f"{name} {_money(line[name], line['currency'])}" for name in parts)


def _money(amount: int, currency: str) -> str:
    return str(Money(amount, currency)) if is_currency(currency) else f"{amount} {currency}"


def _statement(day: date, detail: str) -> Discrepancy:
    return Discrepancy(CHECK, f"statement {day}", detail, kind="statement")


def _transfer(kind: str, transfer_id: UUID, detail: str, transfer: Transfer | None = None) -> Discrepancy:
    named = f" ({transfer.code} {transfer.reference})" if transfer else ""
    return Discrepancy(CHECK, f"transfer {transfer_id}{named}", detail, kind=kind)
