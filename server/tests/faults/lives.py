"""Whole lives of an offer, for the fast-forward rule: single steps rarely line up so far by chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.faults.rules import AMOUNTS, BANKS, CUTS, FAULTS, TARGETS, WHICH

Plan = Callable[[], Any]


@dataclass(frozen=True)
class Life:
    """What is drawn for one life."""

    story: str
    which: int
    amount: int
    funding: str
    bank: int
    challenge: bool
    rival: bool
    fault: tuple[str, int] | None
    fault_at: int
    cut: tuple[str, int] | None
    cut_at: int


def _hired(machine: Any) -> list[Plan]:
    return [machine.prove_newest, machine.accept_newest]


def _earned(machine: Any) -> list[Plan]:
    return [*_hired(machine), lambda: machine.deliver(-1), lambda: machine.release(-1), lambda: machine.release(-1)]


def paid(machine: Any, life: Life) -> list[Plan]:
    """Hired, worked, approved, withdrawn, arrived."""
    return [
        *_earned(machine),
        lambda: machine.become_payable(life.which, life.bank, automatic=False),
        lambda: machine.withdraw(life.which, share=100),
        lambda: machine.wait(timedelta(hours=1)),
    ]


def bounced(machine: Any, life: Life) -> list[Plan]:
    """The bank sends it back afterwards, and it is withdrawn again."""
    again: list[Plan] = [lambda: machine.bounce_payout(-1), lambda: machine.withdraw(life.which, share=50)]
    return [*paid(machine, life), *again]


def refused(machine: Any, life: Life) -> list[Plan]:
    """The gateway closes the gate between two withdrawals."""
    return [
        *_earned(machine),
        lambda: machine.become_payable(life.which, life.bank, automatic=False),
        lambda: machine.restrict(life.which),
        lambda: machine.withdraw(life.which, share=50),
        lambda: machine.unrestrict(life.which),
        lambda: machine.withdraw(life.which, share=100),
    ]


def refunded(machine: Any, life: Life) -> list[Plan]:
    """A part goes back, then all of the other milestone; the bank of the card refuses it at first."""
    return [
        *_hired(machine),
        lambda: machine.refund(-1, share=7 * (life.which + 1)),
        lambda: machine.refund(-2, share=100),
        lambda: machine.bounce_refund(-1),
        lambda: machine.deliver(-1),
        lambda: machine.release(-1),
    ]


def cancelled(machine: Any, life: Life) -> list[Plan]:
    """One of them gives up, before or after work has started."""
    work: list[Plan] = [lambda: machine.start(-1), lambda: machine.submit(-1)][: life.which]
    return [*_hired(machine), *work, lambda: machine.cancel(-1, by_customer=life.which != 1)]


def sent_back(machine: Any, life: Life) -> list[Plan]:
    """Work is sent back, and then nobody says anything for a long time."""
    return [
        *_hired(machine),
        lambda: machine.deliver(-1),
        lambda: machine.request_changes(life.which),
        lambda: machine.wait(timedelta(days=7.5)),
    ]


def charged_back(machine: Any, life: Life) -> list[Plan]:
    """The customer's bank takes the money back: before the release, after it, or after the withdrawal."""
    before = [_hired(machine), _earned(machine)[:-1], _earned(machine), paid(machine, life)][life.which]
    return [
        *before,
        lambda: machine.charge_back(-1, share=(100, 100, 30, 100)[life.which]),
        lambda: machine.withdraw(life.which, share=100),
        lambda: machine.decide(-1, won=life.amount % 2 == 0),
        lambda: machine.deliver(-1),
        lambda: machine.release(-1),
    ]


