"""The books survive everything: random lives of offers, with faults, power cuts and any order of events.

The same examples run everywhere. FAULTS_EXAMPLES=500 FAULTS_SEED=7 looks further, and FAULTS_SHRINK=1 shrinks what it
finds.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.machine import MoneyMachine
from tests.faults.world import World

#: Short independent runs differ more from each other than one long run does from itself, and share the cores.
CHAPTERS = [
    *((0, "sandbox"), (1, "sandbox")),
    *((2, "sandbox_paystack"), (3, "sandbox_paystack")),
    (4, "fallback"),
]
EXAMPLES = int(os.environ.get("FAULTS_EXAMPLES", "3"))
STEPS = int(os.environ.get("FAULTS_STEPS", "12"))
SEED = int(os.environ.get("FAULTS_SEED", "0"))


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("chapter", "world"), CHAPTERS, indirect=["world"])
def test_the_books_survive_everything(world: World, chapter: int):
    MoneyMachine.world = world
    machine = type(f"Chapter{chapter}", (MoneyMachine,), {})
    run_state_machine_as_test(seed(SEED * len(CHAPTERS) + chapter)(machine), settings=how_long())


def how_long() -> settings:
    """Return the same short run everywhere, or a long one that was asked for."""
    return settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=[Phase.generate, Phase.shrink] if os.environ.get("FAULTS_SHRINK") else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
