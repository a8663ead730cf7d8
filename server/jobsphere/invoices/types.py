"""Documents, tax rates and statements as other apps and the API know them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from jobsphere.invoices.rules import InvoiceKind, InvoiceType, Supply, TaxParty, Treatment
from jobsphere.kit.money import Money

__all__ = [
    "BrandView",
    "Cause",
    "InvoiceFilter",
    "InvoiceKind",
    "InvoiceLineView",
    "InvoiceType",
    "InvoiceView",
    "MonthTotals",
    "PartyView",
    "StatementOfMonth",
    "Supply",
    "TaxDetailsView",
    "TaxParty",
    "TaxRateView",
    "Treatment",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What made documents necessary: an event, between whom, and about which contract, payout or period of a plan.

    `contractor_id` is the subscriber where it is about a plan.
    """

    name: str
    id: UUID
    contractor_id: UUID
    customer_id: UUID | None = None
    contract_id: UUID | None = None
    payout_id: UUID | None = None
    plan_period_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """A party as it is printed on a document."""

    name: str
    address: str = ""
    country: str = ""
    region: str = ""
    tax_number: str = ""
    business: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLineView:
    """A line: gross = net + tax."""

    description: str
    net: Money
    tax: Money
    gross: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceView:
    """A document. `role` is what the viewer is to it: "seller", "buyer" or "staff"."""

    id: UUID
    number: str
    kind: InvoiceKind
    type: InvoiceType
    heading: str
    title: str
    issued_on: date
    created_at: datetime
    contract_id: UUID | None
    payout_id: UUID | None
    corrects: str
    corrects_id: UUID | None
    seller: PartyView
    buyer: PartyView
    lines: tuple[InvoiceLineView, ...]
    net: Money
    tax: Money
    gross: Money
    treatment: Treatment
    tax_name: str
    basis_points: int
    notes: tuple[str, ...]
    role: str
    brand: "BrandView"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceFilter:
    """What a list of documents is narrowed to; nothing given does not narrow. `month`: "2026-11"."""

    month: str = ""
    kind: str = ""
    type: str = ""
    role: str = ""
    contract_id: UUID | None = None
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTotals:
    """What a person's documents of one month come to, credit notes taken off, by what they are to them."""

    month: str
    role: str
    documents: int
    gross: Money
    tax: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOfMonth:
    """What a contractor had, earned and took out in a month, from the books: closing = opening + the changes."""

    month: str
    opening: Money
    earned: Money
    taken_back: Money
    withdrawn: Money
    payout_fees: Money
    other: Money
    closing: Money
    #: Beside the balance: what customers paid, the commission that was kept of it, and the taxes in both.
    gross: Money
    commission: Money
    tax_on_work: Money
    tax_on_commission: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandView:
    """How the operator appears on documents."""

    name: str
    address: str = ""
    country: str = ""
    tax_number: str = ""
    colour: str = ""
    logo: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRateView:
    """A rate of the table."""

    id: UUID
    country: str
    region: str
    category: str
    supply: Supply
    treatment: Treatment
    basis_points: int
    name: str
    reason: str
    valid_from: date
    valid_until: date | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxDetailsView:
    """Who a person is for the tax office; empty until they said it."""

    legal_name: str = ""
    address: str = ""
    country: str = ""
    region: str = ""
    tax_number: str = ""
    business: bool = False
    self_billing: bool = False
    missing: tuple[str, ...] = field(default=())


#: The words of a document as they are stored.
Words = dict[str, Any]
