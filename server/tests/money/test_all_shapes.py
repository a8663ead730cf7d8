"""Every shape of work at once, in any order, with refunds and cancellations: the pages explain the books (issue 7).

Without more ado one order is played, in which every shape and every verb comes about. `SHAPES_EXAMPLES=200` looks
further, and elsewhere each time.
"""

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from conftest import empty_tables
from jobsphere.contracts import services as contracts
from jobsphere.contracts.models import TimeEntry
from jobsphere.contracts.tests.conftest import upload as upload
from jobsphere.contracts.types import Change, ChangeKind, ContractView, FundingShape, Handover, MilestoneView
from jobsphere.hours import services as hours
from jobsphere.hours.models import Week
from jobsphere.hours.tests.conftest import GOOD_CARD
from jobsphere.hours.tests.conftest import own_clock as own_clock
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import DomainError
from jobsphere.kit.money import Money
from jobsphere.payments.gateways.registry import forget_gateways
from jobsphere.profiles import services as profiles
from jobsphere.repeats import services as repeats
from jobsphere.repeats.models import Repeat
from jobsphere.repeats.rules.dates import Every
from tests.cast import person
from tests.faults import invariants
from tests.marketplace import edge, usd
from tests.money.everything import START, Company, accounts, explain, explain_with_documents
from tests.stories.people import DECLINED_CARD

MORE = int(os.environ.get("SHAPES_EXAMPLES", "0"))
#: Odd to the cent, so that shares of fees leave something over.
PRICE = 400_07
Thing = TypeVar("Thing")


