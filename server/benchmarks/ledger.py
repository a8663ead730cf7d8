"""The ledger against bare SQL that writes the same rows, and one hot platform account against many.

Each of our figures is the whole path: Python, Django's connection, the triggers and deferred checks, the commit.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import connection, models

from benchmarks import ledger_bare
from benchmarks.crew import crew
from benchmarks.report import Result
from jobsphere.audit import services as audit
from jobsphere.db.guarded import move
from jobsphere.db.models import Record
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger import services as ledger
from jobsphere.ledger.types import AccountKey, AccountKind, account, credit, debit
from jobsphere.outbox import services as outbox
from jobsphere.outbox.types import Event
from jobsphere.web import idempotency

ACCOUNTS = 1000
SERVICE_FEE = account(AccountKind.REVENUE_SERVICE_FEE, "USD")
HOT_GATEWAY = account(AccountKind.GATEWAY, "USD", "hot")


class BenchHold(Record):
    """Stands for the row whose state a money verb changes (an escrow hold)."""

    status = models.CharField(max_length=16, default="open")
    amount = models.BigIntegerField(default=0)

    class Meta:
        app_label = "benchmarks"


@dataclass(frozen=True)
class HoldReleased(Event):
    """The fact that a money verb publishes."""

    name: ClassVar[str] = "benchmark.released"
    aggregate: ClassVar[str] = "hold"
    hold_id: UUID
    amount: Money


def run() -> list[Result]:
    """Measure; needs Django set up on a migrated PostgreSQL database."""
    _prepare()
    with crew() as people:
        wallets, hot, spread = people.rates(random_wallets, one_hot_account, many_platform_accounts)
        ours, function = people.rates_in_turn(random_wallets, ledger_bare.bare_function, seconds=15)
        whole, script = people.rates_in_turn(five_writes, ledger_bare.bare_script)
    return [
        _result("ledger: one hot platform account / random pairs of wallets", hot, wallets, 0.9),
        _result("ledger: one hot platform account / 1000 platform accounts", hot, spread, 0.9),
        _result("ledger: post between wallets / bare SQL function", ours, function, None),
        _result("ledger: post with all five writes / bare psycopg script", whole, script, 0.5),
    ]


def random_wallets(_number: int) -> Callable[[], object]:
    """Two random wallets: two locked balances."""
    return lambda: _post(*random.sample(range(ACCOUNTS), 2))


def _post(giver: int, taker: int) -> None:
    with edge_transaction():
        _transfer(wallet(giver), wallet(taker))


def one_hot_account(_number: int) -> Callable[[], object]:
    """A random wallet and always the same platform account."""
    return lambda: _pay_in(HOT_GATEWAY)


def many_platform_accounts(_number: int) -> Callable[[], object]:
    """The same work as on the hot account, spread over many."""
    return lambda: _pay_in(account(AccountKind.GATEWAY, "USD", f"gateway-{random.randrange(ACCOUNTS)}"))


def _pay_in(gateway: AccountKey) -> None:
    with edge_transaction():
        _transfer(gateway, wallet(random.randrange(ACCOUNTS)))


def _transfer(giver: AccountKey, taker: AccountKey) -> None:
    amount = Money(100, "USD")
    ledger.post(
        code="benchmark.pay",
        reference=str(uuid4()),
        legs=[debit(giver, amount), credit(taker, amount)],
        source_type="benchmark",
        source_id="1",
    )


def five_writes(number: int) -> Callable[[], object]:
    """A release as the product does it: state change, transfer, audit entry, event and stored answer."""
    holds = list(BenchHold._default_manager.order_by("id").values_list("id", "status"))[number::16]
    state = dict(holds)
    actor = Actor(uuid4(), roles=frozenset({"customer"}), name="Casey Customer")
    return partial(_release, state, actor)


def _release(state: dict[UUID, str], actor: Actor) -> None:
    hold_id = random.choice(list(state))
    status = "closed" if state[hold_id] == "open" else "open"
    with edge_transaction():
        claimed = idempotency.fingerprint(
            actor_id=actor.known_id(), key=str(uuid4()), method="POST", path="/api/payments/release/", body={"a": 1}
        )
        idempotency.claim(claimed)
        assert move(BenchHold, hold_id, from_status=state[hold_id], to_status=status)
        posted = ledger.post(
            code="benchmark.release",
            reference=str(uuid4()),
            legs=[
                debit(escrow(random.randrange(ACCOUNTS)), Money(900, "USD")),
                credit(wallet(random.randrange(ACCOUNTS)), Money(700, "USD")),
                credit(SERVICE_FEE, Money(200, "USD")),
            ],
            source_type="hold",
            source_id=hold_id,
        )
        detail = {"transfer": posted.id, "amount": Money(900, "USD")}
        audit.record(actor=actor, verb="escrow.release", target_type="hold", target_id=hold_id, detail=detail)
        outbox.publish(HoldReleased(hold_id, Money(900, "USD")), actor=actor)
        idempotency.store(claimed, 200, {"id": str(posted.id), "status": status})
    state[hold_id] = status


def wallet(number: int) -> AccountKey:
    return account(AccountKind.WALLET, "USD", f"person-{number}")


def escrow(number: int) -> AccountKey:
    return account(AccountKind.ESCROW, "USD", f"hold-{number}")


def _prepare() -> None:
    """Fill the accounts, and make the bare tables from ours."""
    with connection.schema_editor() as editor:
        editor.create_model(BenchHold)
    with edge_transaction():
        BenchHold._default_manager.bulk_create(BenchHold() for _ in range(ACCOUNTS))
    for number in range(ACCOUNTS):
        with edge_transaction():
            plenty = Money(10**12, "USD")
            gateway = account(AccountKind.GATEWAY, "USD", f"gateway-{number}")
            ledger.post(
                code="benchmark.fill",
                reference=str(number),
                legs=[debit(gateway, plenty + plenty), credit(wallet(number), plenty), credit(escrow(number), plenty)],
                source_type="benchmark",
                source_id="1",
            )
    ledger_bare.prepare()


def _result(name: str, ours: float, theirs: float, bar: float | None) -> Result:
    return Result(name, ours / theirs, bar, f"{ours:,.0f}/s against {theirs:,.0f}/s")
