"""What clients say about conversations over the socket: that they type, and what they have or have read.

The last two are the HTTP endpoints' verbs, so a client may use either.
"""

from typing import Any

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.messaging import services
from jobsphere.messaging.policies import require_participant
from jobsphere.moderation.selectors import is_blocked
from jobsphere.realtime import frames
from jobsphere.realtime.services import whisper

TYPING = frames.register(
    "typing", "The other one writes, for some seconds.", ("chat_id", "person_id", "typing"), kept=False
)


def type_message(actor: Actor, data: dict[str, Any]) -> None:
    """Let the other one see that the actor writes, for some seconds; where a block parts them, nobody learns anything.

    Raises NotFound for a stranger.
    """
    chat_id, other_id = require_participant(actor, data["chat_id"])
    if not is_blocked(actor.known_id(), other_id):
        payload = {"chat_id": str(chat_id), "person_id": str(actor.known_id()), "typing": data["typing"]}
        whisper(user_ids=[other_id], type=TYPING, payload=payload)


def note_delivery(actor: Actor, data: dict[str, Any]) -> None:
    """Note what a device of the actor has; raises NotFound for a stranger."""
    with edge_transaction():
        services.mark_delivered(actor=actor, chat_id=data["chat_id"], up_to=data["up_to"])


def note_reading(actor: Actor, data: dict[str, Any]) -> None:
    """Note what the actor has read; raises NotFound for a stranger."""
    with edge_transaction():
        services.mark_read(actor=actor, chat_id=data["chat_id"], up_to=data["up_to"])
