"""Which tax is in a price: the table of rates, asked for two parties and a day. Also: tax numbers, checked offline."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import stdnum.exceptions
from stdnum import get_cc_module

from jobsphere.invoices.models import TaxRate
from jobsphere.invoices.rules import EUROPEAN_UNION, TAXED, Supply, TaxParty, Treatment, is_reverse_charge
from jobsphere.kit.errors import InvalidInput

REVERSE_CHARGE = "Reverse charge: the recipient accounts for the tax (art. 196 of directive 2006/112/EC)."


@dataclass(frozen=True, slots=True)
class AppliedTax:
    """What applies to a document."""

    treatment: Treatment
    basis_points: int = 0
    name: str = ""
    reason: str = ""


NO_TAX = AppliedTax(Treatment.NONE)


def tax_between(
    *, seller: TaxParty, buyer: TaxParty, supply: Supply, category_of: Callable[[], str], on: date
) -> AppliedTax:
    """Say which tax is in a price on a day: the seller's country decides, unless the buyer accounts for it.

    Without a rate in the table, or for a seller that is no business, there is none. One query; `category_of` is asked
    only where the table has rates of a category.
    """
    if not seller.country or not seller.business:
        return NO_TAX
    rate = _rate(seller, supply, category_of, on)
    if rate is None:
        return NO_TAX
    treatment = Treatment(rate.treatment)
    if treatment in TAXED and is_reverse_charge(seller, buyer):
        return AppliedTax(Treatment.REVERSE_CHARGE, 0, "Reverse charge", REVERSE_CHARGE)
    return AppliedTax(treatment, rate.basis_points if treatment in TAXED else 0, rate.name, rate.reason)


def check_tax_number(country: str, number: str) -> str:
    """Return a tax number as it is written on documents ("DE136695976"), its check digits tested offline.

    Raises InvalidInput for one that cannot be right. A country that python-stdnum has no VAT number of passes as it is.
    """
    text = "".join(number.upper().split())
    prefix = "EL" if country == "GR" else country
    checker = get_cc_module(prefix.lower(), "vat")
    if not text or checker is None:
        return text
    try:
        bare = checker.validate(text)
    except stdnum.exceptions.ValidationError:
        raise InvalidInput.at(
            "/tax_number", "tax-number", f"This is no tax number of {country}: compare it with your registration."
        ) from None
    return f"{prefix}{bare}" if country in EUROPEAN_UNION and not bare.startswith(prefix) else bare


def _rate(seller: TaxParty, supply: Supply, category_of: Callable[[], str], on: date) -> TaxRate | None:
    rows = TaxRate.objects.filter(country=seller.country, supply=supply, valid_from__lte=on)
    fitting = [
        row for row in rows.filter(region__in=["", seller.region]) if row.valid_until is None or on < row.valid_until
    ]
    if any(row.category for row in fitting):
        category = category_of()
        fitting = [row for row in fitting if row.category in ("", category)]
    return max(fitting, key=lambda row: (bool(row.region), bool(row.category), row.valid_from, row.pk), default=None)
