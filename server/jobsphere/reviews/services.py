"""Verbs of reviews: open, write, publish, answer, take out of sight (ADR 0025).

Both write blind. All is shown at once, when the second one has written or when the time is over, so nobody answers in
kind. Stars count (`profiles.services.count_stars`) exactly while a review is shown.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.db.models import F

from jobsphere.audit.services import record
from jobsphere.db.composed import first
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor, require_right
from jobsphere.outbox.services import publish
from jobsphere.profiles.services import count_stars
from jobsphere.reviews import events, policies
from jobsphere.reviews.errors import AlreadyReplied, AlreadyReviewed, ReviewsClosed
from jobsphere.reviews.models import Review, Round
from jobsphere.reviews.rules import (
    REPLY_LENGTH,
    REVIEW,
    ReviewRole,
    ReviewStatus,
    check_review,
    check_words,
    is_open,
)
from jobsphere.users.types import Right


def open_round(*, contract_id: UUID, customer_id: UUID, contractor_id: UUID, title: str) -> bool:
    """Let the two of a finished contract review each other; says whether it is new. Opening it again is harmless."""
    require_transaction()
    closes_at = clock.now() + timedelta(days=settings.REVIEW_DAYS)
    _, made = Round.objects.get_or_create(
        contract_id=contract_id,
        defaults={
            "customer_id": customer_id,
            "contractor_id": contractor_id,
            "title": title,
            "closes_at": closes_at,
        },
    )
    if made:
        detail = {"closes_at": closes_at.isoformat()}
        record(actor=SYSTEM, verb="review_round.open", target_type="contract", target_id=contract_id, detail=detail)
        publish(
            events.RoundOpened(
                contract_id=contract_id, customer_id=customer_id, contractor_id=contractor_id, title=title
            )
        )
    return made


def write_review(*, actor: Actor, contract_id: UUID, rating: int, text: str = "") -> UUID:
    """Review the other one of a finished contract; returns the review's id.

    The second review of a round publishes both. Raises NotFound for a stranger, InvalidInput, ReviewsClosed,
    AlreadyReviewed.
    """
    require_transaction()
    row = policies.get_round_for(actor, contract_id)
    words = check_review(rating, text)
    if Review.objects.filter(round=row, author_id=actor.id).exists():
        raise AlreadyReviewed("You have reviewed this already; you can change it until both reviews are shown.")
    _claim(row)
    author_id = actor.known_id()
    try:
        with savepoint():
            review = Review.objects.create(
                round=row,
                author_id=author_id,
                subject_id=row.contractor_id if author_id == row.customer_id else row.customer_id,
                role=policies.role_of_subject(row, author_id),
                status=ReviewStatus.SEALED,
                rating=rating,
                text=words,
            )
    except IntegrityError as error:  # the same form on a second device, in the same moment
        raise AlreadyReviewed("You have reviewed this already.") from error
    _tell(actor, review, row, "review.write", events.ReviewWritten)
    if Review.objects.filter(round=row).count() == 2:
        publish_round(round_id=row.id)
    return review.id


def change_review(*, actor: Actor, review_id: UUID, rating: int, text: str = "") -> None:
    """Change one's own review while nobody can read it; raises NotFound, WrongStatus, InvalidInput, ReviewsClosed."""
    require_transaction()
    review = policies.get_review_for(actor, review_id)
    _require(review, "edit", actor)
    words = check_review(rating, text)
    _require_open(review.round)
    sealed = {"pk": review.id, "status": ReviewStatus.SEALED}
    if not update_where(Review, sealed, rating=rating, text=words):
        raise ReviewsClosed("Both reviews are shown by now, so they stand.")
    _tell(actor, review, review.round, "review.change", events.ReviewWritten)


