"""Snapshot + frames = fresh snapshot: whatever two people do on two devices each, and whenever frames arrive (R82)."""

from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import DomainError
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services
from jobsphere.messaging.models import Message
from jobsphere.messaging.tests.device import Device
from jobsphere.moderation import services as moderation
from jobsphere.outbox.models import StoredEvent
from jobsphere.outbox.subscriptions import subscribers
from jobsphere.outbox.types import event_type
from jobsphere.realtime.selectors import frames_after, present_seq

pytestmark = pytest.mark.django_db(transaction=True)

person, place = st.integers(0, 1), st.integers(0, 5)
verbs = st.one_of(
    st.tuples(st.just("send"), person, st.one_of(st.none(), place)),
    st.tuples(st.just("send"), person, place),
    st.tuples(st.sampled_from(["edit", "delete", "hide", "read", "deliver"]), person, place),
    st.tuples(st.sampled_from(["read", "deliver", "note", "block", "unblock"]), person, st.none()),
)
#: The worker tells of one of the events that wait (the order is not the order in which they happened).
tellings = st.tuples(st.just("tell"), st.integers(0, 9), st.none())
#: A device takes so many of the frames that wait for it, or asks for everything afresh.
hearings = st.tuples(st.sampled_from(["hear", "hear", "load"]), st.integers(0, 3), st.integers(1, 4))
lives = st.lists(st.one_of(verbs, verbs, tellings, hearings), min_size=4, max_size=30)

SAYING = ("send", "edit", "delete", "hide")

#: What is quoted is changed, then taken back, after everybody has seen the answer; lives that chance finds seldom.
QUOTED = [
    *[("send", 0, None), ("tell", 0, None), ("tell", 0, None), ("send", 1, 0), ("tell", 0, None), ("hear", 0, 4)],
    *[("edit", 0, 1), ("tell", 0, None), ("hear", 0, 4), ("delete", 0, 1), ("hear", 1, 4)],
]
#: A receipt is told before the message that it is about, and the device has an older snapshot.
LATE_RECEIPT = [
    *[("send", 0, None), ("load", 2, 1), ("send", 0, None), ("deliver", 1, 1), ("read", 1, None)],
    *[("tell", 4, None), ("tell", 4, None), ("tell", 3, None), ("hear", 0, 4), ("tell", 0, None)],
]
#: A message is hidden, and the answer to it told, before anybody is told of the message.
HIDDEN_BEFORE_IT_IS_TOLD = [
    *[("send", 0, None), ("send", 1, 0), ("load", 1, 1), ("hide", 1, 1), ("tell", 3, None), ("tell", 2, None)],
    *[("hear", 1, 1), ("tell", 1, None), ("load", 3, 1)],
]


