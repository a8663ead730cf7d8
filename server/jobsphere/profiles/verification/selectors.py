"""Reads of papers: one's own, the queue of staff, badges, and what is missing before somebody can be hired."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from jobsphere.db.rows import Rows
from jobsphere.files.selectors import files_for
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor, require_right
from jobsphere.kit.errors import NotFound
from jobsphere.profiles.models import Category, ContractorProfile, HiringRequirement, Verification
from jobsphere.profiles.types import Badge, VerificationKind, VerificationStatus, VerificationView
from jobsphere.profiles.verification import rules

RIGHT = "verification"


def own(actor: Actor) -> Rows[VerificationView]:
    """Return the actor's papers."""
    rows = Verification.objects.filter(person_id=actor.known_id()).select_related("person")
    return Rows(rows, lambda page: _views(page, rules.OWNER))


def own_row(actor: Actor, verification_id: UUID) -> Verification:
    """Return one of the actor's own papers; raises NotFound for anybody else's."""
    row = Verification.objects.select_related("person").filter(pk=verification_id, person_id=actor.id).first()
    if row is None:
        raise NotFound("You have handed in no such paper.")
    return row


def own_view(actor: Actor, verification_id: UUID) -> VerificationView:
    """Return one of the actor's own papers; raises NotFound."""
    return _views([own_row(actor, verification_id)], rules.OWNER)[0]


def queue(viewer: Actor, *, status: str = "", kind: str = "") -> Rows[VerificationView]:
    """Return papers for staff; raises Forbidden without the right "verification"."""
    require_right(viewer, RIGHT)
    wanted = {name: value for name, value in (("status", status), ("kind", kind)) if value}
    rows = Verification.objects.filter(**wanted).select_related("person")
    return Rows(rows, lambda page: _views(page, rules.STAFF))


def row_for_staff(viewer: Actor, verification_id: UUID) -> Verification:
    """Return a paper for staff; raises Forbidden, NotFound."""
    require_right(viewer, RIGHT)
    row = Verification.objects.select_related("person").filter(pk=verification_id).first()
    if row is None:
        raise NotFound("There is no such paper.")
    return row


def view_for_staff(viewer: Actor, verification_id: UUID) -> VerificationView:
    """Return a paper for staff; raises Forbidden, NotFound."""
    return _views([row_for_staff(viewer, verification_id)], rules.STAFF)[0]


def may_read_files(actor: Actor, verification_id: UUID) -> bool:
    """Say whether somebody besides the owner may read the pages of a paper: staff who decide about it."""
    return actor.holds(RIGHT)


def badges_of(person_ids: Collection[UUID]) -> dict[UUID, tuple[Badge, ...]]:
    """Return the badges of these people; one query. Whoever has none is left out."""
    kinds: dict[UUID, set[str]] = defaultdict(set)
    for person_id, kind in _good().filter(person_id__in=set(person_ids)).values_list("person_id", "kind"):
        kinds[person_id].add(kind)
    return {person_id: rules.badges(held) for person_id, held in kinds.items()}


def missing_for_hiring(person_id: UUID, category: str) -> tuple[VerificationKind, ...]:
    """Return what a contractor has still to prove before they can be hired in this category (a slug)."""
    needed = _needed({category})
    if not needed:
        return ()
    held = set(_good().filter(person_id=person_id).values_list("kind", flat=True))
    return tuple(kind for kind in VerificationKind if kind in needed - held)


def missing_for(actor: Actor) -> tuple[VerificationKind, ...]:
    """Return what the actor has still to prove to be hired in the categories of their profile."""
    slugs = Category.objects.filter(contractors=actor.known_id()).values_list("slug", flat=True)
    needed = _needed(set(slugs)) if ContractorProfile.objects.filter(pk=actor.known_id()).exists() else set()
    held = set(_good().filter(person_id=actor.known_id()).values_list("kind", flat=True))
    return tuple(kind for kind in VerificationKind if kind in needed - held)


def requirements(viewer: Actor) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is asked for, by category (empty: in all); raises Forbidden without the right."""
    require_right(viewer, RIGHT)
    rows = HiringRequirement.objects.select_related("category").order_by("category__slug")
    return [(row.category.slug if row.category else "", tuple(row.kinds)) for row in rows]


def _needed(slugs: set[str]) -> set[str]:
    """What the category, its group, or the marketplace as a whole asks for."""
    where = Q(category__slug__in=slugs) | Q(category__children__slug__in=slugs) | Q(category__isnull=True)
    rows = HiringRequirement.objects.filter(where).values_list("kinds", flat=True)
    return {kind for kinds in rows for kind in kinds}


def good_papers() -> "Prefetch[str, QuerySet[Verification], str]":
    """Return what fetches, with profiles, the papers that count: as `profile.user.good_papers`."""
    return Prefetch("user__papers", _good().only("id", "person_id", "kind"), to_attr="good_papers")


def _good() -> QuerySet[Verification]:
    today = clock.now().date()
    approved = Verification.objects.filter(status=VerificationStatus.APPROVED)
    return approved.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=today))


def _views(rows: Sequence[Verification], party: str) -> list[VerificationView]:
    pages = files_for("verification", [row.id for row in rows])
    return [
        VerificationView(
            id=row.id,
            person_id=row.person_id,
            person_name=row.person.name,
            kind=VerificationKind(row.kind),
            status=VerificationStatus(row.status),
            number=row.number,
            issuer=row.issuer,
            expires_on=row.expires_on,
            reason=row.reason,
            files=tuple(pages.get(row.id, [])),
            created_at=row.created_at,
            decided_at=row.decided_at,
            allowed_actions=tuple(rules.VERIFICATION.allowed(VerificationStatus(row.status), party)),
        )
        for row in rows
    ]