def given_back(machine: Any, life: Life) -> list[Plan]:
    """Money goes back after its release, in part or whole, perhaps when it is at the contractor's bank already."""
    before = paid(machine, life) if life.which % 2 else _earned(machine)
    return [
        *before,
        lambda: machine.refund_released(-1, share=(30, 100)[life.which // 2]),
        lambda: machine.bounce_refund(-1),
        lambda: machine.refund_released(-2, share=7),
        lambda: machine.charge_back(-1, share=30),
    ]


def in_parts(machine: Any, life: Life) -> list[Plan]:
    """What was left open is paid in while the first part is worked on; then one side may end it."""
    ends: list[Plan] = [
        lambda: machine.release(-1),
        lambda: machine.cancel(-1, by_customer=True),
        lambda: machine.charge_back(-1, share=100),
        lambda: machine.refund(-1, share=30),
    ]
    return [
        *_hired(machine),
        lambda: machine.start(0),
        lambda: machine.fund(-1, card=5 if life.challenge else 0),
        machine.prove_newest,
        lambda: machine.deliver(-1),
        lambda: machine.release(0),
        ends[life.which],
    ]


def changed(machine: Any, life: Life) -> list[Plan]:
    """A price or the work changes, is agreed on, paid and done; or the contract ends while it is being paid."""
    kind, price = (("price", 130), ("price", 60), ("add", 100), ("price", 200))[life.which]
    ends: list[Plan] = [machine.prove_newest, lambda: machine.cancel(-1, by_customer=False), machine.prove_newest]
    return [
        *_hired(machine),
        lambda: machine.propose_change(life.which, kind=kind, price=price, by_customer=life.rival),
        lambda: machine.answer_change(-1, verb="accept"),
        lambda: machine.pay_change(-1, card=5 if life.challenge else 0),
        ends[life.amount % 3],
        lambda: machine.fund(-1, card=0),
        lambda: machine.deliver(-1),
        lambda: machine.release(-1),
    ]


def tipped(machine: Any, life: Life) -> list[Plan]:
    """Thanked in money, once it is done or before; and perhaps the bank takes the thanks back."""
    before = _earned(machine) if life.which % 2 else _hired(machine)
    return [
        *before,
        lambda: machine.tip(-1, share=50),
        lambda: machine.pay_tip(-1, card=5 if life.challenge else 0),
        machine.prove_newest,
        lambda: machine.charge_back(-1, share=(100, 30)[life.which // 2]),
        lambda: machine.withdraw(life.which, share=100),
    ]


def by_the_hour(machine: Any, life: Life) -> list[Plan]:
    """A week of hours is paid in, worked and stated; some are doubted, and then one of them gives in, or ends it."""
    ends: list[Plan] = [
        lambda: machine.refund(-1, share=100),
        lambda: machine.release(-1),
        lambda: machine.charge_back(-1, share=100),
        lambda: machine.end_hours(-1, by_customer=life.rival),
    ]
    return [
        *_hired(machine),
        lambda: machine.wait(timedelta(hours=5)),
        lambda: machine.log_hours(-1, minutes=240),
        lambda: machine.fund(0, card=5 if life.challenge else 0),
        machine.prove_newest,
        lambda: machine.wait(timedelta(days=7.5)),
        lambda: machine.doubt_hours(-1),
        ends[life.which],
    ]


def lost_interest(machine: Any, life: Life) -> list[Plan]:
    """The offer is withdrawn, rejected, or left alone; the money that was reserved goes back."""
    ends: list[Plan] = [
        lambda: machine.withdraw_offer(-1),
        lambda: machine.reject(-1),
        lambda: machine.wait(timedelta(days=3.5)),
        lambda: machine.capture_elsewhere(3),
    ]
    return [machine.prove_newest, ends[life.which]]


STORIES: dict[str, Callable[[Any, Life], Sequence[Plan]]] = {
    story.__name__: story
    for story in (
        *(paid, bounced, refused, refunded, cancelled, sent_back, charged_back, given_back, lost_interest),
        *(in_parts, changed, tipped, by_the_hour),
    )
}
LIVES = st.builds(
    Life,
    story=st.sampled_from(sorted(STORIES)),
    which=WHICH,
    amount=AMOUNTS,
    funding=st.sampled_from(["upfront", "upfront", "by_milestone", "deposit"]),
    bank=BANKS,
    challenge=st.booleans(),
    rival=st.booleans(),
    fault=st.one_of(st.none(), st.tuples(FAULTS, TARGETS)),
    fault_at=st.integers(0, 8),
    cut=CUTS,
    cut_at=st.integers(0, 8),
)