class Mixed(Company):
    """Steps that pick among what is there. A verb that is refused must leave the books as they were."""

    ada: Actor
    #: The shapes that began and the verbs that were not refused.
    done: set[str]

    def begins(self, shape: Callable[["Mixed"], None]) -> None:
        """Begin a contract of a shape."""
        shape(self)
        self.done.add(shape.__name__)
        self.looks()

    def tries(self, verb: Callable[..., Any], actor: Actor, **options: Any) -> Any:
        """Run a verb and look at the books; False when it was refused."""
        before = accounts()
        try:
            result = self.do(verb, actor, **options)
        except DomainError:
            assert accounts() == before
            return False
        self.done.add(verb.__name__)
        self.looks()
        return result

    def looks(self) -> None:
        """Everybody hears of it, and the accountant looks."""
        self.tick()
        invariants.after_every_step()
        explain(self)

    # --- shapes: each of them once in an example

    def upfront(self) -> None:
        """Pay all of it at once."""
        self.contract_of(PRICE, FundingShape.UPFRONT)

    def by_milestone(self) -> None:
        """Pay a milestone when it is its turn."""
        self.contract_of(PRICE + 1, FundingShape.BY_MILESTONE)

    def deposit(self) -> None:
        """Pay a deposit first."""
        self.contract_of(PRICE + 2, FundingShape.DEPOSIT, deposit=part_of(usd(PRICE), 30))

    def hourly(self) -> None:
        """Hire by the hour."""
        self.hire(rate=37_33, cap=301)

    def booking(self) -> None:
        """Book a time."""
        self.book(PRICE + 3, days=2)

    def series(self) -> None:
        """Book a time, every week."""
        self.repeat(Every.WEEKLY, PRICE + 4)

    # --- what happens to them

    def wait(self, which: int, _: int) -> None:
        """Time passes: an hour, a day or two, or more than a week."""
        self.at(clock.now() + timedelta(hours=(1, 24, 24, 73, 73, 200)[which]))
        self.looks()

    def pay_in(self, which: int, share: int) -> None:
        """Casey pays the next part in, now and then by a card that is refused."""
        if milestone := pick(self.milestones("pending"), which):
            card = DECLINED_CARD if share == 1 else GOOD_CARD
            self.tries(contracts.fund_milestone, self.casey, milestone_id=milestone.id, payment_method=card)

    def hand_in(self, which: int, _: int) -> None:
        """Pat is done with all that is paid in."""
        if contract := pick(self.running(), which):
            self.tries(contracts.deliver_contract, self.pat, contract_id=contract.id, work=Handover("Done."))

    def approve(self, which: int, _: int) -> None:
        """Casey approves a milestone."""
        if milestone := pick(self.milestones("submitted"), which):
            self.tries(contracts.release_milestone, self.casey, milestone_id=milestone.id)

    def change(self, which: int, share: int) -> None:
        """Pat proposes, Casey agrees, and pays what it costs more; or does not."""
        if not (contract := pick(self.running(), which)):
            return
        line = Change(ChangeKind.ADD, title="Dry the wall", amount=part_of(usd(PRICE), 20))
        if which % 3:
            milestone = contract.milestones[which % len(contract.milestones)]
            line = Change(ChangeKind.PRICE, milestone.id, amount=part_of(milestone.amount, 60 + share))
        order_id = self._agree(contract, line)
        if order_id and share != 50:
            self.tries(contracts.fund_change, self.casey, order_id=order_id, payment_method=GOOD_CARD)

    def thank(self, which: int, share: int) -> None:
        """Casey tips."""
        if contract := pick(self.contracts(), which):
            amount = part_of(contract.amount, share)
            if tip_id := self.tries(contracts.give_tip, self.casey, contract_id=contract.id, amount=amount):
                paid = self.tries(contracts.fund_tip, self.casey, tip_id=tip_id, payment_method=GOOD_CARD)
                if paid and share == 7:
                    self.tries(contracts.refund_tip, self.ada, tip_id=tip_id, reason="It was meant for another one.")

    def lay_out(self, which: int, share: int) -> None:
        """Pat buys something; they agree on a cap first, which may be too low."""
        if not (contract := pick(self.running(), which)):
            return
        self._agree(contract, Change(ChangeKind.EXPENSES, amount=usd(600_00)))
        claim = self.claim(contract.id, 7_77 * share)
        if expense_id := self.tries(contracts.claim_expense, self.pat, **claim):
            pays = {"expense_id": expense_id, "payment_method": GOOD_CARD}
            if self.tries(contracts.fund_expense, self.casey, **pays) and share == 33:
                self.tries(contracts.refund_expense, self.ada, expense_id=expense_id, reason="It was bought twice.")

    def give_back(self, which: int, share: int) -> None:
        """Pat gives a share back, before or after it was released."""
        statuses = ("released",) if which % 2 else ("funded", "in_progress", "submitted")
        if milestone := pick(self.milestones(*statuses), which):
            part = {} if share == 100 else {"amount": part_of(milestone.amount, share)}
            wish = {"milestone_id": milestone.id, "reason": "The tiles came loose.", **part}
            self.tries(contracts.refund_milestone, self.pat, **wish)

    def call_off(self, which: int, share: int) -> None:
        """One of them gives up; who is by the hour ends the hours."""
        if contract := pick(self.running(), which):
            someone = self.casey if share > 30 else self.pat
            why = "It does not work out."
            if contract.funding is FundingShape.WEEKLY:
                self.tries(hours.end_hours, someone, deal_id=self.deal.pk, reason=why)
            else:
                self.tries(contracts.cancel_contract, someone, contract_id=contract.id, reason=why)

    def log_hours(self, which: int, share: int) -> None:
        """Pat works by the hour, and logs it."""
        if hasattr(self, "deal"):
            starts_at = clock.now().replace(second=0, microsecond=0)
            ends_at = starts_at + timedelta(minutes=31 + share + 7 * which)
            self.at(ends_at + timedelta(minutes=1))
            times = {"started_at": starts_at, "ended_at": ends_at}
            self.tries(contracts.log_time, self.pat, contract_id=self.deal.contract_id, **times)

    def doubt_hours(self, which: int, _: int) -> None:
        """Casey doubts an entry of the last week; Pat gives in, or nobody does anything."""
        week = Week.objects.filter(status="closed").order_by("number").last()
        entry = TimeEntry.objects.filter(milestone=week.milestone).first() if week else None
        if week is None or entry is None:
            return
        doubt = {"week_id": week.pk, "entry_ids": [entry.pk], "reason": "Not these."}
        if self.tries(hours.dispute_hours, self.casey, **doubt) and which % 2:
            week.refresh_from_db()
            wish = {"milestone_id": week.disputed_milestone_id, "reason": "You are right."}
            self.tries(contracts.refund_milestone, self.pat, **wish)

    def stop(self, which: int, _: int) -> None:
        """Staff stop the money of a contract, or let it go on; or a date of the series is left out."""
        row = Repeat.objects.first()
        if row and which % 2:
            day = row.next_at.astimezone(START.tzinfo).date()
            self.tries(repeats.skip_date, self.casey, repeat_id=row.pk, due_on=day)
        elif contract := pick(self.running(), which):
            verb = contracts.resume_contract if contract.held_at else contracts.hold_contract
            self.tries(verb, self.ada, contract_id=contract.id, reason="A look at it.")

    def reprice(self, which: int, share: int) -> None:
        """The series is to cost something else in two weeks; Casey agrees, or ends it there."""
        if row := Repeat.objects.first():
            wish = {"amount": part_of(usd(PRICE), 60 + share), "new_from": (clock.now() + timedelta(days=15)).date()}
            if self.tries(repeats.propose_price, self.pat, repeat_id=row.pk, **wish) is not False:
                answer = {"amount": wish["amount"]} if which % 3 else {}
                verb = repeats.agree_price if answer else repeats.decline_price
                self.tries(verb, self.casey, repeat_id=row.pk, **answer)

    def rest(self, which: int, _: int) -> None:
        """The series pauses, or goes on."""
        if row := Repeat.objects.first():
            verb = repeats.resume_repeat if row.status == "paused" else repeats.pause_repeat
            self.tries(verb, self.pat if which % 2 else self.casey, repeat_id=row.pk)

    # --- what is there

    def _agree(self, contract: ContractView, line: Change) -> Any:
        wish = {"contract_id": contract.id, "changes": [line], "reason": "The wall is wet."}
        if order_id := self.tries(contracts.propose_change, self.pat, **wish):
            self.tries(contracts.accept_change, self.casey, order_id=order_id)
        return order_id

    def running(self) -> list[ContractView]:
        """Return the contracts that are not over."""
        return [each for each in self.contracts() if each.status == "active"]

    def milestones(self, *statuses: str) -> list[MilestoneView]:
        """Return the milestones of all contracts in these statuses."""
        return [each for one in self.contracts() for each in one.milestones if each.status in statuses]


