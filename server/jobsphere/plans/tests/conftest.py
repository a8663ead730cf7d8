"""Plans that Ada offers, Pat's kept card, and a clock that is moved."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.escrow.services import set_fee_policy
from jobsphere.escrow.types import FeePart
from jobsphere.kit.actor import Actor
from jobsphere.ledger import checks
from jobsphere.outbox.subscriptions import periodic_jobs
from jobsphere.outbox.worker import drain
from jobsphere.plans import services, tasks
from jobsphere.plans.models import Subscription
from jobsphere.plans.types import Audience, BillingCycle
from tests.by_the_clock import Send
from tests.marketplace import make_profile, usd


@pytest.fixture
def run_worker(db: None) -> Callable[[], None]:
    """Return a function that runs the queue, but starts nothing by the clock: `tick` runs what plans do by it.

    Moved by a month, the clock makes every round of the marketplace due (a seal for each day, a look at each file).
    """

    def run() -> None:
        drain(without={job.name for job in periodic_jobs()})

    return run


def offer(ada: Actor, name: str, price: int, share: int, **more: Any) -> UUID:
    """Offer a plan of so many cents whose tier has fees of so many basis points, half at acceptance."""
    wanted = {"audience": Audience.CONTRACTOR, "every": BillingCycle.MONTH, **more}
    with edge_transaction():
        half = FeePart(share // 2)
        set_fee_policy(actor=ada, name=f"{name} fees", acceptance=half, completion=half, tier=name.lower())
        return services.add_plan(actor=ada, name=name, tier=name.lower(), price=usd(price), **wanted)


@pytest.fixture
def pro(transactional_db: None, sandbox: object, taxonomy: None, ada: Actor, pat: Actor) -> UUID:
    """A plan of 20 dollars a month: 15 % instead of 30 %. Pat has a profile."""
    make_profile(pat)
    return offer(ada, "Pro", 20_00, 1500)


@pytest.fixture
def subscribe(pro: UUID, pat: Actor, send: Send, keep: Any) -> Callable[..., Subscription]:
    """Return a function that lets Pat begin a plan."""

    def begin(number: str = "pm_card_visa", plan: UUID | None = None, price: int = 20_00) -> Subscription:
        body = {"price": usd(price).to_json(), "method_id": str(keep(pat, number))}
        made = send(pat, "post", f"plans/{plan or pro}/subscribe/", body)
        assert made.status_code == 201, made.json()
        return Subscription.objects.get(pk=made.json()["id"])

    return begin


@pytest.fixture
def rounds() -> Callable[[], None]:
    """What plans do by the clock."""
    return tasks.renew_plans


def assert_books_balance() -> None:
    """Every check finds nothing; those that ask the gateway are left out."""
    names = [name for name in checks.registered() if not name.endswith(".gateway")]
    assert {name: found for name, found in checks.run(names).items() if found} == {}
