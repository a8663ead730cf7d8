"""A contractor's month, from the books: what they had, earned and took out. Everything is in one sum of the ledger."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db.models import Sum

from jobsphere.invoices.models import Invoice
from jobsphere.invoices.rules import FEES, PAID_BY_CARD, InvoiceKind, InvoiceType, Month, month_of
from jobsphere.invoices.types import StatementOfMonth
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import AccountKind

#: What is a person's: theirs to withdraw, theirs soon, less what they owe.
_THEIRS = (AccountKind.WALLET, AccountKind.CLEARING, AccountKind.RECEIVABLE)
#: What a movement is called on a statement, by the first part of its code.
_EARNED = ("escrow.released",)
_TAKEN = ("refund.", "chargeback.")
_WITHDRAWN = ("payout.",)
_NAMES = {_EARNED: "earned", _TAKEN: "taken_back", _WITHDRAWN: "withdrawn"}


def statements(viewer: Actor, month: str) -> list[StatementOfMonth]:
    """Return the viewer's month, one statement for each currency that they ever had. Three queries.

    Raises NotFound for a month that is none.
    """
    try:
        period = month_of(month)
    except ValueError:
        raise NotFound("There is no such month; write it as 2026-11.") from None
    me = viewer.known_id()
    before = _moved(me, None, period.first)
    during = _moved(me, period.first, period.after)
    papers = _papers(me, period)
    return [
        _statement(month, currency, before.get(currency, {}), during.get(currency, {}), papers[currency])
        for currency in sorted({*before, *during, *papers})
    ]


def _moved(person_id: UUID, since: date | None, until: date) -> dict[str, dict[str, int]]:
    """Return what was added to a person's money, by currency and name of the movement; positive is theirs."""
    rows = ledger.moved_by_owner(
        "user", person_id, kinds=_THEIRS, since=_midnight(since) if since else None, until=_midnight(until)
    )
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (currency, code), signed in rows.items():
        sums[currency][_name_of(code)] -= signed
    return sums


def _papers(person_id: UUID, period: Month) -> dict[str, dict[str, int]]:
    """Return what the documents of the month come to, by currency: for work, and for commission."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days = {"issued_on__gte": period.first, "issued_on__lt": period.after}
    work = Invoice.objects.filter(seller_id=person_id, kind=InvoiceKind.WORK, **days)
    fees = Invoice.objects.filter(buyer_id=person_id, kind__in=FEES - PAID_BY_CARD, **days)
    for rows in (work, fees):
        found = rows.values("currency", "kind", "type").annotate(total=Sum("gross"), taxes=Sum("tax")).order_by()
        for row in found:
            sign = -1 if row["type"] == InvoiceType.CREDIT_NOTE else 1
            sums[row["currency"]][row["kind"]] += sign * int(row["total"])
            sums[row["currency"]][f"tax of {row['kind']}"] += sign * int(row["taxes"])
    return sums


def _statement(
    month: str, currency: str, before: dict[str, int], during: dict[str, int], papers: dict[str, int]
) -> StatementOfMonth:
    opening, change = sum(before.values()), sum(during.values())
    payout_fees = papers.get(InvoiceKind.PAYOUT_FEE, 0)
    commission = [InvoiceKind.PLATFORM_FEE, InvoiceKind.SERVICE_FEE]
    figures = {
        "opening": opening,
        "earned": during.get("earned", 0),
        "taken_back": during.get("taken_back", 0),
        # The fee for speed leaves the wallet with the payout that it is for.
        "withdrawn": during.get("withdrawn", 0) + payout_fees,
        "payout_fees": -payout_fees,
        "other": during.get("other", 0),
        "closing": opening + change,
        "gross": papers.get(InvoiceKind.WORK, 0),
        "commission": sum(papers.get(kind, 0) for kind in commission),
        "tax_on_work": papers.get(f"tax of {InvoiceKind.WORK}", 0),
        "tax_on_commission": sum(papers.get(f"tax of {kind}", 0) for kind in [*commission, InvoiceKind.PAYOUT_FEE]),
    }
    return StatementOfMonth(month=month, **{name: Money(amount, currency) for name, amount in figures.items()})


def _name_of(code: str) -> str:
    return next((name for beginnings, name in _NAMES.items() if code.startswith(beginnings)), "other")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def equals_its_parts(each: StatementOfMonth) -> bool:
    """Say whether what happened leads from the opening to the closing balance."""
    parts: Iterable[Money] = (each.earned, each.taken_back, each.withdrawn, each.payout_fees, each.other)
    return each.opening + sum(parts, Money.zero(each.opening.currency)) == each.closing