def pick(things: Sequence[Thing], which: int) -> Thing | None:
    return things[which % len(things)] if things else None


def part_of(amount: Money, share: int) -> Money:
    return usd(max(amount.amount * share // 100, 1))


SHAPES = [Mixed.upfront, Mixed.by_milestone, Mixed.deposit, Mixed.hourly, Mixed.booking, Mixed.series]
#: What must come about to reach deep states is drawn more often.
STEPS = [
    *[Mixed.wait, Mixed.wait, Mixed.pay_in, Mixed.pay_in, Mixed.hand_in, Mixed.approve, Mixed.change, Mixed.log_hours],
    *[Mixed.thank, Mixed.lay_out, Mixed.give_back, Mixed.give_back, Mixed.call_off, Mixed.doubt_hours, Mixed.stop],
    *[Mixed.reprice, Mixed.rest],
]
#: What the steps do, and so must have come about in the order below.
VERBS = [
    *[contracts.fund_milestone, contracts.deliver_contract, contracts.release_milestone, contracts.refund_milestone],
    *[contracts.propose_change, contracts.accept_change, contracts.fund_change, contracts.cancel_contract],
    *[contracts.give_tip, contracts.fund_tip, contracts.claim_expense, contracts.fund_expense],
    contracts.refund_expense,
    contracts.refund_tip,
    *[contracts.hold_contract, contracts.resume_contract, contracts.log_time],
    *[hours.dispute_hours, hours.end_hours, repeats.skip_date],
    *[repeats.propose_price, repeats.agree_price, repeats.pause_repeat, repeats.resume_repeat],
]
#: One order in which nothing is left out. Every third step begins a shape: `which` counts what is there by then.
ORDER = [Mixed.upfront, Mixed.by_milestone, Mixed.hourly, Mixed.booking, Mixed.deposit, Mixed.series]
SEQUENCE = [
    *[(Mixed.change, 0, 7), (Mixed.hand_in, 0, 7), (Mixed.approve, 0, 7)],
    *[(Mixed.pay_in, 0, 7), (Mixed.give_back, 1, 50), (Mixed.thank, 0, 33)],
    *[(Mixed.log_hours, 2, 100), (Mixed.lay_out, 1, 33), (Mixed.wait, 3, 1)],
    *[(Mixed.wait, 3, 1), (Mixed.doubt_hours, 1, 1), (Mixed.stop, 0, 1)],
    *[(Mixed.stop, 0, 1), (Mixed.pay_in, 0, 7), (Mixed.give_back, 0, 100)],
    *[(Mixed.stop, 1, 1), (Mixed.call_off, 2, 100), (Mixed.call_off, 1, 7)],
    *[(Mixed.reprice, 1, 33), (Mixed.rest, 0, 1), (Mixed.rest, 1, 1), (Mixed.thank, 0, 7)],
]
steps = st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.sampled_from([1, 7, 33, 50, 100]))


@pytest.fixture
def begin(transactional_db: None, sandbox: Any, upload: Any, settings: Any, tmp_path: Path) -> Any:
    """Return a function that starts an example: nothing is left of the one before."""
    number = 0

    def start() -> Mixed:
        nonlocal number
        number += 1
        empty_tables()
        settings.DATA_DIR = tmp_path / str(number)
        settings.DATA_DIR.mkdir()
        forget_gateways()
        with edge():
            profiles.load_taxonomy()
        clock.set_offset(START - clock.machine_now())
        casey, pat = person("Casey Customer", is_customer=True), person("Pat Contractor", is_contractor=True)
        mixed = Mixed(casey, pat, sandbox, upload)
        mixed.done = set()
        mixed.ada = person("Ada Admin", is_staff=True, is_superuser=True)
        return mixed

    return start


@settings(
    max_examples=MORE or 1,
    phases=[Phase.generate, Phase.shrink] if MORE else [Phase.explicit],
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@example(order=ORDER, sequence=SEQUENCE)
@given(order=st.permutations(SHAPES), sequence=st.lists(steps, min_size=18, max_size=22))
def test_all_shapes_in_any_order_are_explained_by_their_pages(begin: Any, order: Any, sequence: Any) -> None:
    mixed = begin()
    for number, (step, which, share) in enumerate(sequence):
        if number % 3 == 0 and number // 3 < len(order):
            mixed.begins(order[number // 3])
        step(mixed, which, share)
    for _ in range(2):
        mixed.wait(5, 0)
    explain_with_documents(mixed)
    if sequence is SEQUENCE:
        missing = {each.__name__ for each in [*SHAPES, *VERBS]} - mixed.done
        assert not missing, f"never came about: {sorted(missing)}"
