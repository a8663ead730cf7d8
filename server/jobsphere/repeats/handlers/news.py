"""What people are told of their series. By the worker."""

from datetime import date
from typing import Any

from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta
from jobsphere.repeats.events import (
    OccurrenceFailed,
    OccurrenceMade,
    OccurrenceNeedsCustomer,
    OccurrenceSkipped,
    PriceAgreed,
    PriceProposed,
    PriceWithdrawn,
    RepeatAccepted,
    RepeatDeclined,
    RepeatEnded,
    RepeatEvent,
    RepeatPaused,
    RepeatProposed,
    RepeatResumed,
)
from jobsphere.repeats.rules.lifecycle import CONTRACTOR, CUSTOMER


@subscribe(RepeatProposed)
def tell_of_wish(event: RepeatProposed, meta: EventMeta) -> None:
    """The contractor answers next."""
    _tell(meta, event, CONTRACTOR, "booking.updated/repeat_proposed", amount=event.amount)


@subscribe(RepeatAccepted)
def tell_of_yes(event: RepeatAccepted, meta: EventMeta) -> None:
    """It begins."""
    _tell(meta, event, CUSTOMER, "booking.updated/repeat_accepted")


@subscribe(RepeatDeclined)
def tell_of_no(event: RepeatDeclined, meta: EventMeta) -> None:
    """It does not."""
    _tell(meta, event, CUSTOMER, "booking.updated/repeat_declined")


@subscribe(RepeatPaused)
def tell_of_pause(event: RepeatPaused, meta: EventMeta) -> None:
    """Nothing is made for now."""
    for party in _others(event):
        _tell(meta, event, party, "booking.updated/repeat_paused")


@subscribe(RepeatResumed)
def tell_of_going_on(event: RepeatResumed, meta: EventMeta) -> None:
    """It goes on."""
    for party in _others(event):
        _tell(meta, event, party, "booking.updated/repeat_resumed", next_at=event.next_at)


@subscribe(RepeatEnded)
def tell_of_end(event: RepeatEnded, meta: EventMeta) -> None:
    """Nothing more is made."""
    for party in _others(event):
        _tell(meta, event, party, "booking.updated/repeat_ended")


@subscribe(PriceProposed)
def tell_of_price(event: PriceProposed, meta: EventMeta) -> None:
    """The customer agrees, or it ends."""
    new_from = date.fromisoformat(event.new_from)
    _tell(meta, event, CUSTOMER, "booking.updated/repeat_price", amount=event.new_amount, new_from=new_from)


@subscribe(PriceAgreed)
def tell_of_agreement(event: PriceAgreed, meta: EventMeta) -> None:
    """It holds from that day on."""
    new_from = date.fromisoformat(event.new_from)
    _tell(meta, event, CONTRACTOR, "booking.updated/repeat_price_agreed", amount=event.new_amount, new_from=new_from)


@subscribe(PriceWithdrawn)
def tell_of_old_price(event: PriceWithdrawn, meta: EventMeta) -> None:
    """The old price stays."""
    _tell(meta, event, CUSTOMER, "booking.updated/repeat_price_withdrawn")


@subscribe(OccurrenceMade)
def tell_of_date(event: OccurrenceMade, meta: EventMeta) -> None:
    """The contractor agreed to the series, so this is no offer to answer: a date that is booked and paid."""
    _tell(
        meta,
        event,
        CONTRACTOR,
        "booking.updated/repeat_made",
        starts_at=event.starts_at,
        amount=event.amount,
        contract_id=event.contract_id,
    )


@subscribe(OccurrenceFailed)
def tell_of_refusal(event: OccurrenceFailed, meta: EventMeta) -> None:
    """The card is asked again."""
    _tell(
        meta,
        event,
        CUSTOMER,
        "booking.updated/repeat_retrying",
        starts_at=event.starts_at,
        amount=event.amount,
        again_at=event.again_at,
    )


@subscribe(OccurrenceNeedsCustomer)
def tell_of_need(event: OccurrenceNeedsCustomer, meta: EventMeta) -> None:
    """Only the customer can pay it."""
    _tell(
        meta,
        event,
        CUSTOMER,
        "booking.updated/repeat_needs_you",
        starts_at=event.starts_at,
        amount=event.amount,
        pay_until=event.pay_until,
    )


@subscribe(OccurrenceSkipped)
def tell_of_gap(event: OccurrenceSkipped, meta: EventMeta) -> None:
    """One date does not take place."""
    for party in _others(event):
        _tell(meta, event, party, "booking.updated/repeat_skipped", starts_at=event.starts_at)


def _others(event: RepeatEvent) -> list[str]:
    """Return who did not do it themselves."""
    return [party for party in (CUSTOMER, CONTRACTOR) if party != event.by]


def _tell(meta: EventMeta, event: RepeatEvent, party: str, message: str, **values: Any) -> None:
    user_id = event.customer_id if party == CUSTOMER else event.contractor_id
    params = {"repeat_id": event.repeat_id, "title": event.title, **values}
    tell(user_id=user_id, message=message, params=params, key=f"{meta.id}:{user_id}")
