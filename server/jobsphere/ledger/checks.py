"""The checks that `manage.py reconcile` runs. Higher apps add theirs in their AppConfig.ready: `register(name, fn)`."""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from jobsphere.kit.scrubbing import scrub_text
from jobsphere.ledger.types import Discrepancy

logger = logging.getLogger(__name__)

Check = Callable[[], Iterable[Discrepancy]]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reconciliation is narrowed to: things of one gateway, and what has happened since a moment."""

    gateway: str = ""
    since: datetime | None = None


_scope: ContextVar[Scope] = ContextVar("reconciliation", default=Scope())  # noqa: B039  frozen


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a difference of this code means for an operator, and what to do about it."""

    meaning: str
    cure: str


_checks: dict[str, Check] = {}
_explanations: dict[str, Explanation] = {}
_preparations: list[Callable[[Scope], None]] = []

#: The kind of a difference that is a check's own failure.
BROKEN = "broken"
_UNEXPLAINED = Explanation(
    "Two records of the same thing disagree.",
    "Compare both, find out which one is right, and post a correction; nothing is edited.",
)
BROKE_DOWN = Explanation(
    "The check could not be finished, so nothing is known about what it looks at.",
    "Look into the log for the reason, mend it, and run the reconciliation again.",
)


def register(name: str, check: Check, explanations: Mapping[str, Explanation] | None = None) -> None:
    """Add a check under a stable name ("escrow.holds"): it reads, and yields what is not as it should be.

    `explanations` say by code ("escrow.holds", "escrow.holds.lost") what a difference means and what to do.
    Raises ValueError when another check already has that name.
    """
    if _checks.setdefault(name, check) is not check:
        raise ValueError(f"a check named {name!r} is registered already")
    _explanations.update(explanations or {})


def explain(code: str, explanation: Explanation) -> None:
    """Say what differences of a code mean and what to do about them."""
    _explanations[code] = explanation


def before_running(prepare: Callable[[Scope], None]) -> None:
    """Have a function called before a reconciliation, outside of any transaction: it fetches what is compared."""
    if prepare not in _preparations:
        _preparations.append(prepare)


def prepare(scope: Scope) -> list[Discrepancy]:
    """Fetch what the checks compare; return what could not be fetched."""
    failed = []
    for each in _preparations:
        try:
            each(scope)
        except Exception as error:
            logger.exception("preparing the reconciliation broke down")
            failed.append(
                Discrepancy("reconciliation", "what is compared", f"could not be fetched: {scrub_text(str(error))}.")
            )
    return failed


def explanations() -> dict[str, Explanation]:
    """Return what is known of every code, sorted."""
    return dict(sorted(_explanations.items()))


def explanation(code: str) -> Explanation:
    """Return what a code means: its own text, else that of its check."""
    if code.endswith(f".{BROKEN}"):
        return BROKE_DOWN
    return _explanations.get(code) or _explanations.get(code.rpartition(".")[0]) or _UNEXPLAINED


def covers(name: str, scope: Scope) -> bool:
    """Say whether a check belongs to a run; a run of one gateway looks at nothing else."""
    return not scope.gateway or name.endswith(".gateway")


def run_one(name: str, scope: Scope = Scope()) -> list[Discrepancy]:
    """Run a check; what it finds of another gateway or before the scope's beginning is left out."""
    token = _scope.set(scope)
    try:
        return _run(name, _checks[name])
    finally:
        _scope.reset(token)


def scope() -> Scope:
    """Return what the run that is going on was narrowed to, for checks that can look at a part."""
    return _scope.get()


def registered() -> dict[str, Check]:
    """Return all checks by name, in the order of registration: the ledger's own first."""
    return dict(_checks)


def run(names: Iterable[str] = ()) -> dict[str, list[Discrepancy]]:
    """Run the named checks, or all, and return what each found. Raises KeyError for an unknown name.

    A check that breaks down has found something too; the others go on.
    """
    return {name: _run(name, _checks[name]) for name in (list(names) or list(_checks))}


def _run(name: str, check: Check) -> list[Discrepancy]:
    try:
        found = list(check())
        if not found:
            return found
        # While the marketplace runs, money may have moved between two queries: only what is still so is a difference.
        again = set(check())
        return [each for each in found if each in again]
    except Exception as error:
        logger.exception("check %s broke down", name)
        return [Discrepancy(name, "the check itself", f"could not be finished: {scrub_text(str(error))}.", kind=BROKEN)]
