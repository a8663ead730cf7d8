"""A series begins when both have agreed, and goes on until one of them ends it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError

from jobsphere.contracts.selectors.repeating import repeatable
from jobsphere.contracts.types import OfferStatus, Slot
from jobsphere.db.composed import refresh
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.moderation.policies import require_not_blocked, require_unrestricted
from jobsphere.moderation.types import RestrictedAct
from jobsphere.payments import selectors as payments
from jobsphere.repeats import policies
from jobsphere.repeats.errors import AlreadyRepeats, DateNotAhead, NoSavedCard, NotRepeatable
from jobsphere.repeats.events import (
    OccurrenceSkipped,
    RepeatAccepted,
    RepeatDeclined,
    RepeatEnded,
    RepeatPaused,
    RepeatProposed,
    RepeatResumed,
)
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.dates import Every, rhythm_of
from jobsphere.repeats.rules.lifecycle import CUSTOMER, GIVE_UP_BEFORE, SHOWN_AHEAD, OccurrenceStatus
from jobsphere.repeats.services.making import WISH, advance, drop, pay_now, write
from jobsphere.repeats.services.turns import rhythm, take_step, tell, tell_of, wait_for

_REPEATABLE = (OfferStatus.AWAITING_PAYMENT, OfferStatus.PENDING, OfferStatus.ACCEPTING, OfferStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer wants again and again. `slot`: when next, where the offer itself has no time."""

    offer_id: UUID
    every: Every
    time_zone: str
    method_id: UUID | None = None
    slot: Slot | None = None


