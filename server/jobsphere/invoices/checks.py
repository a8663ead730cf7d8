"""What `manage.py reconcile` asks of documents: all that the holds have done is in them, and no number is missing."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, Max, Min, Sum

from jobsphere.escrow import selectors as escrow
from jobsphere.escrow.types import HoldStatus, HoldView
from jobsphere.invoices.models import Invoice, InvoiceCounter, InvoiceLine, Start
from jobsphere.invoices.rules import FEES, InvoiceKind, InvoiceType
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import AccountKind, Discrepancy
from jobsphere.outbox.selectors import undelivered

#: Where the subscribers that issue documents are.
HANDLERS = "invoices.handlers."

Sums = dict[UUID, dict[str, int]]
_WORDS = {
    InvoiceKind.WORK: "the work released",
    InvoiceKind.PLATFORM_FEE: "the commission at acceptance",
    InvoiceKind.SERVICE_FEE: "the commission at completion",
    InvoiceKind.KEPT_FEE: "the fee kept",
}
EXPLANATIONS = {
    "invoices.holds": Explanation(
        "Money was funded, released or given back, and its documents say something else, or are not there.",
        "Look for a dead letter of the invoices' handlers and replay it; a document is never edited.",
    ),
    "invoices.numbers": Explanation(
        "A number of an issuer is missing: a document was deleted by hand.",
        "Restore the document from a backup; the tax office asks for every number.",
    ),
    "invoices.taxes": Explanation(
        "The tax that stands in the books is not the tax that our documents show.",
        "Compare the transfers `tax.due` with the documents of the last days; post the missing one.",
    ),
    "invoices.plans": Explanation(
        "What plans have cost is not what their documents say.",
        "Look for a dead letter of the invoices' handlers and replay it.",
    ),
    "invoices.payout_fees": Explanation(
        "What instant payouts have cost is not what their documents say.",
        "Look for a dead letter of the invoices' handlers and replay it.",
    ),
}


def holds() -> Iterator[Discrepancy]:
    """Every release, refund and fee of a hold is in its documents, and they come to what the hold says.

    One sum over all lines, and one pass over the holds. What the worker has not been told of yet is left out.
    """
    sums = _documented()
    start = Start.objects.order_by("id").first()
    waiting = undelivered(HANDLERS)
    moving = waiting.get("hold", set()) | waiting.get("payment", set())
    for row in escrow.holds(SYSTEM).order_by("pk").iterator(chunk_size=2000):
        if {row.pk, row.payment_id, row.set_aside_from} & moving or (start and row.created_at < start.created_at):
            continue
        hold, found = escrow.view_of_hold(row), sums.get(row.pk, {})
        for kind, expected in _expected(hold).items():
            if found.get(kind, 0) != expected:
                there, should = Money(found.get(kind, 0), row.currency), Money(expected, row.currency)
                detail = f"is {hold.status}: {_WORDS[kind]} is {should}, but its documents come to {there}."
                yield Discrepancy("invoices.holds", f"hold {row.pk}", detail, amount=should - there)


def numbers() -> Iterator[Discrepancy]:
    """Every issuer's numbers of a year run from 1 to the counter, without a gap."""
    rows = Invoice.objects.values("issuer", "year").annotate(
        count=Count("pk"), first=Min("sequence"), last=Max("sequence")
    )
    found = {(row["issuer"], row["year"]): row for row in rows.order_by()}
    for counter in InvoiceCounter.objects.order_by("pk").iterator():
        row = found.pop((counter.issuer, counter.year), {"count": 0, "first": 1, "last": 0})
        if not (row["count"] == row["last"] == counter.last) or (row["count"] and row["first"] != 1):
            detail = f"has given out {counter.last} numbers, but {row['count']} documents are there."
            yield Discrepancy("invoices.numbers", f"issuer {counter.issuer} {counter.year}", detail)
    for issuer, year in sorted(found):
        yield Discrepancy("invoices.numbers", f"issuer {issuer} {year}", "has documents, but no counter.")


