"""Who may see and do what with series: the two, and staff who look; a stranger gets 404."""

from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.contracts.policies import is_staff
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.lifecycle import (
    CONTRACTOR,
    CUSTOMER,
    LIVE,
    OCCURRENCE,
    REPEAT,
    OccurrenceStatus,
    RepeatStatus,
)


def repeats_of(viewer: Actor) -> "QuerySet[Repeat]":
    """Return the viewer's series; staff see all."""
    if viewer.is_system or is_staff(viewer):
        return Repeat.objects.all()
    return Repeat.objects.filter(Q(customer_id=viewer.known_id()) | Q(contractor_id=viewer.known_id()))


def get_repeat_for(actor: Actor, repeat_id: UUID) -> Repeat:
    """Return a series of the actor's; raises NotFound."""
    found = repeats_of(actor).filter(pk=repeat_id).first()
    if found is None:
        raise NotFound("There is no such series, or it is not for you.")
    return found


def get_occurrence_to_pay(actor: Actor, row: Repeat, occurrence_id: UUID) -> Occurrence:
    """Return one date of a series to the customer who may pay it now; raises NotFound, WrongStatus."""
    found = Occurrence.objects.filter(pk=occurrence_id, repeat_id=row.pk).first()
    if found is None or party_of(actor, row) != CUSTOMER:
        raise NotFound("There is no such date, or it is not yours to pay.")
    OCCURRENCE.next(OccurrenceStatus(found.status), "pay", party=CUSTOMER)
    return found


def party_of(actor: Actor, row: Repeat) -> str | None:
    """Return what the actor is to a series, in the words of its lifecycle; None for staff who look."""
    if actor.id == row.customer_id:
        return CUSTOMER
    return CONTRACTOR if actor.id is not None and actor.id == row.contractor_id else None


def require(actor: Actor, row: Repeat, action: str) -> str:
    """Return the actor's party when they may do this now; raises NotFound for who only looks, WrongStatus."""
    party = party_of(actor, row)
    if party is None:
        raise NotFound("There is no such series, or it is not for you.")
    REPEAT.next(RepeatStatus(row.status), action, party=party)
    return party


def allowed_on_repeat(viewer: Actor, row: Repeat) -> tuple[str, ...]:
    """Return what the viewer may do with a series now."""
    party = party_of(viewer, row)
    if party is None or row.status not in LIVE:
        return ()
    found = REPEAT.allowed(RepeatStatus(row.status), party)
    is_open = row.new_amount is not None and row.new_agreed_at is None
    answers = {"agree_price", "decline_price", "withdraw_price"}
    agreed = {"propose_price"} if row.new_agreed_at is not None else set()
    return tuple(each for each in found if each not in agreed and (is_open or each not in answers))
