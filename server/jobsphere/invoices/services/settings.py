"""What administrators and people set: rates, brand, tax details."""

import base64
import binascii
import io
import re
from datetime import date
from typing import Any
from uuid import UUID

from PIL import Image, UnidentifiedImageError

from jobsphere.audit import services as audit
from jobsphere.db.composed import first
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.invoices import policies
from jobsphere.invoices.errors import RateAlreadyEnded
from jobsphere.invoices.models import Brand, TaxDetails, TaxRate
from jobsphere.invoices.rules import TAXED, Supply, Treatment
from jobsphere.invoices.taxes import check_tax_number
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput, NotFound

MOST_LOGO_BYTES = 200_000
_LOGO_SIZE = (600, 200)


def add_rate(
    *,
    actor: Actor,
    country: str,
    supply: str,
    treatment: str,
    basis_points: int,
    name: str,
    valid_from: date,
    region: str = "",
    category: str = "",
    reason: str = "",
) -> UUID:
    """Add a rate from a day on; for administrators. Documents that are issued keep theirs.

    Raises Forbidden, and InvalidInput for a rate without tax that has a percentage, or the other way round.
    """
    policies.require_tax_office(actor)
    require_transaction()
    country = _country(country)
    is_taxed = Treatment(treatment) in TAXED
    if is_taxed != bool(basis_points):
        raise InvalidInput.at(
            "/basis_points", "rate", "Standard and reduced rates have a percentage; the others are 0 %."
        )
    row = TaxRate.objects.create(
        country=country,
        region=region.strip(),
        category=category.strip(),
        supply=Supply(supply),
        treatment=Treatment(treatment),
        basis_points=basis_points,
        name=name.strip(),
        reason=reason.strip(),
        valid_from=valid_from,
    )
    detail = {"country": country, "supply": supply, "treatment": treatment, "basis_points": basis_points}
    audit.record(actor=actor, verb="tax-rate.add", target_type="tax-rate", target_id=row.pk, detail=detail)
    return row.pk


def end_rate(*, actor: Actor, rate_id: UUID, valid_until: date) -> UUID:
    """Let a rate hold no more from a day on; for administrators.

    Raises Forbidden, NotFound, RateAlreadyEnded, and InvalidInput for a day before its first.
    """
    policies.require_tax_office(actor)
    row = first(TaxRate, pk=rate_id)
    if row is None:
        raise NotFound("There is no such tax rate.")
    if valid_until < row.valid_from:
        raise InvalidInput.at("/valid_until", "order", f"The rate begins on {row.valid_from}; it cannot end before.")
    if not update_where(TaxRate, {"pk": rate_id, "valid_until": None}, valid_until=valid_until):
        raise RateAlreadyEnded
    detail = {"valid_until": valid_until}
    audit.record(actor=actor, verb="tax-rate.end", target_type="tax-rate", target_id=rate_id, detail=detail)
    return rate_id


def set_brand(*, actor: Actor, name: str, colour: str, logo: str | None = None, **words: str) -> UUID:
    """Set how the operator appears on documents from now on; for administrators.

    `logo` is a PNG or JPEG as base64, "" for none, None for the one there is. Raises Forbidden and InvalidInput.
    """
    policies.require_tax_office(actor)
    require_transaction()
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise InvalidInput.at("/colour", "colour", "Write the colour as #0b6e4f.")
    country = _country(words["country"]) if words.get("country") else ""
    number = words.get("tax_number", "")
    before = Brand.objects.order_by("-id").first()
    kept = before.logo if before else ""
    row = Brand.objects.create(
        name=name.strip(),
        colour=colour.lower(),
        country=country,
        tax_number=check_tax_number(country, number) if country else number.strip(),
        address=words.get("address", "").strip(),
        footer=words.get("footer", "").strip(),
        logo=kept if logo is None else _png(logo),
    )
    detail = {"name": row.name, "country": country, "tax_number": row.tax_number}
    audit.record(actor=actor, verb="brand.set", target_type="brand", target_id=row.pk, detail=detail)
    return row.pk


def save_tax_details(*, actor: Actor, business: bool, self_billing: bool, **said: str) -> UUID:
    """Keep who the actor is for the tax office, for documents from now on.

    Raises InvalidInput for a tax number that cannot be right, and for a business that gives no name or country.
    """
    require_transaction()
    country = _country(said["country"]) if said.get("country") else ""
    details: dict[str, Any] = {
        "legal_name": said.get("legal_name", "").strip(),
        "address": said.get("address", "").strip(),
        "country": country,
        "region": said.get("region", "").strip(),
        "tax_number": check_tax_number(country, said.get("tax_number", "")),
    }
    words = {"legal_name": "the registered name", "country": "the country"}
    missing = [name for name in words if business and not details[name]]
    if missing:
        raise InvalidInput([FieldError(f"/{each}", "required", f"A business gives {words[each]}.") for each in missing])
    row = TaxDetails.objects.filter(user_id=actor.known_id()).first() or TaxDetails(user_id=actor.known_id())
    row.business, row.details = business, details
    row.self_billing_at = (row.self_billing_at or clock.now()) if self_billing else None
    row.save()
    detail = {"business": business, "country": country, "self_billing": self_billing}
    audit.record(actor=actor, verb="tax-details.save", target_type="user", target_id=actor.known_id(), detail=detail)
    return row.pk


def _country(text: str) -> str:
    country = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", country):
        raise InvalidInput.at("/country", "country", "Write the country as two letters, such as DE.")
    return country


def _png(text: str) -> str:
    """Draw a logo again, so that nothing else travels in it; raises InvalidInput."""
    if not text:
        return ""
    try:
        data = base64.b64decode(text, validate=True)
        if len(data) > MOST_LOGO_BYTES:
            raise InvalidInput.at("/logo", "too-large", f"At most {MOST_LOGO_BYTES // 1000} kB.")
        picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG")).convert("RGBA")
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError):
        raise InvalidInput.at("/logo", "picture", "Give a PNG or a JPEG.") from None
    picture.thumbnail(_LOGO_SIZE)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
