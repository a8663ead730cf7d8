"""How the operator appears on documents: the newest version, or what the settings say."""

from django.conf import settings

from jobsphere.invoices.models import Brand
from jobsphere.invoices.types import BrandView, PartyView


def current() -> Brand | None:
    """Return the newest version; None until an administrator made one. One query."""
    return Brand.objects.order_by("-id").first()


def default() -> BrandView:
    """Return what holds until there is a version: name and colour of the settings."""
    return BrandView(name=settings.BRAND_NAME, colour=settings.BRAND_COLOUR)


def view_of(row: Brand | None) -> BrandView:
    """Return a version as people see it."""
    if row is None:
        return default()
    names = ("name", "address", "country", "tax_number", "colour", "logo", "footer")
    return BrandView(**{name: getattr(row, name) for name in names})


def party(row: Brand | None) -> PartyView:
    """Return the operator as a party of a document: always a business."""
    view = view_of(row)
    return PartyView(
        name=view.name, address=view.address, country=view.country, tax_number=view.tax_number, business=True
    )
