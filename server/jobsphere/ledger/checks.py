"""The checks that `manage.py reconcile` runs. Higher apps add theirs in their AppConfig.ready: `register(name, fn)`."""

import logging
from collections.abc import Callable, Iterable

from jobsphere.ledger.types import Discrepancy

logger = logging.getLogger(__name__)

Check = Callable[[], Iterable[Discrepancy]]

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check under a stable name ("escrow.holds"): it reads, and yields what is not as it should be.

    Raises ValueError when another check already has that name.
    """
    if _checks.setdefault(name, check) is not check:
        raise ValueError(f"a check named {name!r} is registered already")


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
        return list(check())
    except Exception as error:
        logger.exception("check %s broke down", name)
        return [Discrepancy(name, "the check itself", f"could not be finished: {error}.")]
