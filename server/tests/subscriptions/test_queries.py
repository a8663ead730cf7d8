"""Reads of plans cost the same however many plans, tiers, people and periods there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.plans import services
from jobsphere.plans.models import Subscription
from jobsphere.plans.tests.conftest import offer
from jobsphere.plans.types import Audience
from tests.marketplace import usd

#: What each read asks of the database, of which one is who asks.
PINNED = {
    "plans/": 17,
    "plans/fees/": 6,
    "plans/subscriptions/{id}/": 7,
    "admin/plans/": 6,
    "admin/subscriptions/": 7,
    "admin/subscriptions/figures/": 5,
}


def test_reads_of_plans_do_not_grow(
    subscribe: Callable[..., Subscription],
    client_for: Callable[..., Any],
    tick: Callable[..., None],
    ada: Actor,
    pat: Actor,
    django_assert_num_queries: Any,
):
    row = subscribe()
    for more in range(2):
        offer(ada, f"More{more}", (30 + more) * 1_00, 1200)
        with edge_transaction():
            tier, kind = uuid4().hex, Audience.CONTRACTOR
            volume = usd(1_000_00)
            services.add_tier(actor=ada, audience=kind, name=f"T{more}", tier=tier, rank=more + 1, volume=volume)
        row.refresh_from_db()
        assert row.next_at
        tick(until=row.next_at + timedelta(minutes=1))
        for path, number in PINNED.items():
            client = client_for(ada if path.startswith("admin") else pat)
            with django_assert_num_queries(number):
                assert client.get(f"/api/{path.format(id=row.pk)}").status_code == 200, path
