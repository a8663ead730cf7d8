"""Hints: "this has changed, ask again", made out of events by one table for each app.

    HINTS = {OfferSent: [Hint("offer", "offer_id", BOTH)], …}          # in live.py of the app
    announce = hints.announcer(HINTS, name="contracts.live")

A hint holds no content, so whoever hears it sees what they may see, by asking. It goes to the people whom the event
names; with `topic`, also to everybody who watches that topic.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import Event
from jobsphere.realtime.services import broadcast, push

CHANGED = "changed"
#: The table of each app, by the name of its handler.
TABLES: "dict[str, Table]" = {}


@dataclass(frozen=True, slots=True)
class Hint:
    """What an event says has changed: a subject, which field of the event is its id, and which fields are people."""

    subject: str
    #: Empty for what a person has one of, like a wallet.
    id: str
    people: Sequence[str]
    #: The kind of a topic that is named after the id ("job" for "job:<id>").
    topic: str = ""
    #: A flag of the event without which these people hear nothing.
    when: str = ""

    def of(self, event: Event) -> dict[str, Any]:
        """Return the payload of the hint for an event."""
        return {"subject": self.subject} | ({"id": str(getattr(event, self.id))} if self.id else {})

    def told(self, event: Event) -> list[UUID]:
        """Return the people whom the event concerns."""
        if self.when and not getattr(event, self.when):
            return []
        return [person for field in self.people if (person := getattr(event, field))]


Table = Mapping[type[Event], Sequence[Hint]]


def announcer(table: Table, *, name: str) -> Callable[[Event], None]:
    """Subscribe to every event of the table, and give its hints; the handler of the app under this name."""

    def announce(event: Event) -> None:
        for hint in table[type(event)]:
            payload = hint.of(event)
            push(user_ids=hint.told(event), type=CHANGED, payload=payload)
            if hint.topic:
                # Nothing is lost with the transaction: who watches asks, and finds what there is.
                broadcast(topic=f"{hint.topic}:{payload['id']}", type=CHANGED, payload=payload)

    TABLES[name] = table
    return subscribe(*table, name=name)(announce)
