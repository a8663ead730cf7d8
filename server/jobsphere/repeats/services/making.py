"""The clock makes the next contract of a series: once a date, paid by the card that is kept, or not at all (ADR 0034).

Each try is an offer of its own, and the next one begins only when the last one is known to have ended, so two tries can
never both take money: an offer that is not there any more is never accepted, and only acceptance captures.
"""

from uuid import UUID

from django.db import IntegrityError

from jobsphere.contracts import services as contracts
from jobsphere.contracts.selectors.repeating import is_undecided, why_unpaid
from jobsphere.contracts.services.repeating import accept_as_agreed, offer_again
from jobsphere.contracts.types import Slot
from jobsphere.db.composed import get, refresh
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import DomainError
from jobsphere.kit.money import Money
from jobsphere.payments import selectors as payments
from jobsphere.repeats.events import (
    OccurrenceFailed,
    OccurrenceMade,
    OccurrenceNeedsCustomer,
    OccurrenceSkipped,
    RepeatEnded,
    RepeatPaused,
)
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.lifecycle import (
    GIVE_UP_BEFORE,
    MAKE_BEFORE,
    MOST_MISSES,
    MOST_TRIES,
    SYSTEM,
    TRY_AGAIN_AFTER,
    UNPAID,
    OccurrenceStatus,
    RepeatStatus,
)
from jobsphere.repeats.services.turns import length, rhythm, take_occurrence_step, take_step, tell, tell_of, wait_for

#: What a bank says that wants to see its customer (payments.DeclineCode).
ASKS = "authentication_failed"
NO_CARD, UNPAID_REASON, TOO_LATE, PRICE, WISH = "no-card", "unpaid", "too-late", "price", "wish"


def make_next(*, repeat_id: UUID) -> bool:
    """Make the occurrence that is due next, and ask for its money; False when none is due.

    Two workers at once: the second waits for the first one's turn and finds nothing due any more; the database knows a
    date of a series once in any case.
    """
    row = wait_for(repeat_id)
    now = clock.now()
    if row.status != RepeatStatus.ACTIVE or row.next_at > now + MAKE_BEFORE:
        return False
    if price_of(row, row.next_number) is None:
        take_step(row, "end", SYSTEM, closed_at=now, reason=PRICE)
        tell(actors.SYSTEM, row, "end", RepeatEnded, by=SYSTEM, reason=PRICE)
        return True
    one = write(row, row.next_number)
    advance(row)
    if one is None:
        return True
    if one.starts_at <= now + GIVE_UP_BEFORE:
        drop(row, one, actor=actors.SYSTEM, by=SYSTEM, reason=TOO_LATE)
        return True
    _ask_for_money(row, one)
    return True


def write(row: Repeat, number: int) -> Occurrence | None:
    """Write one date of a series at its agreed price, waiting to be tried; None when it is there already."""
    timing = rhythm(row)
    starts_at = timing.starts_at(number)
    price = price_of(row, number) or Money(row.amount, row.currency)
    one = Occurrence(
        repeat=row,
        number=number,
        due_on=timing.day(number),
        starts_at=starts_at,
        ends_at=starts_at + length(row),
        amount=price.amount,
        status=OccurrenceStatus.FAILED,
    )
    try:
        with savepoint():
            one.save(force_insert=True)
    except IntegrityError:
        return None
    return one


def advance(row: Repeat) -> None:
    """Point at the next date that has no row yet; inside the series' turn."""
    timing, number = rhythm(row), row.next_number + 1
    taken = set(row.occurrences.filter(number__gte=number).values_list("number", flat=True))
    while number in taken:
        number += 1
    Repeat.objects.filter(pk=row.pk).update(next_number=number, next_at=timing.starts_at(number))
    refresh(row)


def price_of(row: Repeat, number: int) -> Money | None:
    """Return what both agreed for a date; None where a new price was proposed and the customer has not agreed."""
    if row.new_amount is None or row.new_from is None or rhythm(row).day(number) < row.new_from:
        return Money(row.amount, row.currency)
    return Money(row.new_amount, row.currency) if row.new_agreed_at else None


def try_again(*, occurrence_id: UUID) -> bool:
    """Ask the card once more, when it is time; False when it is not, or somebody was faster."""
    row, one = _both(occurrence_id)
    now = clock.now()
    if one.status != OccurrenceStatus.FAILED or one.next_try_at is None or one.next_try_at > now:
        return False
    _ask_for_money(row, one)
    return True


def pay_now(row: Repeat, one: Occurrence, *, method: str) -> None:
    """Ask for the money with the customer there, so that their bank may ask them; inside the series' turn."""
    _offer(row, one, method=method, away=False)


def accept(*, offer_id: UUID) -> bool:
    """Accept for the contractor, who agreed to the series; what stands in the way ends this date alone."""
    require_transaction()
    one = Occurrence.objects.filter(offer_id=offer_id).first()
    if one is None:
        return False
    row = wait_for(one.repeat_id)
    try:
        with savepoint():
            return accept_as_agreed(offer_id=offer_id)
    except DomainError as refusal:
        refresh(one)
        _end_offer(one)
        refresh(one)
        if one.status in (OccurrenceStatus.FAILED, OccurrenceStatus.NEEDS_CUSTOMER):
            drop(row, one, actor=actors.SYSTEM, by=SYSTEM, reason=refusal.code)
        return True