def publish_round(*, round_id: UUID) -> bool:
    """Show what was written; says whether this call did it. Called when both wrote, or when the time is over."""
    require_transaction()
    if not update_where(Round, {"pk": round_id, "published_at": None}, published_at=clock.now()):
        return False
    for review in Review.objects.filter(round_id=round_id).select_related("round").order_by("pk"):
        move(
            Review,
            review.id,
            from_status=REVIEW.sources("publish"),
            to_status=ReviewStatus.PUBLISHED,
            published_at=clock.now(),
        )
        _count(review, 1)
        _tell(SYSTEM, review, review.round, "review.publish", events.ReviewPublished, rating=review.rating)
    return True


def reply_to_review(*, actor: Actor, review_id: UUID, text: str) -> None:
    """Answer in public what was said of one; raises NotFound, WrongStatus, InvalidInput, AlreadyReplied."""
    require_transaction()
    review = policies.get_review_for(actor, review_id)
    _require(review, "reply", actor)
    words = check_words(text, "/text", REPLY_LENGTH)
    shown = {"pk": review.id, "status": ReviewStatus.PUBLISHED, "replied_at": None}
    if not update_where(Review, shown, reply=words, replied_at=clock.now()):
        raise AlreadyReplied("You have answered this review; the answer stands.")
    _tell(actor, review, review.round, "review.reply", events.ReviewReplied)


def remove_review(*, actor: Actor, review_id: UUID) -> Mapping[str, Any] | None:
    """Take a review out of sight, and its stars off; None when it is not in sight. For moderation, which says why.

    Raises Forbidden without the right "moderation".
    """
    return {} if _turn(actor, review_id, "hide", events.ReviewHidden, -1) else None


def put_review_back(*, actor: Actor, review_id: UUID, removed: Mapping[str, Any]) -> None:
    """Show a review again that was taken out of sight; nothing where it is in sight. Raises Forbidden like above."""
    _turn(actor, review_id, "show", events.ReviewShown, 1)


def _turn(actor: Actor, review_id: UUID, action: str, event: type[events.ReviewEvent], times: int) -> bool:
    """Move a review for staff, with its stars; says whether it moved."""
    require_transaction()
    require_right(actor, Right.MODERATION)
    review = first(Review, "round", pk=review_id)
    sources = REVIEW.sources(action)
    if review is None or review.status not in sources:
        return False
    to_status = REVIEW.next(ReviewStatus(review.status), action)
    if not move(Review, review.id, from_status=sources, to_status=to_status):
        return False
    _count(review, times)
    _tell(actor, review, review.round, f"review.{action}", event)
    return True


def _claim(row: Round) -> None:
    """Count one more review in the round: who writes at the same moment waits here, so the second one sees both."""
    _require_open(row)
    if not update_where(Round, {"pk": row.id, "published_at": None, "written__lt": 2}, written=F("written") + 1):
        raise ReviewsClosed("Both reviews are shown by now.")


def _require_open(row: Round) -> None:
    if not is_open(published_at=row.published_at, closes_at=row.closes_at, now=clock.now()):
        raise ReviewsClosed("Reviews of this contract were possible until their time was over, or both were there.")


def _require(review: Review, action: str, actor: Actor) -> None:
    REVIEW.next(ReviewStatus(review.status), action, party=policies.party_of(actor, review))


def _count(review: Review, times: int) -> None:
    if review.role == ReviewRole.CONTRACTOR:
        count_stars(contractor_id=review.subject_id, stars=review.rating, times=times)


def _tell(actor: Actor, review: Review, row: Round, verb: str, event: type[events.ReviewEvent], **fields: Any) -> None:
    record(
        actor=actor,
        verb=verb,
        target_type="review",
        target_id=review.id,
        detail={"contract_id": row.contract_id, **fields},
    )
    publish(
        event(
            review_id=review.id,
            contract_id=row.contract_id,
            author_id=review.author_id,
            subject_id=review.subject_id,
            role=review.role,
            **fields,
        ),
        actor=actor,
    )
