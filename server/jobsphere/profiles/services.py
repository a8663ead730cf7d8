"""Verbs that write profiles, portfolios and the taxonomy."""

from typing import Any
from uuid import UUID

from django.db.models import F

from jobsphere.audit import services as audit
from jobsphere.db.transactions import require_transaction
from jobsphere.files.services import remove_attached
from jobsphere.kit import clock
from jobsphere.kit.actor import CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.profiles import policies, rules
from jobsphere.profiles.geo import coarse
from jobsphere.profiles.models import Category, ContractorProfile, CustomerProfile, PortfolioEntry, Skill
from jobsphere.profiles.taxonomy import load_taxonomy as load_taxonomy
from jobsphere.profiles.types import ContractorDetails, CustomerDetails, PortfolioDetails


def save_contractor_profile(*, actor: Actor, details: ContractorDetails) -> UUID:
    """Replace what the actor offers; return the profile's id, which is the person's.

    Raises Forbidden without the role, InvalidInput for wrong fields or unknown slugs.
    """
    require_transaction()
    policies.require_role(actor, CONTRACTOR)
    rules.check_contractor(details)
    skills, categories = _words(details)
    profile, created = ContractorProfile.objects.update_or_create(
        id=actor.known_id(),
        defaults={
            **_shared(actor, details),
            **_prices(details),
            "headline": details.headline,
            "radius_km": details.radius_km,
            "years_of_experience": details.years_of_experience,
            "availability": details.availability,
        },
    )
    profile.skills.set(skills)
    profile.categories.set(categories)
    _record(actor, "profile.save", profile.id, {"role": CONTRACTOR, "created": created})
    return profile.id


def save_customer_profile(*, actor: Actor, details: CustomerDetails) -> UUID:
    """Replace what the actor says of themselves as a customer; return the profile's id, which is the person's.

    Raises Forbidden without the role, InvalidInput for wrong fields.
    """
    require_transaction()
    policies.require_customer(actor)
    rules.check_customer(details)
    profile, created = CustomerProfile.objects.update_or_create(
        id=actor.known_id(), defaults={**_shared(actor, details), "company": details.company}
    )
    _record(actor, "profile.save", profile.id, {"role": CUSTOMER, "created": created})
    return profile.id


def add_portfolio_entry(*, actor: Actor, details: PortfolioDetails) -> PortfolioEntry:
    """Show a finished piece of work; raises Forbidden or ProfileRequired when there is no profile to show it in."""
    require_transaction()
    policies.require_contractor_profile(actor)
    rules.check_portfolio_entry(details)
    entry = PortfolioEntry.objects.create(contractor_id=actor.known_id(), **_entry(details))
    _record(actor, "portfolio.add", entry.id, {})
    return entry


def change_portfolio_entry(*, actor: Actor, entry_id: UUID, details: PortfolioDetails) -> PortfolioEntry:
    """Replace an entry of the actor's own portfolio; raises NotFound for anybody else's."""
    require_transaction()
    entry = policies.get_portfolio_entry_for(actor, entry_id)
    rules.check_portfolio_entry(details)
    for name, value in _entry(details).items():
        setattr(entry, name, value)
    entry.save()
    _record(actor, "portfolio.change", entry.id, {})
    return entry


def remove_portfolio_entry(*, actor: Actor, entry_id: UUID) -> None:
    """Take an entry out of the actor's own portfolio; raises NotFound for anybody else's."""
    require_transaction()
    policies.get_portfolio_entry_for(actor, entry_id).delete()
    remove_attached(actor=actor, target_type="portfolio_entry", target_id=entry_id)
    _record(actor, "portfolio.remove", entry_id, {})


def count_stars(*, contractor_id: UUID, stars: int, times: int) -> None:
    """Count a review of a contractor that is shown now (`times` 1) or not any more (-1). For the app of reviews."""
    require_transaction()
    ContractorProfile.objects.filter(pk=contractor_id).update(
        rating_count=F("rating_count") + times, rating_total=F("rating_total") + stars * times
    )


def _words(details: ContractorDetails) -> tuple[list[Any], list[Any]]:
    """Return the ids of the skills and categories; raises InvalidInput that names each unknown slug."""
    skills = dict(Skill.objects.filter(slug__in=details.skills).values_list("slug", "id"))
    categories = dict(Category.objects.filter(slug__in=details.categories).values_list("slug", "id"))
    errors = [
        *rules.missing(details.skills, list(skills), "/contractor/skills", "skill"),
        *rules.missing(details.categories, list(categories), "/contractor/categories", "category"),
    ]
    if errors:
        raise InvalidInput(errors)
    return list(skills.values()), list(categories.values())


def _shared(actor: Actor, details: ContractorDetails | CustomerDetails) -> dict[str, Any]:
    return {
        "user_id": actor.known_id(),
        "updated_at": clock.now(),
        "bio": details.bio,
        "place": details.place,
        "latitude": coarse(details.latitude),
        "longitude": coarse(details.longitude),
        "languages": list(details.languages),
    }


def _prices(details: ContractorDetails) -> dict[str, Any]:
    priced: Money | None = details.hourly_rate or details.fixed_from
    return {
        "hourly_amount": details.hourly_rate.amount if details.hourly_rate else None,
        "fixed_from_amount": details.fixed_from.amount if details.fixed_from else None,
        "currency": priced.currency if priced else "",
    }


def _entry(details: PortfolioDetails) -> dict[str, Any]:
    return {
        "title": details.title,
        "description": details.description,
        "url": details.url,
        "completed_on": details.completed_on,
    }


def _record(actor: Actor, verb: str, target_id: UUID, detail: dict[str, Any]) -> None:
    kind = verb.split(".")[0]
    audit.record(actor=actor, verb=verb, target_type=kind, target_id=target_id, detail=detail)
