"""The checks that `manage.py reconcile` runs. Higher apps add theirs in their AppConfig.ready: `register(name, fn)`."""

from collections.abc import Callable, Iterable

from jobsphere.ledger.types import Discrepancy

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
    """Run the named checks, or all, and return what each found. Raises KeyError for an unknown name."""
    return {name: list(_checks[name]()) for name in (list(names) or list(_checks))}
