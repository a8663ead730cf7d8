"""Who may see and do what with reviews; a stranger gets 404."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.reviews import rules
from jobsphere.reviews.models import Review, Round
from jobsphere.reviews.rules import REVIEW, ReviewRole, ReviewStatus


def rounds_of(viewer: Actor) -> "QuerySet[Round]":
    """Return the rounds that the viewer is one of the two of."""
    return Round.objects.filter(Q(customer_id=viewer.known_id()) | Q(contractor_id=viewer.known_id()))


def get_round_for(actor: Actor, contract_id: UUID) -> Round:
    """Return the round of a contract if the actor is one of the two; raises NotFound."""
    found = rounds_of(actor).filter(contract_id=contract_id).first()
    if found is None:
        raise NotFound("There is nothing to review here, or it is not for you.")
    return found


def get_review_for(actor: Actor, review_id: UUID) -> Review:
    """Return a review that the actor may see: its author, and its subject once it is shown; raises NotFound."""
    mine = Q(author_id=actor.known_id()) | Q(subject_id=actor.known_id(), status=ReviewStatus.PUBLISHED)
    found = Review.objects.select_related("round").filter(mine, pk=review_id).first()
    if found is None:
        raise NotFound("There is no such review, or it is not for you.")
    return found


def role_of_subject(row: Round, author_id: UUID) -> ReviewRole:
    """Return as what the other one is reviewed."""
    return ReviewRole.CONTRACTOR if author_id == row.customer_id else ReviewRole.CUSTOMER


def party_of(actor: Actor, review: Review) -> str | None:
    """Return what the actor is to a review, in the words of its lifecycle."""
    if actor.is_system:
        return rules.SYSTEM
    if actor.id == review.author_id:
        return rules.AUTHOR
    return rules.SUBJECT if actor.id == review.subject_id else None


def allowed_on_review(viewer: Actor, review: Review, *, is_open: bool) -> tuple[str, ...]:
    """Return what the viewer may do with a review: change it while the round is open, answer it once."""
    party = party_of(viewer, review)
    if party is None:
        return ()
    impossible = set() if is_open else {"edit"}
    if review.replied_at:
        impossible.add("reply")
    return tuple(each for each in REVIEW.allowed(ReviewStatus(review.status), party) if each not in impossible)
