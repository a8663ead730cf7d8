"""What documents a movement of money makes, how they are numbered, and how tax is reckoned (ADR 0028). Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from jobsphere.kit.money import BASIS_POINTS, Money

OPERATOR = "operator"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class InvoiceKind(StrEnum):
    """What a document is about, and so between whom it is."""

    #: The contractor's work, to the customer.
    WORK = "work"
    #: The operator's commission, to the contractor: what is taken at acceptance, and at completion.
    PLATFORM_FEE = "platform_fee"
    SERVICE_FEE = "service_fee"
    #: What a contractor pays for an instant payout.
    PAYOUT_FEE = "payout_fee"
    #: The acceptance fee of work that was called off, which the customer does not get back.
    KEPT_FEE = "kept_fee"
    #: What a person pays for their plan.
    PLAN = "plan"


class InvoiceType(StrEnum):
    """A credit note takes back all or a part of an invoice; its amounts are positive as well."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Treatment(StrEnum):
    """How tax applies."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"
    EXEMPT = "exempt"
    REVERSE_CHARGE = "reverse_charge"
    #: No rate is in the table, or the seller is not a business.
    NONE = "none"


class Supply(StrEnum):
    """What a rate is for: the work of contractors, or the operator's own fees."""

    WORK = "work"
    FEES = "fees"


#: Between businesses in two different ones of these, the buyer accounts for the tax (directive 2006/112/EC, art. 196).
#: Greece's tax numbers begin with EL.
EUROPEAN_UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905  a table
)
#: The category of EN 16931 (UNCL5305) by treatment.
CATEGORY_CODES = {
    Treatment.STANDARD: "S",
    Treatment.REDUCED: "S",
    Treatment.ZERO: "Z",
    Treatment.EXEMPT: "E",
    Treatment.REVERSE_CHARGE: "AE",
    Treatment.NONE: "O",
}
TAXED = frozenset({Treatment.STANDARD, Treatment.REDUCED})

#: Whose tax is the operator's to pay, and so to book; the contractor's tax on their work is theirs.
FEES = frozenset(
    {
        *(InvoiceKind.PLATFORM_FEE, InvoiceKind.KEPT_FEE, InvoiceKind.SERVICE_FEE, InvoiceKind.PAYOUT_FEE),
        InvoiceKind.PLAN,
    }
)
#: What is not kept from a contractor's earnings, but paid by a card.
PAID_BY_CARD = frozenset({InvoiceKind.KEPT_FEE, InvoiceKind.PLAN})


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A part of a document: the hold whose money it is about (None: none), and how much with tax."""

    hold_id: UUID | None
    gross: Money


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that a movement makes."""

    kind: InvoiceKind
    type: InvoiceType
    lines: tuple[DraftLine, ...]

    @property
    def gross(self) -> int:
        """Return what it is over, in minor units."""
        return sum(line.gross.amount for line in self.lines)


def drafts(*wanted: tuple[InvoiceKind, InvoiceType, Sequence[DraftLine]]) -> tuple[Draft, ...]:
    """Return the documents that are about anything: lines and documents of nothing are left out."""
    found = (Draft(kind, type_, tuple(line for line in lines if line.gross)) for kind, type_, lines in wanted)
    return tuple(draft for draft in found if draft.lines)


@dataclass(frozen=True, slots=True)
class TaxShare:
    """A price that contains its tax, taken apart: net + tax = gross, to the unit."""

    net: Money
    tax: Money


def tax_within(gross: Money, basis_points: int) -> TaxShare:
    """Take the tax out of a price that contains it; the net amount is rounded half up, the tax is the rest."""
    whole = BASIS_POINTS + basis_points
    net = (2 * gross.amount * BASIS_POINTS + whole) // (2 * whole)
    return TaxShare(Money(net, gross.currency), Money(gross.amount - net, gross.currency))


def tax_of_credit(gross: Money, *, credited_before: Money, basis_points: int) -> TaxShare:
    """Take the tax out of a part that is given back, so that all parts together give back exactly the tax there was."""
    before = tax_within(credited_before, basis_points).tax
    tax = tax_within(credited_before + gross, basis_points).tax - before
    return TaxShare(gross - tax, tax)


def share_tax(tax: Money, gross: Sequence[Money]) -> tuple[Money, ...]:
    """Share a document's tax out over its lines by largest remainder; the parts add up to it."""
    return tax.allocate([each.amount for each in gross])


@dataclass(frozen=True, slots=True)
class TaxParty:
    """What matters of a party for tax: where it is, whether it is a business, and its checked number."""

    country: str
    region: str = ""
    business: bool = False
    tax_number: str = ""

    @property
    def is_taxable(self) -> bool:
        """Say whether it is a business with a tax number."""
        return self.business and bool(self.tax_number)


def is_reverse_charge(seller: TaxParty, buyer: TaxParty) -> bool:
    """Say whether the buyer accounts for the tax: two businesses in different countries of the European Union."""
    apart = seller.country != buyer.country and {seller.country, buyer.country} <= EUROPEAN_UNION
    return apart and seller.is_taxable and buyer.is_taxable


def issuer_of(kind: InvoiceKind, contractor_id: object) -> str:
    """Return whose numbers a document has: the operator's, or the contractor's own."""
    return str(contractor_id) if kind is InvoiceKind.WORK else OPERATOR


def prefix_of(issuer: str) -> str:
    """Return what an issuer's numbers begin with: F for the operator's fees, else eight letters of their own."""
    if issuer == OPERATOR:
        return "F"
    number = int.from_bytes(hashlib.sha256(issuer.encode()).digest()[:5])
    return "".join(_DIGITS[number >> shift & 31] for shift in range(35, -1, -5))


def number_text(issuer: str, year: int, sequence: int) -> str:
    """Return a document's number: "F-2026-000017"."""
    return f"{prefix_of(issuer)}-{year}-{sequence:06d}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, in UTC."""

    first: date
    after: date


def month_of(text: str) -> Month:
    """Read "2026-11"; raises ValueError."""
    first = date.fromisoformat(f"{text}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Month(first, after)
