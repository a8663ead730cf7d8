"""PDFs by typst. An issued document never changes, so its file does not either."""

import base64
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from babel import Locale

from jobsphere.invoices.rules import TAXED, InvoiceType
from jobsphere.invoices.types import BrandView, InvoiceView, PartyView, StatementOfMonth

_HERE = Path(__file__).parent
_ENGLISH = Locale("en")


def of_invoice(view: InvoiceView) -> bytes:
    """Return a document as PDF; the same bytes every time."""
    return _compiled("invoice.typ", _invoice(view))


def of_statement(statements: Iterable[StatementOfMonth], *, person: str, month: str, brand: BrandView) -> bytes:
    """Return a contractor's month as PDF, a part for each currency."""
    parts = [{"title": each.closing.currency, "rows": _statement_rows(each)} for each in statements]
    return _compiled(
        "statement.typ",
        {"colour": brand.colour, "brand": brand.name, "month": month, "person": person, "parts": parts},
    )


def _compiled(template: str, document: dict[str, Any]) -> bytes:
    return _compile(template, json.dumps(document, sort_keys=True))


@lru_cache(maxsize=64)
def _compile(template: str, document: str) -> bytes:
    # What was just opened is often downloaded next; typst itself takes some 20 ms a page.
    return bytes(typst.compile(_HERE / template, sys_inputs={"document": document}, ignore_system_fonts=True))


def _invoice(view: InvoiceView) -> dict[str, Any]:
    brand = view.brand
    logo = list(base64.b64decode(brand.logo)) if brand.logo else []
    return {
        "heading": view.heading,
        "number": view.number,
        "day": view.issued_on.isoformat(),
        "colour": brand.colour,
        "brand": {"name": brand.name},
        "footer": brand.footer or " · ".join(part for part in (brand.name, *_lines(brand.address)) if part),
        "logo": logo,
        "seller": _party(view.seller),
        "buyer": _party(view.buyer),
        "facts": _facts(view),
        "lines": [[line.description, str(line.net), str(line.tax), str(line.gross)] for line in view.lines],
        "totals": [["Net", str(view.net)], [_tax_name(view), str(view.tax)]],
        "total": str(view.gross if view.type is InvoiceType.INVOICE else -view.gross),
        "notes": list(view.notes),
    }


def _facts(view: InvoiceView) -> list[list[str]]:
    facts = [["Number", view.number], ["Date", f"{view.issued_on:%d %B %Y}".lstrip("0")], ["For", view.title]]
    return [*facts, ["Corrects", view.corrects]] if view.corrects else facts


def _tax_name(view: InvoiceView) -> str:
    if view.treatment in TAXED:
        return f"{view.tax_name} {view.basis_points / 100:g} % (included)"
    return view.tax_name or "Tax"


def _party(party: PartyView) -> dict[str, Any]:
    country = _ENGLISH.territories.get(party.country, party.country) if party.country else ""
    number = f"Tax number {party.tax_number}" if party.tax_number else ""
    return {"name": party.name or "-", "lines": [each for each in (*_lines(party.address), country, number) if each]}


def _lines(address: str) -> list[str]:
    return [line.strip() for line in address.splitlines() if line.strip()]


def _statement_rows(each: StatementOfMonth) -> list[list[str]]:
    return [
        ["Opening balance", str(each.opening)],
        ["Earned", str(each.earned)],
        ["Taken back", str(each.taken_back)],
        ["Withdrawn", str(each.withdrawn)],
        ["Fees for instant payouts", str(each.payout_fees)],
        ["Other", str(each.other)],
        ["Closing balance", str(each.closing)],
        ["Invoiced to customers", str(each.gross)],
        ["  of that tax, yours to pay", str(each.tax_on_work)],
        ["Commission kept", str(each.commission)],
        ["  of that tax", str(each.tax_on_commission)],
    ]
