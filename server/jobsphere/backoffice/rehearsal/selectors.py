"""The stage, for staff; and what everybody may know of a sandbox."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jobsphere.backoffice.policies import FINANCE
from jobsphere.backoffice.rehearsal.exercises import EXERCISES
from jobsphere.backoffice.rehearsal.gate import controls, is_available, require_rehearsal, sandboxes
from jobsphere.backoffice.rehearsal.types import (
    ClockState,
    FaultState,
    GatewayState,
    QueueState,
    RehearsalState,
    SandboxMode,
)
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor, require_right
from jobsphere.kit.errors import NotFound
from jobsphere.mail import mailbox
from jobsphere.mail.mailbox import last_mail
from jobsphere.mail.types import Kept
from jobsphere.outbox import selectors as outbox
from jobsphere.payments.gateways.sandbox.cards import CARDS
from jobsphere.users import selectors as users


def state(viewer: Actor) -> RehearsalState:
    """Return the stage as it stands; raises NotFound where there is none, Forbidden without the right "finance"."""
    require_rehearsal()
    require_right(viewer, FINANCE)
    health = outbox.queue_health()
    return RehearsalState(
        gateways=tuple(_gateway(name, in_use=not index) for index, name in enumerate(sandboxes())),
        clock=clock_state(),
        queue=QueueState(health.due, health.scheduled, health.running, health.dead_letters),
        last_mail=_readable(viewer, last_mail()),
        exercises=EXERCISES,
    )


def clock_state() -> ClockState:
    """Return the marketplace's clock."""
    return ClockState(clock.now(), clock.machine_now(), int(clock.offset().total_seconds()))


def mail_for(viewer: Actor) -> Kept | None:
    """Return the last letter to a person who is signed in; nobody is shown another's, for letters carry codes."""
    contact = users.contact(viewer.id) if viewer.id else None
    return last_mail(to=contact.email) if contact else None


def mailbox_of(receiver: str) -> list[Kept]:
    """Return what was sent, the newest first; of one receiver, by a part of their address or name."""
    wanted = receiver.casefold()
    return [each for each in mailbox.kept() if wanted in each.to.casefold()]


def kept_for(kept_id: str) -> Kept:
    """Return one thing that was sent; raises NotFound when it has been forgotten."""
    found = mailbox.kept_by_id(kept_id)
    if found is None:
        raise NotFound("It has been forgotten: only the last ones are kept.")
    return found


def mode(viewer: Actor) -> SandboxMode:
    """Say whether this is a sandbox, and what somebody in front of a screen needs to know of it."""
    if not is_available():
        return SandboxMode()
    name = sandboxes()[0]
    return SandboxMode(
        sandbox=True,
        gateway=name,
        down=bool(controls(name).settings()["down"]),
        clock=clock_state(),
        cards=CARDS,
        last_mail=mail_for(viewer),
    )


def _gateway(name: str, *, in_use: bool) -> GatewayState:
    at = controls(name)
    return GatewayState(
        name=name,
        in_use=in_use,
        down=bool(at.settings()["down"]),
        faults=tuple(_fault(each) for each in at.waiting_faults()),
        events_pending=len(at.events("pending")),
        events_withheld=len(at.events("withheld")),
    )


def _fault(row: Mapping[str, Any]) -> FaultState:
    return FaultState(row["kind"], row["target"], row["skip"], row["times"], row["argument"])


def _readable(viewer: Actor, mail: Kept | None) -> Kept | None:
    """Take the text out for staff who are no administrators: it may hold a code to somebody else's account."""
    if mail is None or viewer.is_admin:
        return mail
    contact = users.contact(viewer.id) if viewer.id else None
    if contact and contact.email in mail.to:
        return mail
    return replace(mail, text="", html="")
