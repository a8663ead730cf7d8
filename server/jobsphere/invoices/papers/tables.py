"""CSV for accountants: documents, and the postings of the ledger behind them. Amounts are decimal texts."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from jobsphere.invoices.rules import InvoiceType
from jobsphere.invoices.types import InvoiceView, StatementOfMonth
from jobsphere.kit.money import Money
from jobsphere.ledger.types import PostedTransfer

# fmt: off
DOCUMENTS = (
    "number", "type", "kind", "date", "corrects", "seller", "seller_country", "seller_tax_number", "buyer",
    "buyer_country", "buyer_tax_number", "currency", "net", "tax", "gross", "treatment", "rate_percent", "contract_id",
)
POSTINGS = (
    "posted_at", "transfer_id", "code", "reference", "source_type", "source_id", "account", "owner", "currency",
    "debit", "credit", "memo",
)
STATEMENT = (
    "month", "currency", "opening", "earned", "taken_back", "withdrawn", "payout_fees", "other", "closing", "gross",
    "tax_on_work", "commission", "tax_on_commission",
)
# fmt: on
#: What makes a spreadsheet take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def of_documents(views: Iterable[InvoiceView]) -> Iterator[str]:
    """Return documents line by line; credit notes have negative amounts."""
    yield _row(DOCUMENTS)
    for view in views:
        sign = -1 if view.type is InvoiceType.CREDIT_NOTE else 1
        amounts = [Money(sign * each.amount, each.currency).major() for each in (view.net, view.tax, view.gross)]
        about = [view.number, str(view.type), str(view.kind), view.issued_on.isoformat(), view.corrects]
        parties = [word for each in (view.seller, view.buyer) for word in (each.name, each.country, each.tax_number)]
        tax = [str(view.treatment), f"{view.basis_points / 100:g}", str(view.contract_id or "")]
        yield _row([*about, *map(_harmless, parties), view.gross.currency, *amounts, *tax])


def of_postings(transfers: Iterable[PostedTransfer]) -> Iterator[str]:
    """Return the legs of transfers line by line: what was debited or credited, on which account."""
    yield _row(POSTINGS)
    for transfer in transfers:
        for leg in transfer.legs:
            amount = abs(leg.amount.amount)
            text = Money(amount, transfer.currency).major()
            sides = [text, ""] if leg.amount.amount > 0 else ["", text]
            about = [transfer.posted_at.isoformat(), str(transfer.id), transfer.code, transfer.reference]
            source = [transfer.source_type, transfer.source_id, str(leg.account.kind), leg.account.owner_id]
            yield _row([*about, *source, transfer.currency, *sides, _harmless(transfer.memo)])


def of_statements(statements: Iterable[StatementOfMonth]) -> str:
    """Return a contractor's month, a line for each currency."""
    rows = [_row([each.month, each.closing.currency, *_figures(each)]) for each in statements]
    return "".join([_row(STATEMENT), *rows])


def _figures(each: StatementOfMonth) -> list[str]:
    return [getattr(each, name).major() for name in STATEMENT[2:]]


def _row(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking somebody's words for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
