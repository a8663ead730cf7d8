"""Proving the books: how fast a day is sealed and audited, and what fetching only new movements saves."""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from benchmarks.report import Result
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.money import Money
from jobsphere.ledger import auditing, services
from jobsphere.ledger.models import Entry
from jobsphere.ledger.reconcile import OWN_CHECKS
from jobsphere.ledger.types import AccountKind, account, credit, debit

#: What a night must be enough for, and then some.
ENTRIES_A_MINUTE = 100_000
TRANSFERS = 10_000
PAYMENTS = 1000


def run() -> list[Result]:
    """Measure; needs Django set up on a migrated PostgreSQL database."""
    with clock.travel(-timedelta(days=2)):
        _post_a_day()
    entries = Entry.objects.count()
    sealing = _seconds(_seal)
    auditing_seals = _seconds(lambda: _none(auditing.audit()))
    everything = _seconds(_check_everything_else)
    return [
        _rate("sealing a day / 100,000 entries a minute", entries, sealing),
        _rate("auditing everything / 100,000 entries a minute", entries, auditing_seals + everything),
        _incremental(),
    ]


def _post_a_day() -> None:
    gateway, fees = account(AccountKind.GATEWAY, "USD", "audited"), account(AccountKind.REVENUE_SERVICE_FEE, "USD")
    wallets = [account(AccountKind.WALLET, "USD", f"audited-{number}") for number in range(200)]
    for start in range(0, TRANSFERS, 500):
        with edge_transaction():
            for number in range(start, start + 500):
                services.post(
                    code="bench.audited",
                    reference=str(number),
                    legs=[
                        debit(gateway, Money(1000, "USD")),
                        credit(fees, Money(100, "USD")),
                        credit(wallets[number % len(wallets)], Money(900, "USD")),
                    ],
                    source_type="bench",
                    source_id=str(number),
                )


def _check_everything_else() -> None:
    for name, check in OWN_CHECKS.items():
        if name != "seals":
            _none(check())


def _seal() -> None:
    while True:
        with edge_transaction():
            if services.seal_next_day() is None:
                return


def _incremental() -> Result:
    """Fetch the movements of many payments for the first time, then again with nothing new."""
    from django.conf import settings

    from jobsphere.payments.gateways.registry import forget_gateways, get_sandbox
    from jobsphere.payments.gateways.sandbox import balances
    from jobsphere.payments.models import GatewayMovement
    from jobsphere.payments.movements import importing

    with tempfile.TemporaryDirectory(prefix="jobsphere-bench-") as folder:
        settings.DATA_DIR = Path(folder)
        forget_gateways()
        state = get_sandbox().state
        with clock.travel(-timedelta(days=20)), state.transaction():
            for number in range(PAYMENTS):
                balances.move(state, "charge", 10_000, "usd", f"ch_bench_{number}", fee=320)
        with clock.travel(-timedelta(minutes=1)), state.transaction():
            balances.move(state, "charge", 10_000, "usd", "ch_bench_new", fee=320)
        since = clock.now() - timedelta(days=30)
        whole = _seconds(lambda: importing._import("sandbox", since))
        assert GatewayMovement.objects.filter(gateway="sandbox").count() == PAYMENTS + 1
        asking = _seconds(lambda: list(importing.fetch("sandbox", since)))
        new = _seconds(lambda: list(importing.fetch("sandbox", importing.cursor("sandbox"))))
        forget_gateways()
    detail = f"{PAYMENTS} payments: {whole:.1f} s to fetch and book; {asking:.2f} s to ask for all, {new:.3f} s for new"
    return Result("asking for new movements / for the whole history", asking / new, 5, detail)


def _rate(name: str, entries: int, seconds: float) -> Result:
    a_minute = entries * 60 / seconds
    return Result(
        name, a_minute / ENTRIES_A_MINUTE, 1, f"{entries} entries in {seconds:.1f} s: {a_minute:,.0f} a minute"
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _none(found: object) -> None:
    differences = list(found)  # type: ignore[call-overload]
    assert not differences, differences[:3]
