"""UBL 2.1 with the core of EN 16931 (Peppol BIS 3 spelling). Amounts are exact decimal texts of the minor units."""

from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from jobsphere.invoices.rules import CATEGORY_CODES, InvoiceType
from jobsphere.invoices.types import InvoiceLineView, InvoiceView, PartyView
from jobsphere.kit.money import Money

CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_ROOTS = {InvoiceType.INVOICE: "Invoice", InvoiceType.CREDIT_NOTE: "CreditNote"}
#: UNCL1001: a self-billed invoice, an invoice, a credit note; a self-billed one; a receipt is an invoice here.
_TYPE_CODES = {
    (InvoiceType.INVOICE, True): "389",
    (InvoiceType.INVOICE, False): "380",
    (InvoiceType.CREDIT_NOTE, True): "261",
    (InvoiceType.CREDIT_NOTE, False): "381",
}
register_namespace("cbc", CBC)
register_namespace("cac", CAC)


def of_invoice(view: InvoiceView) -> bytes:
    """Return a document as UBL: `Invoice` or `CreditNote`."""
    name = _ROOTS[view.type]
    space = f"urn:oasis:names:specification:ubl:schema:xsd:{name}-2"
    register_namespace("", space)
    root = Element(f"{{{space}}}{name}")
    self_billed = any(note.startswith("Self-billing") for note in view.notes)
    _text(root, "CustomizationID", "urn:cen.eu:en16931:2017")
    _text(root, "ID", view.number)
    _text(root, "IssueDate", view.issued_on.isoformat())
    _text(root, f"{name}TypeCode", _TYPE_CODES[view.type, self_billed])
    for note in view.notes:
        _text(root, "Note", note)
    _text(root, "DocumentCurrencyCode", view.gross.currency)
    if view.contract_id:
        _text(root, "BuyerReference", str(view.contract_id))
    if view.corrects:
        reference = _part(_part(root, "BillingReference"), "InvoiceDocumentReference")
        _text(reference, "ID", view.corrects)
    _party(_part(root, "AccountingSupplierParty"), view.seller)
    _party(_part(root, "AccountingCustomerParty"), view.buyer)
    _taxes(root, view)
    _totals(root, view)
    for position, line in enumerate(view.lines, start=1):
        _line(root, view, position, line)
    indent(root)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _party(parent: Element, said: PartyView) -> None:
    party = _part(parent, "Party")
    address = _part(party, "PostalAddress")
    lines = [line.strip() for line in said.address.splitlines() if line.strip()]
    for name, line in zip(("StreetName", "AdditionalStreetName"), lines, strict=False):
        _text(address, name, line)
    if lines[2:]:
        _text(_part(address, "AddressLine"), "Line", ", ".join(lines[2:]))
    if said.country:
        _text(_part(address, "Country"), "IdentificationCode", said.country)
    if said.tax_number:
        scheme = _part(party, "PartyTaxScheme")
        _text(scheme, "CompanyID", said.tax_number)
        _text(_part(scheme, "TaxScheme"), "ID", "VAT")
    _text(_part(party, "PartyLegalEntity"), "RegistrationName", said.name or "-")


def _taxes(root: Element, view: InvoiceView) -> None:
    total = _part(root, "TaxTotal")
    _amount(total, "TaxAmount", view.tax)
    subtotal = _part(total, "TaxSubtotal")
    _amount(subtotal, "TaxableAmount", view.net)
    _amount(subtotal, "TaxAmount", view.tax)
    _category(_part(subtotal, "TaxCategory"), view, with_reason=True)


def _totals(root: Element, view: InvoiceView) -> None:
    totals = _part(root, "LegalMonetaryTotal")
    _amount(totals, "LineExtensionAmount", view.net)
    _amount(totals, "TaxExclusiveAmount", view.net)
    _amount(totals, "TaxInclusiveAmount", view.gross)
    _amount(totals, "PrepaidAmount", view.gross)
    _amount(totals, "PayableAmount", Money.zero(view.gross.currency))


def _line(root: Element, view: InvoiceView, position: int, said: InvoiceLineView) -> None:
    is_invoice = view.type is InvoiceType.INVOICE
    line = _part(root, "InvoiceLine" if is_invoice else "CreditNoteLine")
    _text(line, "ID", str(position))
    _text(line, "InvoicedQuantity" if is_invoice else "CreditedQuantity", "1").set("unitCode", "C62")
    _amount(line, "LineExtensionAmount", said.net)
    item = _part(line, "Item")
    _text(item, "Name", said.description)
    _category(_part(item, "ClassifiedTaxCategory"), view, with_reason=False)
    _amount(_part(line, "Price"), "PriceAmount", said.net)


def _category(category: Element, view: InvoiceView, *, with_reason: bool) -> None:
    code = CATEGORY_CODES[view.treatment]
    _text(category, "ID", code)
    if code != "O":
        _text(category, "Percent", f"{view.basis_points // 100}.{view.basis_points % 100:02d}")
    if with_reason and code in ("E", "AE", "O"):
        reason = next((note for note in view.notes if note.startswith("Reverse charge")), view.tax_name)
        _text(category, "TaxExemptionReason", reason or "Not subject to tax")
    _text(_part(category, "TaxScheme"), "ID", "VAT")


def _part(parent: Element, name: str) -> Element:
    return SubElement(parent, f"{{{CAC}}}{name}")


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, f"{{{CBC}}}{name}")
    child.text = text
    return child


def _amount(parent: Element, name: str, amount: Money) -> None:
    _text(parent, name, amount.major()).set("currencyID", amount.currency)
