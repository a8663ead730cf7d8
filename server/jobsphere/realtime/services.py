"""Verbs of real time: tell people something that must arrive (push), or something that may get lost."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from jobsphere.audit.services import record
from jobsphere.db import hot
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.outbox.services import publish
from jobsphere.realtime import bus, frames
from jobsphere.realtime.counting import next_seqs
from jobsphere.realtime.events import PresenceChosen
from jobsphere.realtime.models import Frame, Presence
from jobsphere.realtime.wire import Envelope, Kind, encode
from jobsphere.watch import tracing


def push(*, user_ids: Collection[UUID], type: str, payload: Mapping[str, Any]) -> None:  # noqa: A002  the wire's word
    """Append one frame to each person's own stream, and send it to their open sockets after the commit.

    For durable handlers: they run effectively once, so a frame is neither lost nor doubled. Never inside a money verb,
    which must not wait for the counter of a person. Two statements, however many people. Raises NoTransactionError
    outside a transaction, TypeError for a payload that is not JSON and for a type that nobody has registered.
    """
    data = encode(payload)
    _push(type, dict.fromkeys(user_ids, data))


def push_to_each(*, type: str, payloads: Mapping[UUID, Mapping[str, Any]]) -> None:  # noqa: A002  the wire's word
    """Do what `push` does with a frame of their own for each person: the same thing as each of them sees it."""
    _push(type, {user_id: encode(payload) for user_id, payload in payloads.items()})


def _push(kind: str, payloads: Mapping[UUID, bytes]) -> None:
    require_transaction()
    frames.known(kind)
    seqs = next_seqs(payloads)
    rows = [
        Frame(user_id=user_id, seq=seq, type=kind, payload=payloads[user_id].decode()) for user_id, seq in seqs.items()
    ]
    if len(rows) > 2:
        Frame.objects.bulk_create(rows, batch_size=500)
    else:
        hot.insert_all(rows)  # the two who talk to each other: nearly all of them
    # What is the same for all is announced once.
    for data in dict.fromkeys(payloads.values()):
        to = [(str(user_id), seq) for user_id, seq in seqs.items() if payloads[user_id] == data]
        envelope = Envelope(Kind.FRAMES, to, kind, data, tracing.carried())
        transaction.on_commit(partial(bus.announce, envelope), robust=True)


def whisper(*, user_ids: Collection[UUID], type: str, payload: Mapping[str, Any]) -> None:  # noqa: A002
    """Tell people something that is only true now (typing, a location): at most once, kept nowhere, from any thread."""
    frames.known(type)
    if user_ids:
        bus.announce(
            Envelope(Kind.WHISPER, [str(each) for each in set(user_ids)], type, encode(payload), tracing.carried())
        )


def broadcast(*, topic: str, type: str, payload: Mapping[str, Any]) -> None:  # noqa: A002
    """Tell everybody who watches a topic, at most once; who may watch it is its owner's to say (topics.py)."""
    bus.announce(Envelope(Kind.TOPIC, [topic], frames.known(type), encode(payload), tracing.carried()))


def check_sessions(user_id: UUID) -> None:
    """Look again, after the commit, whether the person's sockets may stay open and what they may do there."""
    envelope = Envelope(Kind.CHECK, [str(user_id)], "check")
    transaction.on_commit(partial(bus.announce, envelope), robust=True)


def show_presence(*, actor: Actor, shown: bool) -> None:
    """Let others see whether the actor is here, or do so no more; then what was noted of them goes, too."""
    require_transaction()
    user_id = actor.known_id()
    unseen = {"online": False, "seen_at": None}
    Presence.objects.update_or_create(user_id=user_id, defaults={"shown": shown, **unseen})
    record(actor=actor, verb="presence.choose", target_type="user", target_id=user_id, detail={"shown": shown})
    publish(PresenceChosen(user_id=user_id, shown=shown), actor=actor)
    # Whoever watches sees them leave; one who is shown again appears with the next word of their server (rules.BEAT).
    gone = {"user_id": user_id, "online": False, "last_seen": None}
    tell = partial(broadcast, topic=f"presence:{user_id}", type="presence", payload=gone)
    transaction.on_commit(tell, robust=True)
