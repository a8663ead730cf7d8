"""Series as their two see them; a page of them costs the same queries, however long it is."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.payments import selectors as payments
from jobsphere.payments.types import SavedMethodView
from jobsphere.repeats import policies
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.lifecycle import (
    CUSTOMER,
    GIVE_UP_BEFORE,
    LIVE,
    MAKE_BEFORE,
    SHOWN_AHEAD,
    UNPAID,
    OccurrenceStatus,
    RepeatStatus,
)
from jobsphere.repeats.services.making import price_of
from jobsphere.repeats.services.turns import rhythm
from jobsphere.repeats.types import DateView, Every, OccurrenceView, PriceChange, RepeatView
from jobsphere.users.selectors import people
from jobsphere.users.types import Person

#: So many past dates are shown.
SHOWN_PAST = 12


def repeats(viewer: Actor, *, live: bool = False, contract_id: UUID | None = None) -> "QuerySet[Repeat]":
    """Return the viewer's series for the API to page; `contract_id`: the one that a contract is part of."""
    rows = policies.repeats_of(viewer)
    if live:
        rows = rows.filter(status__in=LIVE)
    if contract_id:
        made = Occurrence.objects.filter(contract_id=contract_id).values("repeat_id")
        rows = rows.filter(Q(pk__in=made) | Q(offer__contract__id=contract_id))
    return rows


def repeat_views(viewer: Actor, rows: Sequence[Repeat]) -> list[RepeatView]:
    """Present a page of series; three queries whatever its size."""
    if not rows:
        return []
    known = people({each for row in rows for each in (row.customer_id, row.contractor_id)})
    found: dict[UUID, list[Occurrence]] = defaultdict(list)
    for each in Occurrence.objects.filter(repeat__in=rows).order_by("-number"):
        found[each.repeat_id].append(each)
    cards = {each.id: each for each in payments.saved_methods(viewer)} if viewer.id else {}
    return [_view(viewer, row, found[row.pk], known, cards) for row in rows]


def repeat(viewer: Actor, repeat_id: UUID) -> RepeatView:
    """Return a series of the viewer's; raises NotFound."""
    return repeat_views(viewer, [policies.get_repeat_for(viewer, repeat_id)])[0]


def is_of_a_series(offer_id: UUID) -> bool:
    """Say whether the clock made an offer, for people who agreed to the series before."""
    return Occurrence.objects.filter(offer_id=offer_id).exists()


def repeats_to_make(limit: int) -> list[UUID]:
    """Return the series of which an occurrence is due to be made, the most urgent first."""
    due = Repeat.objects.filter(status=RepeatStatus.ACTIVE, next_at__lte=clock.now() + MAKE_BEFORE)
    return list(due.order_by("next_at").values_list("pk", flat=True)[:limit])


def occurrences_to_try(limit: int) -> list[UUID]:
    """Return the dates whose card is asked again now, the oldest first."""
    due = Occurrence.objects.filter(status=OccurrenceStatus.FAILED, next_try_at__lte=clock.now())
    return list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit])


def occurrences_to_give_up(limit: int) -> list[UUID]:
    """Return the dates that are not paid and start too soon, the most urgent first."""
    late = Occurrence.objects.filter(status__in=UNPAID, starts_at__lte=clock.now() + GIVE_UP_BEFORE)
    return list(late.order_by("starts_at").values_list("pk", flat=True)[:limit])


def _view(
    viewer: Actor,
    row: Repeat,
    occurrences: list[Occurrence],
    known: dict[UUID, Person],
    cards: dict[UUID, SavedMethodView],
) -> RepeatView:
    party = policies.party_of(viewer, row) or ""
    is_customer = party == CUSTOMER
    card = cards.get(row.method_id) if is_customer and row.method_id else None
    return RepeatView(
        id=row.pk,
        status=RepeatStatus(row.status),
        title=row.title,
        every=Every(row.every),
        time_zone=row.time_zone,
        minutes=row.minutes,
        price=price_of(row, row.next_number) or Money(row.amount, row.currency),
        price_change=_change(row),
        customer=known.get(row.customer_id, Person(row.customer_id, "")),
        contractor=known.get(row.contractor_id, Person(row.contractor_id, "")),
        mine=party,
        offer_id=row.offer_id,
        card=f"{card.brand} {card.last4}" if card else "",
        method_id=card.id if card else None,
        next_at=row.next_at if row.status in LIVE else None,
        dates=_dates(row, occurrences) if row.status in LIVE else (),
        occurrences=tuple(_occurrence(row, each, shows_why=is_customer) for each in occurrences[:SHOWN_PAST]),
        needs_customer=is_customer and any(each.status == OccurrenceStatus.NEEDS_CUSTOMER for each in occurrences),
        reason=row.reason,
        created_at=row.created_at,
        allowed_actions=policies.allowed_on_repeat(viewer, row),
    )


def _dates(row: Repeat, occurrences: list[Occurrence]) -> tuple[DateView, ...]:
    timing, skipped = rhythm(row), {each.number for each in occurrences}
    return tuple(
        DateView(timing.day(number), timing.starts_at(number), price_of(row, number), number in skipped)
        for number in range(row.next_number, row.next_number + SHOWN_AHEAD)
    )


def _change(row: Repeat) -> PriceChange | None:
    if row.new_amount is None or row.new_from is None:
        return None
    return PriceChange(Money(row.new_amount, row.currency), row.new_from, row.new_agreed_at is not None)


def _occurrence(row: Repeat, each: Occurrence, *, shows_why: bool) -> OccurrenceView:
    unpaid = each.status in UNPAID
    return OccurrenceView(
        id=each.pk,
        due_on=each.due_on,
        starts_at=each.starts_at,
        ends_at=each.ends_at,
        price=Money(each.amount, row.currency),
        # What a bank says of a card is the customer's; the contractor sees that it is not paid yet.
        status=OccurrenceStatus(each.status) if shows_why or not unpaid else OccurrenceStatus.CHARGING,
        reason=each.reason if shows_why else "",
        offer_id=each.offer_id if shows_why or each.contract_id else None,
        contract_id=each.contract_id,
        next_try_at=each.next_try_at if shows_why else None,
        pay_until=each.starts_at - GIVE_UP_BEFORE,
    )
