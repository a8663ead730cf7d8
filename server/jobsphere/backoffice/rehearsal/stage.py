"""What exercises share: finding their targets at the gateway, and letting gateway and queue talk."""

import time
from collections.abc import Callable, Mapping
from functools import partial

from jobsphere.backoffice.errors import NothingToRehearse
from jobsphere.backoffice.rehearsal.families import Body, Found
from jobsphere.backoffice.rehearsal.gate import controls, sandboxes
from jobsphere.backoffice.rehearsal.types import Proof
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.outbox.worker import drain
from jobsphere.payments import inbox
from jobsphere.payments.gateways.base import WebhookRejectedError
from jobsphere.payments.gateways.sandbox.pages import price
from jobsphere.payments.tasks import deliver_sandbox_events

#: How long an exercise waits for its consequences; what takes longer happens while the operator reads.
PATIENCE_SECONDS = 20


def settle() -> bool:
    """Let the gateway's clock tick, deliver its events and run what is due, until nothing is; False when time is up."""
    until = time.monotonic() + PATIENCE_SECONDS
    for _ in range(20):
        try:
            drain(max_seconds=max(1.0, until - time.monotonic()))
        except TimeoutError:
            return False
        for name in sandboxes():
            controls(name).tick()
        if not any(controls(name).events("pending") for name in sandboxes()):
            return True
        deliver_sandbox_events()
    return False


def prove() -> Proof:
    """Recompute the books and compare them with the gateway's, unless it is down."""
    asked = not any(controls(name).settings()["down"] for name in sandboxes())
    names = [name for name in checks.registered() if asked or not name.endswith(".gateway")]
    trial = ledger.trial_balance()
    currencies = [each for each in trial.currencies() if trial.difference(each)]
    crooked = [f"The books of {each} differ by {trial.difference(each)}." for each in currencies]
    found = [each for many in checks.run(names).values() for each in many if not _pending(each)]
    return Proof(not crooked and not found, (*crooked, *(f"{each.subject} {each.detail}" for each in found)), asked)


def post_to(gateway: str) -> Callable[[bytes, Mapping[str, str]], int]:
    """Return a postman who takes a gateway's events to our inbox, as the internet would."""
    return partial(_post, gateway)


def newest(gateway: str, found: Found, wanted: str, remedy: str, *, but: Callable[[Body], bool] | None = None) -> Body:
    """Return the newest object that fits, or the one that is named by its id there or by ours.

    `but` leaves some out. Raises NothingToRehearse, whose detail is the remedy.
    """
    fitting = [each for each in controls(gateway).objects(found.kind) if found.fits(each) and not (but and but(each))]
    if wanted:
        fitting = [each for each in fitting if wanted in _names(each, found)]
    if not fitting:
        raise NothingToRehearse(remedy)
    return fitting[-1]


def worth(body: Body) -> str:
    """Write the amount of a gateway's object for people."""
    return price(int(body["amount"]), str(body["currency"]).lower())


def _names(body: Body, found: Found) -> set[str]:
    labels = body.get("metadata")
    ours = labels.values() if isinstance(labels, Mapping) else ()
    return {str(body[found.key]), str(body.get("email", "")), *map(str, ours)}


def _pending(found: object) -> bool:
    """A matter of time is no difference: the next look finds it gone."""
    return bool(getattr(found, "pending", False))


def _post(gateway: str, body: bytes, headers: Mapping[str, str]) -> int:
    try:
        inbox.receive(gateway_name=gateway, body=body, headers=headers)
    except WebhookRejectedError:
        return 400
    return 200