def taxes() -> Iterator[Discrepancy]:
    """What stands in tax payable is the tax on the operator's own documents."""
    shown: dict[str, int] = defaultdict(int)
    rows = Invoice.objects.filter(kind__in=FEES, tax__gt=0).values("currency", "type").annotate(sum=Sum("tax"))
    for row in rows.order_by():
        shown[row["currency"]] += _signed(row["type"], row["sum"])
    lines = [line for line in ledger.trial_balance().lines if line.kind is AccountKind.TAX_PAYABLE]
    booked = {line.signed.currency: line.balance.amount for line in lines}
    for currency in sorted({*shown, *booked}):
        there, should = Money(booked.get(currency, 0), currency), Money(shown.get(currency, 0), currency)
        if there != should:
            detail = f"{there} stands in tax payable, but our documents show {should}."
            yield Discrepancy("invoices.taxes", currency, detail, amount=should - there)


def payout_fees() -> Iterator[Discrepancy]:
    """What the books have earned by instant payouts is in documents."""
    if Start.objects.exists() or "payout" in undelivered(HANDLERS):
        return
    yield from _compared(InvoiceKind.PAYOUT_FEE, AccountKind.REVENUE_PAYOUT_FEE, "invoices.payout_fees")


def plans() -> Iterator[Discrepancy]:
    """What the books have earned by plans is in documents."""
    if Start.objects.exists() or "subscription" in undelivered(HANDLERS):
        return
    yield from _compared(InvoiceKind.PLAN, AccountKind.REVENUE_PLAN, "invoices.plans")


def _compared(kind: InvoiceKind, booked_as: AccountKind, check: str) -> Iterator[Discrepancy]:
    shown: dict[str, int] = defaultdict(int)
    rows = Invoice.objects.filter(kind=kind).values("currency", "type").annotate(sum=Sum("gross"))
    for row in rows.order_by():
        shown[row["currency"]] += _signed(row["type"], row["sum"])
    lines = [line for line in ledger.trial_balance().lines if line.kind is booked_as]
    booked = {line.signed.currency: line.balance.amount for line in lines}
    for currency in sorted({*shown, *booked}):
        there, should = Money(shown.get(currency, 0), currency), Money(booked.get(currency, 0), currency)
        if there != should:
            detail = f"{should} was earned, but the documents come to {there}."
            yield Discrepancy(check, currency, detail, amount=should - there)


def _documented() -> Sums:
    sums: Sums = defaultdict(dict)
    rows = InvoiceLine.objects.filter(hold_id__isnull=False).values("hold_id", "invoice__kind", "invoice__type")
    for row in rows.annotate(sum=Sum("gross")).order_by():
        kinds = sums[UUID(str(row["hold_id"]))]
        kind = row["invoice__kind"]
        kinds[kind] = kinds.get(kind, 0) + _signed(row["invoice__type"], row["sum"])
    return sums


def _expected(hold: HoldView) -> dict[InvoiceKind, int]:
    released, called_off = hold.status is HoldStatus.RELEASED, hold.status is HoldStatus.REFUNDED
    left = hold.platform_fee_left.amount
    return {
        InvoiceKind.WORK: (hold.amount - hold.refunded).amount if released else 0,
        InvoiceKind.PLATFORM_FEE: 0 if called_off else left,
        InvoiceKind.SERVICE_FEE: hold.service_fee.amount if released else 0,
        InvoiceKind.KEPT_FEE: left if called_off else 0,
    }


def _signed(type_: str, amount: int) -> int:
    return -int(amount) if type_ == InvoiceType.CREDIT_NOTE else int(amount)


checks.register("invoices.holds", holds, EXPLANATIONS)
checks.register("invoices.numbers", numbers)
checks.register("invoices.taxes", taxes)
checks.register("invoices.payout_fees", payout_fees)
checks.register("invoices.plans", plans)
