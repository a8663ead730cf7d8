"""Who is here: noted by the hub for whoever has a socket in this process, told to those who watch."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.realtime import selectors
from jobsphere.realtime.models import Presence
from jobsphere.realtime.services import broadcast

TOPIC = "presence:"


def note(here: Collection[UUID], gone: Collection[UUID]) -> None:
    """Keep who has come, who is still here and who has left, and tell those who watch what is new.

    A periodic entry point of the hub: it opens its own transaction. People who do not want to be seen are left out.
    """
    moment = clock.now()
    people = {*here, *gone} - hidden({*here, *gone})
    before = selectors.online(people)
    with edge_transaction():
        _keep(sorted(people & set(here)), moment, online=True)
        _keep(sorted(people & set(gone)), moment, online=False)
    for user_id in (people & set(here)) - before:
        tell(user_id, online=True, moment=moment)
    for user_id in people & set(gone) & before:
        tell(user_id, online=False, moment=moment)


def hidden(user_ids: Collection[UUID]) -> set[UUID]:
    """Return who of these people does not want to be seen."""
    return set(Presence.objects.filter(pk__in=user_ids, shown=False).values_list("pk", flat=True))


def tell(user_id: UUID, *, online: bool, moment: datetime | None) -> None:
    """Tell those who watch a person whether they are here."""
    payload = {"user_id": user_id, "online": online, "last_seen": moment}
    broadcast(topic=f"{TOPIC}{user_id}", type="presence", payload=payload)


def _keep(user_ids: Collection[UUID], moment: datetime, *, online: bool) -> None:
    rows = [Presence(user_id=user_id, online=online, seen_at=moment) for user_id in user_ids]
    Presence.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user"], update_fields=["online", "seen_at"], batch_size=500
    )
