"""What the tests of notifications share."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.notifications import services

#: One message of each kind that tests tell, and what it wants.
OFFER = "offer.received"
PAID = "payout.paid"
FAILED = "payment.failed"


def tell(actor: Actor, message: str = OFFER, **fields: Any) -> UUID | None:
    """Tell a person something, as a handler does."""
    params = {
        "amount": Money(100000, "USD"),
        "title": "Repair the tap",
        "offer_id": uuid7(),
        "reason": "The card was declined.",
        **fields.pop("params", {}),
    }
    with edge_transaction():
        return services.tell(user_id=actor.known_id(), message=message, params=params, **fields)


def write(actor: Actor, *, chat: UUID, preview: str = "Hello") -> UUID | None:
    """Tell a person of a message in a conversation."""
    params = {"sender": "Pat Rivera", "preview": preview, "conversation_id": chat}
    return tell(actor, "message.received", params=params, group=f"chat:{chat}")


def prove_address(actor: Actor, email: str) -> None:
    """Let the person's address be a proven one."""
    EmailAddress.objects.update_or_create(
        user_id=actor.known_id(), email=email, defaults={"primary": True, "verified": True}
    )


def rows_of(client: Any, **query: Any) -> list[dict[str, Any]]:
    """Return what a person's list shows."""
    rows: list[dict[str, Any]] = client.get("/api/notifications/", query).json()["results"]
    return rows


def choose(client: Any, *choices: tuple[Any, ...]) -> Any:
    """Choose (type, in_app, email[, push])."""
    names = ("type", "in_app", "email", "push")
    body = {"preferences": [dict(zip(names, choice, strict=False)) for choice in choices]}
    return client.put("/api/notifications/preferences/", body, format="json")


def set_up(client: Any, **changes: Any) -> Any:
    """Change some of the settings, and send all of them as the API wants."""
    wanted = {"language": "en", "time_zone": "UTC", "quiet_from": None, "quiet_to": None, "digest": "off", **changes}
    return client.put("/api/notifications/settings/", wanted, format="json")
