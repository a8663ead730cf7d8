"""The words of a document: heading, descriptions, notes. English for every reader; numbers and names speak for all."""

from collections.abc import Sequence
from dataclasses import asdict

from jobsphere.invoices.parties import Party
from jobsphere.invoices.rules import PAID_BY_CARD, InvoiceKind, InvoiceType
from jobsphere.invoices.taxes import AppliedTax
from jobsphere.invoices.types import Words
from jobsphere.payments.types import Described

_WHAT = {
    InvoiceKind.WORK: "",
    InvoiceKind.PLATFORM_FEE: "Commission at acceptance: ",
    InvoiceKind.SERVICE_FEE: "Commission at completion: ",
    InvoiceKind.PAYOUT_FEE: "Fee for an instant payout",
    InvoiceKind.KEPT_FEE: "Booking fee of cancelled work: ",
    InvoiceKind.PLAN: "Plan ",
}


def words(
    *,
    kind: InvoiceKind,
    type_: InvoiceType,
    seller: Party,
    buyer: Party,
    tax: AppliedTax,
    lines: Sequence[Described],
    corrects: str,
    operator: str,
) -> Words:
    """Put together what a document says beside its numbers, as it is stored for good."""
    return {
        "heading": _heading(kind, type_, seller),
        "title": lines[0].title if kind is not InvoiceKind.PAYOUT_FEE else _WHAT[kind],
        "seller": asdict(seller.printed),
        "buyer": asdict(buyer.printed),
        "lines": [_description(kind, each) for each in lines],
        "tax": {"name": tax.name, "reason": tax.reason},
        "corrects": corrects,
        "notes": _notes(kind, type_, seller, tax, corrects, operator),
    }


def _heading(kind: InvoiceKind, type_: InvoiceType, seller: Party) -> str:
    if type_ is InvoiceType.CREDIT_NOTE:
        return "Credit note"
    if kind is InvoiceKind.WORK:
        return "Invoice" if seller.may_be_billed_for else "Receipt"
    return "Invoice" if kind in PAID_BY_CARD else "Commission invoice"


def _description(kind: InvoiceKind, what: Described) -> str:
    if kind is InvoiceKind.PAYOUT_FEE:
        return _WHAT[kind]
    return f"{_WHAT[kind]}{what.title}" + (f", {what.part}" if what.part else "")


def _notes(
    kind: InvoiceKind, type_: InvoiceType, seller: Party, tax: AppliedTax, corrects: str, operator: str
) -> list[str]:
    notes = []
    if corrects:
        notes.append(f"Corrects {corrects}.")
    if kind is InvoiceKind.WORK:
        if seller.may_be_billed_for:
            notes.append(f"Self-billing: issued by {operator} in the name and on behalf of the supplier.")
        else:
            notes.append("This is a receipt for the payment. The supplier issues their own tax invoice.")
    if tax.reason:
        notes.append(tax.reason)
    if type_ is InvoiceType.INVOICE:
        by_card = kind is InvoiceKind.WORK or kind in PAID_BY_CARD
        paid = f"Paid through {operator}." if by_card else "Kept from earnings."
        notes.append(f"{paid} Nothing is left to pay.")
    else:
        notes.append("The amount was given back.")
    return notes
