"""Reads of profiles and of the taxonomy. Nothing here tells an e-mail address, a phone number or a door."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value

from jobsphere.db.composed import composed
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.money import Money
from jobsphere.moderation.selectors import not_kept_away
from jobsphere.profiles import policies
from jobsphere.profiles.geo import Point, distance_km, within
from jobsphere.profiles.models import Category, ContractorProfile, CustomerProfile, PortfolioEntry, Skill
from jobsphere.profiles.types import (
    CategoryKind,
    CategoryView,
    ContractorDetails,
    ContractorFilters,
    ContractorView,
    CustomerDetails,
    PortfolioDetails,
    SkillView,
    TaxonomyRow,
)
from jobsphere.profiles.verification.selectors import good_papers


def category_by_slug(slug: str) -> CategoryView | None:
    """Return a category of the taxonomy, or None when there is none of this slug."""
    found = Category.objects.filter(slug=slug).first()
    return CategoryView(found.id, found.slug, found.name, CategoryKind(found.kind)) if found else None


def skills_by_slug(slugs: Sequence[str]) -> dict[str, SkillView]:
    """Return the skills of these slugs by slug; what is not in the taxonomy is left out."""
    rows = Skill.objects.filter(slug__in=slugs)
    return {row.slug: SkillView(row.id, row.slug, row.name) for row in rows}


def contractor(user_id: UUID) -> ContractorView | None:
    """Return a contractor who has a profile, or None."""
    found = ContractorProfile.objects.filter(pk=user_id, user__is_active=True).select_related("user").first()
    return ContractorView(found.id, found.user.name, found.headline) if found else None


#: How far a contractor goes who has not said it.
USUAL_RADIUS_KM = 30.0
#: Contractors who hear of one job.
MOST_CONTRACTORS = 500


def contractors_near(viewer: Actor, *, category: str, place: Point | None) -> list[UUID]:
    """Return the contractors of a category (a slug) who go as far as this place; without one, all of the category.

    Who has not said where they work is among them; whom a block keeps away from the viewer is not. At most
    MOST_CONTRACTORS, who joined last first. One query.
    """
    rows = _public_contractors().filter(not_kept_away(viewer, "pk"), categories__slug=category)
    rows = rows.exclude(pk=viewer.known_id())
    found = rows.prefetch_related(None).order_by("-pk").values_list("pk", "latitude", "longitude", "radius_km")
    near = [row[0] for row in found if place is None or _goes_to(place, *row[1:])]
    return near[:MOST_CONTRACTORS]


def travels_to(contractor_id: UUID, latitude: float, longitude: float) -> bool:
    """Say whether a contractor goes as far as this place; who has not said where they work goes everywhere."""
    row = ContractorProfile.objects.filter(pk=contractor_id).values_list("latitude", "longitude", "radius_km").first()
    return row is None or _goes_to(Point(latitude, longitude), *row)


def _goes_to(place: Point, latitude: float | None, longitude: float | None, radius_km: int | None) -> bool:
    if latitude is None or longitude is None:
        return True
    return distance_km(place, Point(latitude, longitude)) <= (radius_km or USUAL_RADIUS_KM)


def category_groups() -> QuerySet[Category]:
    """Return the groups of the taxonomy with their categories."""
    children = Prefetch("children", Category.objects.order_by("position", "slug"))
    return Category.objects.filter(parent=None).order_by("position", "slug").prefetch_related(children)


def taxonomy() -> list[TaxonomyRow]:
    """Return every group and category, in the order in which they are shown; one query."""
    return [TaxonomyRow(*row) for row in _taxonomy()]


@composed
def _taxonomy() -> "QuerySet[Any]":
    rows = Category.objects.order_by("position", "slug")
    return rows.values_list("id", "parent_id", "slug", "name", "kind")


def skills(*, category: str = "", search: str = "") -> QuerySet[Skill]:
    """Return skills by category (a group includes its categories) and by a part of their name."""
    rows = Skill.objects.select_related("category").order_by("category__parent__position", "category__position")
    if category:
        rows = rows.filter(Q(category__slug=category) | Q(category__parent__slug=category))
    if search:
        rows = rows.filter(name__icontains=search)
    return rows.order_by("category__parent__position", "category__position", "position")


def contractors(viewer: Actor, filters: ContractorFilters) -> QuerySet[ContractorProfile]:
    """Return the contractors that anybody may see and that fit everything asked for, but no one a block keeps away."""
    rows = _public_contractors().filter(not_kept_away(viewer, "pk"))
    for word in filters.search.split()[:8]:
        rows = rows.filter(_says(word))
    if filters.category:
        wanted = Q(category__slug=filters.category) | Q(category__parent__slug=filters.category)
        rows = rows.filter(
            Exists(ContractorProfile.categories.through.objects.filter(wanted, contractorprofile=OuterRef("pk")))
        )
    for slug in filters.skills:
        links = ContractorProfile.skills.through.objects.filter(skill__slug=slug, contractorprofile=OuterRef("pk"))
        rows = rows.filter(Exists(links))
    if filters.latitude is not None and filters.longitude is not None:
        centre = Point(filters.latitude, filters.longitude)
        rows = rows.filter(within(centre, filters.radius_km or 25.0))
    if filters.rating_min is not None:
        rows = rows.filter(rating_count__gt=0, rating_total__gte=F("rating_count") * Value(filters.rating_min))
    return rows.filter(_costs(filters))


def contractor_page(viewer: Actor, user_id: UUID) -> ContractorProfile:
    """Return one contractor with portfolio; raises NotFound when there is no such public profile."""
    portfolio = Prefetch("portfolio", PortfolioEntry.objects.order_by("-completed_on", "-pk"))
    found = _public_contractors().prefetch_related(portfolio).filter(pk=user_id).first()
    if found is None:
        raise NotFound("There is no such contractor.")
    return found


def contractor_profile_of(actor: Actor) -> ContractorProfile | None:
    """Return the actor's own contractor profile, if they have one."""
    rows = ContractorProfile.objects.select_related("user").prefetch_related("skills", "categories", good_papers())
    return rows.filter(pk=actor.id).first() if actor.id else None


