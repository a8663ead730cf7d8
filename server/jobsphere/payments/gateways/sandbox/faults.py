"""Faults that the operator orders: they wait in the sandbox's file for requests that fit, and are counted."""

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from jobsphere.payments.gateways.sandbox.state import SandboxState


class Fault(StrEnum):
    """What can go wrong between us and a gateway."""

    #: The request never arrives.
    REQUEST_LOST = "request_lost"
    #: It is carried out, but the answer never arrives.
    RESPONSE_LOST = "response_lost"
    #: 500, and nothing was done.
    ERROR_BEFORE = "error_before"
    #: 500, although it was done; the 500 is what the key replays from then on.
    ERROR_AFTER = "error_after"
    #: The answer takes `argument` seconds; beyond the client's timeout that is a lost response.
    SLOW = "slow"
    #: 429, and nothing was done.
    RATE_LIMITED = "rate_limited"
    #: 409: another request with this key is still running; nothing was done.
    IN_PROGRESS = "in_progress"
    #: The card is declined with `argument` as the decline code; elsewhere the request is refused with that code.
    DECLINE = "decline"
    #: The bank wants to see the payer first (3-D Secure), whatever the card.
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class Armed:
    """A fault that has met its request."""

    kind: Fault
    argument: str


@dataclass(slots=True)
class Trouble:
    """What a request must know beside its parameters."""

    #: Where the sandbox's own pages are served.
    public_url: str
    #: (code, decline_code, message) of an ordered decline.
    decline: tuple[str, str, str] | None = None
    #: The bank asks for 3-D Secure, whatever the card.
    challenge: bool = False
    #: Set by a card whose trick it is: cut the connection after the work.
    cut_answer: bool = False


def lost_before(fault: Armed | None) -> bool:
    """Say whether the request never arrives."""
    return fault is not None and fault.kind is Fault.REQUEST_LOST


def lost_after(fault: Armed | None, patience: float) -> bool:  # house: allow float: seconds
    """Say whether the answer never arrives, also because it takes longer than the client waits."""
    return fault is not None and (fault.kind is Fault.RESPONSE_LOST or dawdles(fault) > patience)


def dawdles(fault: Armed | None) -> float:  # house: allow float: seconds
    """Return how many seconds the answer takes."""
    return float(fault.argument) if fault and fault.kind is Fault.SLOW else 0  # house: allow float: seconds


def arm(
    state: SandboxState, kind: Fault, target: str = "*", *, times: int | None = 1, skip: int = 0, argument: str = ""
) -> None:
    """Order a fault for the next requests that fit `target` ("POST /v1/payment_intents/*/capture"; * fits anything).

    `skip` lets so many pass first; `times=None` is until it is cleared.
    """
    state.execute(
        "INSERT INTO faults (kind, target, skip, times, argument) VALUES (?, ?, ?, ?, ?)",
        (kind.value, target, skip, times, argument),
    )


def take(state: SandboxState, line: str) -> Armed | None:
    """Use up the first fault that fits this request."""
    with state.transaction():
        for row in state.rows("SELECT * FROM faults ORDER BY seq"):
            if not fnmatchcase(line, row["target"]):
                continue
            if row["skip"] > 0:
                state.execute("UPDATE faults SET skip = skip - 1 WHERE seq = ?", (row["seq"],))
                continue
            if row["times"] is not None:
                _count(state, row["seq"], row["times"])
            return Armed(Fault(row["kind"]), row["argument"])
    return None


def waiting(state: SandboxState) -> list[dict[str, str | int | None]]:
    """Return the faults that still wait, for the rehearsal screen."""
    rows = state.rows("SELECT kind, target, skip, times, argument FROM faults ORDER BY seq")
    return [dict(row) for row in rows]


def clear(state: SandboxState) -> None:
    """Forget every fault."""
    state.execute("DELETE FROM faults")


def _count(state: SandboxState, seq: int, times: int) -> None:
    if times <= 1:
        state.execute("DELETE FROM faults WHERE seq = ?", (seq,))
    else:
        state.execute("UPDATE faults SET times = times - 1 WHERE seq = ?", (seq,))
