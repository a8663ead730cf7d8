"""Bookings of the demo city: contractors with hours and packages, and a booking in every state around today."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from jobsphere.bookings import selectors, services
from jobsphere.bookings.types import (
    BookingDraft,
    CalendarSettings,
    Extra,
    PackageDetails,
    Special,
    SpecialKind,
    WeeklyRange,
)
from jobsphere.contracts import services as contracts
from jobsphere.contracts.types import CancellationPolicy, Handover
from jobsphere.db.transactions import edge_transaction
from jobsphere.demo.people import CURRENCY, Citizen
from jobsphere.demo.timeline import Story, act
from jobsphere.kit import clock
from jobsphere.kit.money import Money

ZONE = "Europe/London"
DAY = timedelta(days=1)
#: Monday to Friday with a lunch break, and Saturday morning.
WEEK = (
    *(WeeklyRange(day, *hours) for day in range(5) for hours in ((480, 720), (780, 1080))),
    WeeklyRange(5, 540, 780),
)
POLICIES = (CancellationPolicy.MODERATE, CancellationPolicy.FLEXIBLE, CancellationPolicy.STRICT)
#: How many contractors take bookings; Pat is the first of them.
OPEN = 6


def open_calendar(citizen: Citizen, number: int) -> UUID:
    """Let a contractor take bookings; returns their first package."""
    settings = CalendarSettings(
        time_zone=ZONE,
        buffer_after=30 if number % 2 else 15,
        notice_hours=2,
        step=30,
        arrival_minutes=30,
        cancellation_policy=POLICIES[number % 3],
    )
    assert citizen.trade, "a contractor of the demo city has one"
    task = citizen.trade.tasks[0]
    money = lambda amount: Money(amount, CURRENCY)  # noqa: E731
    holiday = clock.now().date() + 20 * DAY
    with edge_transaction():
        services.save_calendar(actor=citizen.actor, settings=settings, weekly=WEEK)
        services.add_special(
            actor=citizen.actor, special=Special(SpecialKind.OFF, holiday, holiday + 2 * DAY), note="Holiday"
        )
        first = services.add_package(
            actor=citizen.actor,
            package=PackageDetails(
                title=f"{task.title}: a visit and an offer",
                description="I look at it, measure, and you have a price in writing the same day.",
                minutes=60,
                price=money(45_00),
                category=citizen.trade.category,
            ),
        )
        services.add_package(
            actor=citizen.actor,
            package=PackageDetails(
                title="Half a day of small repairs",
                description="Bring a list. Small parts are included.",
                minutes=180,
                price=money(190_00),
                category=citizen.trade.category,
                extras=(
                    Extra(title="Take away what is old", minutes=30, price=money(25_00)),
                    Extra(title="Clean up afterwards", minutes=0, price=money(15_00)),
                ),
            ),
        )
    return first


def booked(customer: Citizen, contractor: Citizen, package: UUID, *, days: int, then: "After | None" = None) -> Story:
    """A free time is booked, accepted, and what comes `then`; without it, it waits for the contractor's answer."""
    booking_id = _book(customer, contractor, package, days)
    if booking_id is None or then is None:
        return
    yield timedelta(minutes=40)
    offer_id = selectors.booking(customer.actor, booking_id).offer_id
    act(lambda: contracts.accept_offer(actor=contractor.actor, offer_id=offer_id))
    yield timedelta(minutes=10)
    yield from then(customer, contractor, booking_id)


#: How a booking goes on once it is accepted.
After = Callable[[Citizen, Citizen, UUID], Story]


def waits(customer: Citizen, contractor: Citizen, booking_id: UUID) -> Story:
    """Nothing more: it lies ahead."""
    yield timedelta(0)


def moves(customer: Citizen, contractor: Citizen, booking_id: UUID) -> Story:
    """The customer proposes another time, and nobody has answered."""
    day = selectors.booking(customer.actor, booking_id).starts_at.date() + DAY
    found = selectors.slots_for_move(customer.actor, booking_id, first=day, last=day + 6 * DAY)
    act(lambda: services.reschedule(actor=customer.actor, booking_id=booking_id, starts_at=found.slots[0]))
    yield timedelta(0)


def cancels(customer: Citizen, contractor: Citizen, booking_id: UUID) -> Story:
    """The customer changes their mind in good time."""
    act(lambda: services.cancel_booking(actor=customer.actor, booking_id=booking_id, reason="We are away that day."))
    yield timedelta(0)


def happens(customer: Citizen, contractor: Citizen, booking_id: UUID) -> Story:
    """The contractor comes, checks in, does it, and is paid."""
    view = selectors.booking(contractor.actor, booking_id)
    yield view.starts_at - clock.now() - timedelta(minutes=30)
    act(lambda: services.set_out(actor=contractor.actor, booking_id=booking_id))
    yield timedelta(minutes=32)
    act(lambda: services.check_in(actor=contractor.actor, booking_id=booking_id))
    yield view.ends_at - view.starts_at
    contract_id = view.contract_id
    assert contract_id
    act(
        lambda: contracts.deliver_contract(
            actor=contractor.actor, contract_id=contract_id, work=Handover("All done as we said.")
        )
    )
    yield timedelta(hours=2)
    act(lambda: contracts.complete_contract(actor=customer.actor, contract_id=contract_id))


def misses(customer: Citizen, contractor: Citizen, booking_id: UUID) -> Story:
    """The customer says that nobody came, and the contractor has not answered."""
    view = selectors.booking(customer.actor, booking_id)
    yield view.starts_at - clock.now() + timedelta(minutes=30)
    act(
        lambda: services.report_no_show(
            actor=customer.actor, booking_id=booking_id, reason="I waited for half an hour and nobody called."
        )
    )


#: (days ago that it was booked, days from then to its time, how it goes on), in turns for the open contractors.
PLAN: tuple[tuple[float, int, After | None], ...] = (
    (12, 3, happens),
    (0.6, 1, waits),
    (0.5, 4, moves),
    (0.3, 3, None),
    (6, 4, cancels),
    (3.5, 2, misses),
)


def stories(now: datetime, customers: list[Citizen], contractors: list[Citizen]) -> list[tuple[datetime, Story]]:
    """Return when which booking begins: all of the plan for Pat, of whom Casey books, and one for each other."""
    opened: dict[int, UUID] = {}

    def told(number: int, customer: Citizen, days: int, then: After | None) -> Story:
        contractor = contractors[number]
        if number not in opened:
            opened[number] = open_calendar(contractor, number)
        yield from booked(customer, contractor, opened[number], days=days, then=then)

    pats = [(now - DAY * ago, told(0, customers[0], days, then)) for ago, days, then in PLAN]
    others = [
        (now - DAY * ago, told(number, customers[number], days, then))
        for number, (ago, days, then) in zip(range(1, OPEN), PLAN, strict=False)
    ]
    return [*pats, *others]


def _book(customer: Citizen, contractor: Citizen, package: UUID, days: int) -> UUID | None:
    first = clock.now().date() + days * DAY
    found = selectors.availability(contractor.actor.known_id(), first=first, last=first + 4 * DAY, package_id=package)
    if not found.slots:
        return None
    draft = BookingDraft(
        contractor_id=contractor.actor.known_id(), package_id=package, starts_at=found.slots[0], place="Old Town"
    )
    with edge_transaction():
        return services.book(actor=customer.actor, draft=draft, payment_method="pm_card_visa")