@dataclass
class World:
    """Two people, two devices each, one conversation; and the events of it that nobody was told of yet."""

    people: list[Actor]
    clients: list[APIClient]
    devices: list[Device] = field(default_factory=lambda: [Device() for _ in range(4)])
    told: set[Any] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.thing = uuid7()
        self.between = (self.people[0].known_id(), self.people[1].known_id())
        with edge_transaction():
            self.chat = services.open_conversation(
                actor=self.people[0], between=self.between, subject_type="thing", subject_id=self.thing
            )
        self.heard = [present_seq(self.owner(index).known_id()) for index in range(4)]
        self.blocks_before = StoredEvent.objects.filter(aggregate_type="block").count()
        for index in range(4):
            self.load(index)

    def owner(self, device: int) -> Actor:
        return self.people[device % 2]

    def act(self, verb: str, who: int, where: int | None) -> None:
        """Do one thing, as the API does it; what is refused changes nothing."""
        try:
            with edge_transaction():
                self._act(verb, self.people[who], where)
        except DomainError:
            return

    def _act(self, verb: str, actor: Actor, where: int | None) -> None:
        said = list(Message.objects.filter(conversation_id=self.chat).order_by("-pk")[:6])
        chosen = said[where % len(said)] if said and where is not None else None
        message = chosen.id if chosen else None
        if chosen and chosen.sender_id and verb in ("edit", "delete"):  # nobody else may, which other tests show
            actor = next(each for each in self.people if each.id == chosen.sender_id)
        self._say(verb, actor, message) if verb in SAYING else self._do(verb, actor, message)

    def _say(self, verb: str, actor: Actor, message: Any) -> None:
        one: dict[str, Any] = {"actor": actor, "chat_id": self.chat}
        if verb == "send":
            services.send_message(**one, body=f"Words {uuid7()}", reply_to=message)
        elif message and verb == "edit":
            services.edit_message(**one, message_id=message, body=f"Other words {uuid7()}")
        elif message and verb == "delete":
            services.delete_message(**one, message_id=message)
        elif message:
            services.hide_message(**one, message_id=message)

    def _do(self, verb: str, actor: Actor, message: Any) -> None:
        one: dict[str, Any] = {"actor": actor, "chat_id": self.chat, "up_to": message}
        what: dict[str, Any] = {
            "subject_type": "thing",
            "subject_id": self.thing,
            "code": "thing.done",
            "text": "Done.",
        }
        do = {
            "read": lambda: services.mark_read(**one),
            "deliver": lambda: services.mark_delivered(**one),
            "note": lambda: services.note(between=self.between, key=uuid7().hex, **what),
            "block": lambda: moderation.block_person(actor=actor, person_id=self.other(actor)),
            "unblock": lambda: moderation.unblock_person(actor=actor, person_id=self.other(actor)),
        }
        do[verb]()

    def other(self, actor: Actor) -> Any:
        return next(each for each in self.between if each != actor.id)

    def waiting(self) -> list[StoredEvent]:
        mine = StoredEvent.objects.filter(aggregate_type="conversation", aggregate_id=self.chat)
        blocks = StoredEvent.objects.filter(aggregate_type="block").order_by("pk")[self.blocks_before :]
        return [each for each in [*mine.order_by("pk"), *blocks] if each.pk not in self.told]

    def tell(self, which: int) -> None:
        """Let the worker handle one event, in a transaction of its own."""
        if events := self.waiting():
            stored = events[which % len(events)]
            event = event_type(stored.name).from_json(stored.payload)
            with edge_transaction():
                for each in subscribers(type(event)):
                    if each.name.startswith("messaging.live."):
                        each.function(event)
            self.told.add(stored.pk)

    def hear(self, device: int, count: int) -> None:
        """Hand the device some of the frames that it has missed, in their order; one of them twice."""
        _, frames = frames_after(self.owner(device).known_id(), self.heard[device])
        for seq in sorted(frames)[:count]:
            frame = orjson.loads(frames[seq])
            if frame["data"].get("chat", {}).get("id") == str(self.chat):
                self.devices[device].hear(frame)
                self.devices[device].hear(frame)
            self.heard[device] = seq

    def load(self, device: int) -> None:
        self.devices[device].load(*self.snapshot(device % 2))

    def snapshot(self, who: int) -> tuple[dict, list[dict]]:
        chat = self.clients[who].get(f"/api/messages/conversations/{self.chat}/").json()
        return chat, self.clients[who].get(f"/api/messages/{self.chat}/?page_size=100").json()["results"]

    def settle(self) -> None:
        """Everybody is told everything."""
        while self.waiting():
            self.tell(0)
        for device in range(4):
            while frames_after(self.owner(device).known_id(), self.heard[device])[1]:
                self.hear(device, 100)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(lives)
@example(QUOTED)
@example(LATE_RECEIPT)
@example(HIDDEN_BEFORE_IT_IS_TOLD)
def test_any_life_of_a_conversation_looks_alike_on_all_devices(casey, pat, client_for, life) -> None:
    assert not transaction.get_connection().in_atomic_block
    world = World([casey, pat], [client_for(casey), client_for(pat)])
    for what, one, other in life:
        match what:
            case "tell":
                world.tell(one)
            case "hear":
                world.hear(one, other)
            case "load":
                world.load(one)
            case verb:
                world.act(verb, one, other)
    world.settle()
    for device, known in enumerate(world.devices):
        chat, newest = world.snapshot(device % 2)
        assert known.shown() == newest
        assert without_revision(known.chat) == without_revision(chat)
        assert chat["unread_count"] == len([row for row in newest if is_unread(row)])
    with edge_transaction():
        for actor in (casey, pat):
            moderation.unblock_person(actor=actor, person_id=world.other(actor))


def without_revision(chat: dict | None) -> dict:
    """Leave out the number of changes: what one hides counts, and the other one is not told."""
    assert chat is not None
    return {name: value for name, value in chat.items() if name != "revision"}


def is_unread(row: dict) -> bool:
    return row["kind"] == "text" and not row["mine"] and row["read_at"] is None and row["deleted_at"] is None
