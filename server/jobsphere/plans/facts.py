"""What a person has done in twelve months, which loyalty tiers are earned by: from the rows that the books explain.

Nothing is counted up as it happens, so nothing can drift: money that comes back is out of it at the next look. How many
contracts were completed is known to the app above that has them, and registers who says so.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from jobsphere.escrow import selectors as escrow
from jobsphere.kit import clock
from jobsphere.plans.rules.lifecycle import LOOKED_BACK, Audience
from jobsphere.plans.rules.tiers import Facts

#: (person, whether as contractor, since) -> how many contracts were completed
Counter = Callable[[UUID, bool, datetime], int]

_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Let an app above say how many contracts a person has completed; called from its `AppConfig.ready`."""
    _counters[:] = [counter]


def facts_of(person_id: UUID, audience: str) -> Facts:
    """Return what counts of a person now; two queries."""
    since = clock.now() - LOOKED_BACK
    is_contractor = audience == Audience.CONTRACTOR
    volume = escrow.released_volume(person_id, as_payee=is_contractor, since=since)
    contracts = sum(count(person_id, is_contractor, since) for count in _counters)
    return Facts(volume=volume, contracts=contracts)
