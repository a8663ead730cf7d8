"""Who the two of a document are, as they are printed on it and as the tax table sees them."""

from dataclasses import dataclass
from uuid import UUID

from jobsphere.invoices import brands
from jobsphere.invoices.models import Brand, TaxDetails
from jobsphere.invoices.rules import InvoiceKind, TaxParty
from jobsphere.invoices.types import PartyView
from jobsphere.users.selectors import people


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a document."""

    printed: PartyView
    #: Private people, and businesses that agreed, let us draw up their invoices; for others it is a receipt only.
    may_be_billed_for: bool = True

    def tax_party(self) -> TaxParty:
        """Return what matters for tax."""
        seen = self.printed
        return TaxParty(seen.country, seen.region, seen.business, seen.tax_number)


class Parties:
    """Operator, contractor and customer of a cause, read once: two queries."""

    def __init__(self, contractor_id: UUID, customer_id: UUID | None, brand: Brand | None) -> None:
        ids = [each for each in (contractor_id, customer_id) if each]
        names = people(ids)
        details = {row.user_id: row for row in TaxDetails.objects.filter(user_id__in=ids)}
        self.operator = Party(brands.party(brand))
        self._people = {each: _party(names[each].name if each in names else "", details.get(each)) for each in ids}
        self.contractor = self._people[contractor_id]
        self.customer = self._people[customer_id] if customer_id else self.contractor

    def of(self, kind: InvoiceKind) -> tuple[Party, Party]:
        """Return seller and buyer of a document of this kind."""
        if kind is InvoiceKind.WORK:
            return self.contractor, self.customer
        return self.operator, self.customer if kind is InvoiceKind.KEPT_FEE else self.contractor


def _party(name: str, row: TaxDetails | None) -> Party:
    if row is None:
        return Party(PartyView(name=name))
    said = row.details
    printed = PartyView(
        name=said["legal_name"] or name,
        address=said["address"],
        country=said["country"],
        region=said["region"],
        tax_number=said["tax_number"],
        business=row.business,
    )
    return Party(printed, may_be_billed_for=not row.business or row.self_billing_at is not None)
