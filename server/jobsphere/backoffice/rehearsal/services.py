"""Playing an exercise."""

from collections.abc import Mapping
from typing import Any

from jobsphere.audit import services as audit
from jobsphere.backoffice.policies import FINANCE
from jobsphere.backoffice.rehearsal import stage
from jobsphere.backoffice.rehearsal.exercises import exercise, read
from jobsphere.backoffice.rehearsal.gate import require_rehearsal
from jobsphere.backoffice.rehearsal.types import Act, Outcome, Proof
from jobsphere.kit.actor import Actor, require_right


def prepare(*, actor: Actor, name: str, values: Mapping[str, Any]) -> Act:
    """Find what an exercise plays with and note in the trail who asked for it; the act that is returned does it.

    The act runs after this transaction, as a gateway stands outside of it. Raises NotFound where there is no rehearsal,
    Forbidden without the right "finance", InvalidInput, NothingToRehearse.
    """
    require_rehearsal()
    require_right(actor, FINANCE)
    asked = exercise(name)
    given = read(asked, values)
    act = asked.prepare(given)
    audit.record(actor=actor, verb=f"rehearsal.{name}", target_type="rehearsal", detail=given)
    return act


def play(name: str, act: Act) -> Outcome:
    """Do it, let its consequences happen, and prove the books; outside of any transaction."""
    asked = exercise(name)
    happened = act()
    if asked.settles:
        stage.settle()
    return Outcome(name, tuple(happened), asked.watch, stage.prove())


def being_played(name: str) -> Outcome:
    """Return the outcome of an exercise that has not come to its end: nothing is proved yet."""
    return Outcome(name, (), exercise(name).watch, Proof(False, ("The exercise is still being played.",), False))