def note_contract(*, offer_id: UUID, contract_id: UUID) -> None:
    """The money is protected."""
    one = Occurrence.objects.filter(offer_id=offer_id, status=OccurrenceStatus.CHARGING).first()
    if one is None:
        return
    row = get(Repeat, pk=one.repeat_id)
    take_occurrence_step(one, "fund", SYSTEM, contract_id=contract_id, reason="", next_try_at=None)
    Repeat.objects.filter(pk=row.pk).update(misses=0)
    tell_of(actors.SYSTEM, row, one, "made", OccurrenceMade, by=SYSTEM, contract_id=contract_id)


def note_failure(*, offer_id: UUID) -> None:
    """The offer came to nothing: ask again later, or ask the customer, who alone can help now."""
    one = Occurrence.objects.filter(offer_id=offer_id, status=OccurrenceStatus.CHARGING).first()
    if one is None:
        return
    row = get(Repeat, pk=one.repeat_id)
    code, _ = why_unpaid(offer_id)
    _missed(row, one, code or UNPAID_REASON)


def give_up(*, occurrence_id: UUID) -> bool:
    """Let a date go that is not paid when it is too late; False while its money is just being taken."""
    row, one = _both(occurrence_id)
    if one.status not in UNPAID or one.starts_at > clock.now() + GIVE_UP_BEFORE:
        return False
    if one.status == OccurrenceStatus.CHARGING:
        assert one.offer_id is not None, "it is charged by an offer"
        if not is_undecided(one.offer_id):
            return False
        _end_offer(one)
        refresh(one)
    drop(row, one, actor=actors.SYSTEM, by=SYSTEM, reason=UNPAID_REASON)
    misses = row.misses + 1
    Repeat.objects.filter(pk=row.pk).update(misses=misses)
    if misses >= MOST_MISSES and row.status == RepeatStatus.ACTIVE:
        take_step(row, "pause", SYSTEM, reason=UNPAID_REASON)
        tell(actors.SYSTEM, row, "pause", RepeatPaused, by=SYSTEM, reason=UNPAID_REASON)
    return True


def drop(row: Repeat, one: Occurrence, *, actor: Actor, by: str, reason: str) -> None:
    """Let one date go: it does not take place, and nothing was or will be paid for it."""
    take_occurrence_step(one, "skip", by, reason=reason[:64], next_try_at=None)
    tell_of(actor, row, one, "skip", OccurrenceSkipped, by=by, reason=reason)


def _ask_for_money(row: Repeat, one: Occurrence) -> None:
    card = payments.usual_method(row.customer_id, row.method_id)
    if card is None:
        _missed(row, one, NO_CARD)
        return
    _offer(row, one, method=str(card.id), away=True)


def _offer(row: Repeat, one: Occurrence, *, method: str, away: bool) -> None:
    """Write the offer of this try. What stands in its way other than money ends the date: the time is taken, say."""
    try:
        with savepoint():
            offer_id = offer_again(
                offer_id=row.offer_id,
                title=row.title,
                amount=Money(one.amount, row.currency),
                slot=Slot(one.starts_at, one.ends_at),
                payment_method=method,
                off_session=away,
            )
    except DomainError as refusal:
        if not away:
            raise
        drop(row, one, actor=actors.SYSTEM, by=SYSTEM, reason=refusal.code)
        return
    action, party = ("try", SYSTEM) if away else ("pay", "customer")
    take_occurrence_step(one, action, party, offer_id=offer_id, tries=one.tries + away, next_try_at=None, reason="")


def _missed(row: Repeat, one: Occurrence, reason: str) -> None:
    now, latest = clock.now(), one.starts_at - GIVE_UP_BEFORE
    again_at = now + TRY_AGAIN_AFTER
    helpless = reason in (ASKS, NO_CARD) or one.tries >= MOST_TRIES or again_at >= latest
    if helpless:
        take_occurrence_step(one, "ask", SYSTEM, reason=reason, next_try_at=None)
        tell_of(actors.SYSTEM, row, one, "ask", OccurrenceNeedsCustomer, by=SYSTEM, reason=reason, pay_until=latest)
        return
    if one.status == OccurrenceStatus.CHARGING:
        take_occurrence_step(one, "fail", SYSTEM)
    Occurrence.objects.filter(pk=one.pk).update(reason=reason, next_try_at=again_at)
    refresh(one)
    tell_of(actors.SYSTEM, row, one, "fail", OccurrenceFailed, by=SYSTEM, reason=reason, again_at=again_at)


def _end_offer(one: Occurrence) -> None:
    """Take the offer of a try back; its own event marks the date as not paid (`note_failure`)."""
    assert one.offer_id is not None, "it was tried"
    if is_undecided(one.offer_id):
        contracts.withdraw_offer(actor=actors.SYSTEM, offer_id=one.offer_id, reason="It was not paid in time.")


def _both(occurrence_id: UUID) -> tuple[Repeat, Occurrence]:
    repeat_id = Occurrence.objects.values_list("repeat_id", flat=True).get(pk=occurrence_id)
    row = wait_for(repeat_id)
    return row, get(Occurrence, pk=occurrence_id)
