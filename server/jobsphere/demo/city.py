"""The demo city: one town, a year of work, 150 jobs in every status, and books that balance."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from jobsphere.db.transactions import edge_transaction
from jobsphere.demo import bookings, deals, hours, subscriptions
from jobsphere.demo.deals import Deal
from jobsphere.demo.people import CURRENCY, Citizen, connect_bank, settle_people
from jobsphere.demo.timeline import Story, Timeline, act, set_clock
from jobsphere.demo.trades import TRADES
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import DomainError
from jobsphere.kit.money import Money
from jobsphere.ledger.runs import reconcile_nightly
from jobsphere.notifications import services as notifications
from jobsphere.outbox.subscriptions import name_of
from jobsphere.outbox.worker import drain
from jobsphere.payments import selectors as payment_reads
from jobsphere.payments import services as payments
from jobsphere.payments.tasks import deliver_sandbox_events

YEAR = timedelta(days=365)
DAY = timedelta(days=1)

Tell = Callable[[Deal], Story]

#: How many jobs of each kind, how many days ago they were posted (from, to), and how they go.
PLAN: tuple[tuple[int, float, float, Tell], ...] = (
    (64, 355, 24, deals.reviewed),
    (6, 300, 30, deals.cancelled_contract),
    (9, 330, 10, deals.called_off),
    (8, 120, 36, deals.posted),  # nobody was hired, so they have expired
    (5, 6, 4, deals.hired),
    (9, 9, 6, deals.begun),
    (8, 10, 8, deals.delivered),
    (3, 12, 10, deals.held),
    (6, 2.5, 1.6, deals.offered),
    (26, 18, 1, deals.posted),
    (6, 9, 1, deals.drafted),
)


def build(progress: Callable[[float], None], *, seed: int = 7) -> int:
    """Build the city in an empty marketplace; returns the number of jobs. The same seed makes the same city."""
    rng = random.Random(seed)
    now, before = clock.now(), clock.offset()
    set_clock(now - YEAR)
    try:
        customers, contractors, admin = settle_people(rng)
    finally:
        clock.set_offset(before)
    timeline = Timeline(housework=housework)
    jobs = 0
    for number, longest, shortest, tell in PLAN:
        for index in range(number):
            ago = longest - (longest - shortest) * (index + rng.random() * 0.5) / number
            deal = cast_deal(rng, index, customers, contractors, admin)
            timeline.add(now - DAY * ago, tell(deal))
            jobs += 1
    for index, contractor in enumerate(contractors[:18]):
        timeline.add(now - YEAR + DAY * (20 + index), withdrawing(contractor, rng, now))
    sam = contractors[1]
    steady = (hours.story(now, customers[0], sam), subscriptions.story(now, admin, sam))
    for begins, story in [*bookings.stories(now, customers, contractors), *steady]:
        timeline.add(begins, story)
    timeline.add(now - DAY * 2.5, catching_up([*customers, *contractors]))
    timeline.play(now, progress)
    prove_books()
    return jobs


def cast_deal(
    rng: random.Random, index: int, customers: list[Citizen], contractors: list[Citizen], admin: Actor
) -> Deal:
    """Choose who posts what and who proposes. Casey and Pat get every fourth deal, so their logins have a life."""
    trade = TRADES[2] if index % 4 == 0 else rng.choice(TRADES)
    able = [citizen for citizen in contractors if citizen.trade is trade]
    rng.shuffle(able)
    if index % 4 == 0:
        able.sort(key=lambda citizen: citizen is not contractors[0])
    customer = customers[0] if index % 4 == 0 or rng.random() < 0.04 else rng.choice(customers[1:])
    rivals = able[: rng.randint(1, max(1, min(3, len(able))))]
    return Deal(rng, customer, rivals, rng.choice(trade.tasks), trade.category, admin)


def withdrawing(contractor: Citizen, rng: random.Random, end: datetime) -> Story:
    """A contractor with a bank account who withdraws now and then, leaving something in the wallet lately."""
    connect_bank(contractor)
    while True:
        yield DAY * rng.uniform(20, 45)
        if clock.now() > end - 60 * DAY:
            return  # what was earned since then is in the wallet
        available = payment_reads.wallet(contractor.actor).available(CURRENCY)
        if available > Money(2_000, CURRENCY):
            try:
                with edge_transaction():
                    payments.request_withdrawal(actor=contractor.actor, amount=available)
            except DomainError:
                continue  # the gate may be closed for a day; the money stays in the wallet


def catching_up(citizens: list[Citizen]) -> Story:
    """Everybody has read what they were told in a year; what the last days bring waits for them."""
    housework()
    for citizen in citizens:
        act(lambda citizen=citizen: notifications.mark_all_read(actor=citizen.actor))  # type: ignore[misc]
    yield DAY


def prove_books() -> None:
    """Reconcile once, as every night does from now on, so that the operator finds the first proof kept."""
    reconcile_nightly()
    drain(max_seconds=300, without={name_of(reconcile_nightly)})


def housework() -> None:
    """Let the gateway and the queue do what they would have done meanwhile.

    The books are proved when the city stands, not in each night of its year: that is most of the time it would take.
    """
    deliver_sandbox_events()
    drain(max_seconds=300, without={name_of(reconcile_nightly)})
