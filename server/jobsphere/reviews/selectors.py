"""Reads of reviews. Before a round is shown, nobody learns from here whether the other one wrote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation.types import Subject
from jobsphere.profiles.selectors import contractor
from jobsphere.reviews import policies, rules
from jobsphere.reviews.models import Review, Round
from jobsphere.reviews.rules import FEWEST_STARS, MOST_STARS, ReviewRole, ReviewStatus
from jobsphere.reviews.types import PublicReview, ReviewView, RoundView, Stars
from jobsphere.users.selectors import people
from jobsphere.users.types import Person


def rounds(viewer: Actor, *, only_open: bool = False) -> "QuerySet[Round]":
    """Return the viewer's rounds for the API to page; `only_open`: those in which they have not written yet."""
    rows = policies.rounds_of(viewer).prefetch_related(Prefetch("reviews", Review.objects.order_by("pk")))
    if only_open:
        rows = rows.filter(published_at=None, closes_at__gt=clock.now()).exclude(reviews__author_id=viewer.known_id())
    return rows


def round_views(viewer: Actor, rows: Sequence[Round]) -> list[RoundView]:
    """Return a page of rounds as the viewer sees them; one query whatever its size."""
    known = people([_other(row, viewer.known_id()) for row in rows]) if rows else {}
    now = clock.now()
    return [_round(viewer, row, known, now) for row in rows]


def round_of(viewer: Actor, contract_id: UUID) -> RoundView:
    """Return the round of one contract; raises NotFound for anybody but the two."""
    return round_views(viewer, [policies.get_round_for(viewer, contract_id)])[0]


def review(viewer: Actor, review_id: UUID) -> ReviewView:
    """Return one review as the viewer sees it; raises NotFound."""
    row = policies.get_review_for(viewer, review_id)
    return _review(viewer, row, people([row.author_id]), _is_open(row.round, clock.now()))


def published(person_id: UUID, role: ReviewRole) -> "QuerySet[Review]":
    """Return what everybody may read about a person as customer or contractor, for the API to page.

    Raises NotFound for who has no public profile as a contractor, and for a customer of whom nothing was said: a
    guessed id tells nothing.
    """
    rows = Review.objects.filter(subject_id=person_id, role=role, status=ReviewStatus.PUBLISHED)
    is_known = contractor(person_id) is not None if role == ReviewRole.CONTRACTOR else rows.exists()
    if not is_known:
        raise NotFound("There are no reviews of such a person.")
    return rows


def public_reviews(rows: Sequence[Review]) -> list[PublicReview]:
    """Return a page of published reviews; one query whatever its size."""
    known = people([row.author_id for row in rows]) if rows else {}
    return [PublicReview(**_words(row, known)) for row in rows]


def stars(person_id: UUID, role: ReviewRole) -> Stars:
    """Return how a person's published stars are spread; raises NotFound like `published`. Two queries."""
    found = published(person_id, role).order_by().values_list("rating").annotate(Count("pk"))
    spread = {str(each): 0 for each in range(FEWEST_STARS, MOST_STARS + 1)} | {str(star): n for star, n in found}
    count = sum(spread.values())
    total = sum(int(star) * n for star, n in spread.items())
    return Stars(round(total / count, 2) if count else None, count, spread)


def rounds_to_close(limit: int) -> list[UUID]:
    """Return the rounds whose time is over and that are not shown yet, the oldest first."""
    due = Round.objects.filter(published_at=None, closes_at__lte=clock.now())
    return list(due.order_by("closes_at").values_list("pk", flat=True)[:limit])


def review_subject(actor: Actor, review_id: UUID) -> Subject | None:
    """Return a review as moderation keeps it: anybody sees, and reports, what is shown; staff see the rest as well."""
    rows = Review.objects.select_related("round")
    if not actor.is_system:
        rows = rows.filter(status=ReviewStatus.PUBLISHED)
    row = rows.filter(pk=review_id).first()
    if row is None:
        return None
    page = "contractors" if row.role == ReviewRole.CONTRACTOR else "people"
    return Subject(
        type="review",
        id=row.pk,
        owner_id=row.author_id,
        title=f"A review with {row.rating} of 5 stars",
        link=f"/{page}/{row.subject_id}",
        snapshot={"rating": row.rating, "text": row.text, "reply": row.reply, "status": row.status},
    )


def _round(viewer: Actor, row: Round, known: dict[UUID, Person], now: datetime) -> RoundView:
    me = viewer.known_id()
    known = {**known, me: Person(me, viewer.name)}
    written = {each.author_id: each for each in row.reviews.all()}
    mine, theirs = written.get(me), written.get(_other(row, me))
    opened = _is_open(row, now)
    shown = theirs is not None and theirs.status == ReviewStatus.PUBLISHED
    return RoundView(
        contract_id=row.contract_id,
        title=row.title,
        other=known.get(_other(row, me)),
        role=policies.role_of_subject(row, me),
        closes_at=row.closes_at,
        published_at=row.published_at,
        mine=_review(viewer, mine, known, opened) if mine else None,
        theirs=_review(viewer, theirs, known, opened) if theirs and shown else None,
        allowed_actions=("review",) if opened and mine is None else (),
    )


def _review(viewer: Actor, row: Review, known: dict[UUID, Person], opened: bool) -> ReviewView:
    return ReviewView(
        **_words(row, known),
        status=ReviewStatus(row.status),
        role=ReviewRole(row.role),
        author_id=row.author_id,
        subject_id=row.subject_id,
        created_at=row.created_at,
        allowed_actions=policies.allowed_on_review(viewer, row, is_open=opened),
    )


def _words(row: Review, known: dict[UUID, Person]) -> dict[str, Any]:
    author = known.get(row.author_id)
    return {
        "id": row.id,
        "author": rules.shown_name(author.name) if author else "",
        "rating": row.rating,
        "text": row.text,
        "published_at": row.published_at,
        "reply": row.reply,
        "replied_at": row.replied_at,
    }


def _other(row: Round, person_id: UUID) -> UUID:
    return row.contractor_id if row.customer_id == person_id else row.customer_id


def _is_open(row: Round, now: datetime) -> bool:
    return rules.is_open(published_at=row.published_at, closes_at=row.closes_at, now=now)