def propose_repeat(*, actor: Actor, wish: Wish) -> UUID:
    """Ask for a series of an offer of one's own; it begins when the contractor agrees. Returns its id.

    An offer with a time is the first date; one without says when the next one is. Raises NotFound, NotRepeatable,
    AlreadyRepeats, NoSavedCard, InvalidInput.
    """
    require_transaction()
    first = repeatable(actor, wish.offer_id)
    if first.customer_id != actor.id or first.status not in _REPEATABLE or not first.whole:
        raise NotRepeatable("Only an offer of your own that is alive or accepted, and paid at once, can be repeated.")
    require_unrestricted(actor, RestrictedAct.POSTING)
    require_not_blocked(first.customer_id, first.contractor_id, doing="repeat this")
    card = payments.usual_method(actor.known_id(), wish.method_id)
    if card is None or (wish.method_id and card.id != wish.method_id):
        raise NoSavedCard("A series is paid while you are away. Keep a card in the settings first, then repeat this.")
    slot = first.slot or wish.slot
    _check(slot, wish.time_zone)
    assert slot is not None, "it was checked"
    timing = rhythm_of(wish.every, slot.starts_at, wish.time_zone)
    start = timing.number_after(clock.now() + GIVE_UP_BEFORE, least=1 if first.slot else 0)
    row = Repeat(
        offer_id=first.offer_id,
        customer_id=first.customer_id,
        contractor_id=first.contractor_id,
        title=first.title,
        every=wish.every,
        first_day=timing.first_day,
        minute=timing.minute,
        minutes=int((slot.ends_at - slot.starts_at).total_seconds() // 60),
        time_zone=wish.time_zone,
        amount=first.price.amount,
        currency=first.price.currency,
        method_id=card.id,
        next_number=start,
        next_at=timing.starts_at(start),
    )
    try:
        with savepoint():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyRepeats("There is a series of this already. Change that one, or end it first.") from error
    tell(
        actor,
        row,
        "propose",
        RepeatProposed,
        by=CUSTOMER,
        every=str(wish.every),
        amount=first.price,
        first_at=row.next_at,
    )
    return row.pk


def accept_repeat(*, actor: Actor, repeat_id: UUID) -> None:
    """Agree to a series: what comes is offered, paid and accepted by itself. Raises NotFound, WrongStatus."""
    row, party = _turn(actor, repeat_id, "accept")
    require_unrestricted(actor, RestrictedAct.PROPOSING)
    require_not_blocked(row.customer_id, row.contractor_id, doing="agree to this series")
    take_step(row, "accept", party, **_next_from_now(row))
    tell(actor, row, "accept", RepeatAccepted, by=party)


def decline_repeat(*, actor: Actor, repeat_id: UUID, reason: str = "") -> None:
    """Say no to a series; what was offered once stays as it is. Raises NotFound, WrongStatus."""
    row, party = _turn(actor, repeat_id, "decline")
    take_step(row, "decline", party, reason=reason[:500], closed_at=clock.now())
    tell(actor, row, "decline", RepeatDeclined, by=party)


def pause_repeat(*, actor: Actor, repeat_id: UUID, reason: str = "") -> None:
    """Make nothing more until it is resumed; contracts that exist stay. Raises NotFound, WrongStatus."""
    row, party = _turn(actor, repeat_id, "pause")
    take_step(row, "pause", party, reason=reason[:500])
    tell(actor, row, "pause", RepeatPaused, by=party, reason=reason)


def resume_repeat(*, actor: Actor, repeat_id: UUID) -> None:
    """Go on with the next date that can still be made; those that passed are not made up. Raises as pause."""
    row, party = _turn(actor, repeat_id, "resume")
    take_step(row, "resume", party, reason="", misses=0, **_next_from_now(row))
    tell(actor, row, "resume", RepeatResumed, by=party, next_at=row.next_at)


def end_repeat(*, actor: Actor, repeat_id: UUID, reason: str = "") -> None:
    """End a series: nothing more is made, dates that nobody has paid are let go, contracts stay as they are."""
    row, party = _turn(actor, repeat_id, "end")
    take_step(row, "end", party, reason=reason[:500], closed_at=clock.now())
    for one in row.occurrences.filter(status__in=[OccurrenceStatus.FAILED, OccurrenceStatus.NEEDS_CUSTOMER]):
        drop(row, one, actor=actor, by=party, reason=WISH)
    tell(actor, row, "end", RepeatEnded, by=party, reason=reason)


def skip_date(*, actor: Actor, repeat_id: UUID, due_on: date) -> None:
    """Leave one of the next dates out, or one that waits for its money. Raises NotFound, WrongStatus, DateNotAhead.

    A date that is made already is a contract, and cancelled as that.
    """
    row, party = _turn(actor, repeat_id, "skip")
    waiting = row.occurrences.filter(due_on=due_on).first()
    if waiting is not None:
        if waiting.status not in (OccurrenceStatus.FAILED, OccurrenceStatus.NEEDS_CUSTOMER):
            raise DateNotAhead("This date is made already, or does not take place. Cancel its contract instead.")
        drop(row, waiting, actor=actor, by=party, reason=WISH)
        return
    timing = rhythm(row)
    ahead = range(row.next_number, row.next_number + SHOWN_AHEAD)
    number = next((each for each in ahead if timing.day(each) == due_on), None)
    one = write(row, number) if number is not None else None
    if one is None:
        raise DateNotAhead("This is not one of the next dates of the series. Look at them again.")
    Occurrence.objects.filter(pk=one.pk).update(status=OccurrenceStatus.SKIPPED, reason=WISH)
    refresh(one)
    tell_of(actor, row, one, "skip", OccurrenceSkipped, by=party, reason=WISH)
    if number == row.next_number:
        advance(row)


def change_card(*, actor: Actor, repeat_id: UUID, method_id: UUID) -> None:
    """Charge another card from now on. Raises NotFound, WrongStatus, NoSavedCard for one that is not kept."""
    row, _ = _turn(actor, repeat_id, "change_card")
    card = payments.usual_method(row.customer_id, method_id)
    if card is None or card.id != method_id:
        raise NoSavedCard("This card is not kept any more. Choose another one.")
    Repeat.objects.filter(pk=row.pk).update(method_id=method_id)


def pay_date(*, actor: Actor, repeat_id: UUID, occurrence_id: UUID, payment_method: str = "") -> UUID:
    """Pay a date that waits for its customer, who is here now; returns the offer, whose payment says what is next.

    Raises NotFound, WrongStatus, NoSavedCard, and what making an offer raises (the time is taken, say).
    """
    require_transaction()
    policies.get_repeat_for(actor, repeat_id)
    row = wait_for(repeat_id)
    one = policies.get_occurrence_to_pay(actor, row, occurrence_id)
    method = payment_method
    if not method:
        card = payments.usual_method(row.customer_id, row.method_id)
        if card is None:
            raise NoSavedCard("There is no card to pay with. Keep one in the settings, or name one.")
        method = str(card.id)
    pay_now(row, one, method=method)
    assert one.offer_id is not None, "it was offered"
    return one.offer_id


def _turn(actor: Actor, repeat_id: UUID, action: str) -> tuple[Repeat, str]:
    require_transaction()
    policies.get_repeat_for(actor, repeat_id)
    row = wait_for(repeat_id)
    return row, policies.require(actor, row, action)


def _next_from_now(row: Repeat) -> dict[str, object]:
    """Return the next date that can still be made and has no row yet."""
    timing = rhythm(row)
    number = timing.number_after(clock.now() + GIVE_UP_BEFORE, least=row.next_number)
    taken = set(row.occurrences.filter(number__gte=number).values_list("number", flat=True))
    while number in taken:
        number += 1
    return {"next_number": number, "next_at": timing.starts_at(number)}


def _check(slot: Slot | None, time_zone: str) -> None:
    problems: list[FieldError] = []
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(FieldError("/time_zone", "unknown", "Name a time zone of the IANA database: Europe/Berlin."))
    if slot is None:
        problems.append(FieldError("/starts_at", "required", "Say when the next one starts and ends."))
    elif slot.ends_at <= slot.starts_at:
        problems.append(FieldError("/ends_at", "order", "It ends after it starts."))
    if problems:
        raise InvalidInput(problems)