def customer_profile_of(actor: Actor) -> CustomerProfile | None:
    """Return the actor's own customer profile, if they have one."""
    return CustomerProfile.objects.filter(pk=actor.id).first() if actor.id else None


def contractor_details_of(actor: Actor) -> ContractorDetails:
    """Return what the actor says now, so that a part of it can be changed."""
    found = contractor_profile_of(actor)
    if found is None:
        return ContractorDetails()
    return ContractorDetails(
        **_same_fields(found, ContractorDetails),
        skills=tuple(skill.slug for skill in found.skills.all()),
        categories=tuple(category.slug for category in found.categories.all()),
        hourly_rate=price(found.hourly_amount, found.currency),
        fixed_from=price(found.fixed_from_amount, found.currency),
        languages=tuple(found.languages),
    )


def customer_details_of(actor: Actor) -> CustomerDetails:
    """Return what the actor says now, so that a part of it can be changed."""
    found = customer_profile_of(actor)
    if found is None:
        return CustomerDetails()
    return CustomerDetails(**_same_fields(found, CustomerDetails), languages=tuple(found.languages))


def portfolio_of(actor: Actor) -> QuerySet[PortfolioEntry]:
    """Return the actor's own portfolio."""
    return PortfolioEntry.objects.filter(contractor_id=actor.id)


def portfolio_details_of(actor: Actor, entry_id: UUID) -> PortfolioDetails:
    """Return what one of the actor's own entries says now; raises NotFound."""
    found = policies.get_portfolio_entry_for(actor, entry_id)
    return PortfolioDetails(
        title=found.title, description=found.description, url=found.url, completed_on=found.completed_on
    )


def anybody_sees(viewer: Actor, record_id: UUID) -> bool:
    """Say that faces and shown work are for everybody: their files were uploaded to be public."""
    return True


def all_of_them(viewer: Actor, record_ids: Collection[UUID]) -> Collection[UUID]:
    """Return all of them, for the same reason."""
    return record_ids


def price(amount: int | None, currency: str) -> Money | None:
    """Return a price column as money."""
    return None if amount is None else Money(amount, currency)


def _public_contractors() -> QuerySet[ContractorProfile]:
    rows = ContractorProfile.objects.filter(user__is_active=True, user__is_contractor=True)
    words = (
        Prefetch("skills", Skill.objects.order_by("slug")),
        Prefetch("categories", Category.objects.order_by("slug")),
    )
    return rows.select_related("user").prefetch_related(*words, good_papers())


def _says(word: str) -> Q:
    skill = ContractorProfile.skills.through.objects.filter(
        skill__name__icontains=word, contractorprofile=OuterRef("pk")
    )
    return (
        Q(headline__icontains=word)
        | Q(bio__icontains=word)
        | Q(user__name__icontains=word)
        | Q(place__icontains=word)
        | Q(Exists(skill))
    )


def _costs(filters: ContractorFilters) -> Q:
    """Return the condition on the hourly price."""
    wanted = Q()
    if filters.currency:
        wanted &= Q(currency=filters.currency)
    if filters.price_min is not None:
        wanted &= Q(hourly_amount__gte=filters.price_min)
    if filters.price_max is not None:
        wanted &= Q(hourly_amount__lte=filters.price_max)
    return wanted


_DERIVED = {"skills", "categories", "hourly_rate", "fixed_from", "languages"}


def _same_fields(row: ContractorProfile | CustomerProfile, details: type[Any]) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(details) if each.name not in _DERIVED}
