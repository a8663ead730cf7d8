"""What an operator, a rehearsal or a test may do to any sandbox. It lasts: other processes see it too."""

import json
from abc import ABC, abstractmethod
from datetime import timedelta
from typing import Any, Protocol

from jobsphere.payments.gateways.sandbox import answers, balances, events, faults
from jobsphere.payments.gateways.sandbox.events import Post, Seal
from jobsphere.payments.gateways.sandbox.faults import Fault
from jobsphere.payments.gateways.sandbox.objects import Body
from jobsphere.payments.gateways.sandbox.state import SandboxState

_TABLES = ("objects", "balances", "unavailable", "answers", "events", "timers", "faults", "requests")


class Door(Protocol):
    """What the switches need of a sandbox's server."""

    @property
    def state(self) -> SandboxState: ...

    def tick(self) -> int: ...


class Switches(ABC):
    """The switches that every sandbox has.

    `target` aims a fault at requests: "POST /v1/payment_intents/*/capture", where * fits anything.
    `times=None` is until `clear_faults`, and `skip` lets so many pass first.
    """

    def __init__(self, server: Door, seal: Seal) -> None:
        self._server = server
        self._state = server.state
        self._seal = seal

    # --- the network and the gateway

    def lose_request(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Cut the connection before the request arrives."""
        faults.arm(self._state, Fault.REQUEST_LOST, target, times=times, skip=skip)

    def lose_response(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Carry the request out, then cut the connection."""
        faults.arm(self._state, Fault.RESPONSE_LOST, target, times=times, skip=skip)

    def fail_before(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Answer 500 and do nothing."""
        faults.arm(self._state, Fault.ERROR_BEFORE, target, times=times, skip=skip)

    def fail_after(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Carry the request out and answer 500, now and whenever its key comes again."""
        faults.arm(self._state, Fault.ERROR_AFTER, target, times=times, skip=skip)

    def slow_down(self, seconds: float, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Take so long to answer; beyond the client's timeout the work is done but the answer is lost."""
        faults.arm(self._state, Fault.SLOW, target, times=times, skip=skip, argument=str(seconds))

    def limit_rate(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Answer 429 and do nothing."""
        faults.arm(self._state, Fault.RATE_LIMITED, target, times=times, skip=skip)

    def say_in_progress(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Answer 409 as if the key's first request were still running, and do nothing."""
        faults.arm(self._state, Fault.IN_PROGRESS, target, times=times, skip=skip)

    def decline(
        self, code: str = "generic_decline", target: str = "*", *, times: int | None = 1, skip: int = 0
    ) -> None:
        """Decline the card with this decline code; refuse other requests with it as their error code."""
        faults.arm(self._state, Fault.DECLINE, target, times=times, skip=skip, argument=code)

    def challenge(self, target: str = "*", *, times: int | None = 1, skip: int = 0) -> None:
        """Let the bank ask for 3-D Secure, whatever the card."""
        faults.arm(self._state, Fault.CHALLENGE, target, times=times, skip=skip)

    def waiting_faults(self) -> list[dict[str, str | int | None]]:
        """Return the faults that have not met their request yet."""
        return faults.waiting(self._state)

    def clear_faults(self) -> None:
        """Forget every ordered fault and bring the gateway back."""
        faults.clear(self._state)
        self.come_back()

    def go_down(self) -> None:
        """Let no request arrive until `come_back`."""
        self._state.set_setting("down", 1)

    def come_back(self) -> None:
        """End `go_down`."""
        self._state.set_setting("down", 0)

    def forget_keys(self) -> int:
        """Forget every idempotency key, as a gateway may after a day. Returns how many."""
        return answers.prune(self._state)

    # --- time

    def advance(self, by: timedelta) -> int:
        """Move the sandbox's clock, let what falls due happen, and return how much did."""
        moved = self._state.setting("clock_offset") + int(by.total_seconds())
        self._state.set_setting("clock_offset", moved)
        return self._server.tick()

    def tick(self) -> int:
        """Let what is due happen, and return how much did."""
        return self._server.tick()

    # --- people and banks

    @abstractmethod
    def answer_challenge(self, payment_id: str, *, passed: bool = True) -> Body:
        """Answer the bank's question as the payer would."""

    @abstractmethod
    def restrict_payee(self, payee_id: str) -> None:
        """Close the gate of a payee who was open."""

    @abstractmethod
    def unrestrict_payee(self, payee_id: str) -> None:
        """Open the gate again."""

    @abstractmethod
    def land_payout(self, payout_id: str) -> None:
        """Let a payout reach the bank now."""

    @abstractmethod
    def fail_payout(self, payout_id: str, code: str = "account_closed") -> None:
        """Let a payout fail now."""

    @abstractmethod
    def fail_refund(self, refund_id: str) -> None:
        """Let a refund fail now, also after it succeeded."""

    @abstractmethod
    def open_dispute(self, payment_id: str, *, amount: int | None = None, reason: str = "general") -> str:
        """Let the cardholder charge a payment back, in full unless told; returns the dispute's id."""

    @abstractmethod
    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        """Let the bank decide."""

    # --- events

    def deliver(self, post: Post, *, copies: int = 1, shuffle: int | None = None, limit: int | None = None) -> int:
        """Send the events that wait to `post(body, headers) -> status`; see events.deliver."""
        return events.deliver(self._state, post, seal=self._seal, copies=copies, shuffle=shuffle, limit=limit)

    def redeliver(self, *event_ids: str) -> int:
        """Make delivered events wait again: those named, or all."""
        return events.redeliver(self._state, event_ids)

    def withhold(self, pattern: str = "*") -> None:
        """Keep back events of these types ("payment_intent.*") until `release`."""
        with self._state.transaction():
            events.withhold(self._state, pattern)

    def release(self) -> int:
        """Let withheld events wait for delivery again."""
        with self._state.transaction():
            return events.release(self._state)

    def events(self, only: str = "") -> list[dict[str, Any]]:
        """Return events oldest first: all, or only pending, delivered or withheld ones."""
        return events.recorded(self._state, only=only)

    # --- settings and what there is

    def set(self, **settings: int) -> None:
        """Change settings: fees, settlement, payout times; see SandboxState.defaults. Raises KeyError for others."""
        with self._state.transaction():
            for name, value in settings.items():
                self._state.set_setting(name, value)

    def settings(self) -> dict[str, int]:
        """Return every setting."""
        return {name: self._state.setting(name) for name in self._state.defaults}

    def balance(self, currency: str, payee_id: str = "") -> int:
        """Return our whole balance, or a payee's, in the gateway's minor units."""
        return balances.total(self._state, currency.lower(), payee_id)

    def objects(self, kind: str) -> list[Body]:
        """Return every object of a kind ("payment_intent", "transfer"), oldest first, whosever it is."""
        rows = self._state.rows("SELECT body FROM objects WHERE kind = ? ORDER BY seq", (kind,))
        return [json.loads(row["body"]) for row in rows]

    def requests(self, pattern: str = "*") -> list[dict[str, Any]]:
        """Return the log of requests whose line ("POST /v1/refunds") fits, oldest first; status 0 was cut."""
        rows = self._state.rows("SELECT * FROM requests WHERE line GLOB ? ORDER BY seq", (pattern,))
        return [dict(row) for row in rows]

    def reset(self) -> None:
        """Empty the sandbox; its keys and secrets stay."""
        with self._state.transaction():
            for table in _TABLES:
                self._state.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            for name in (*self._state.defaults, "withheld"):
                self._state.execute("DELETE FROM settings WHERE name = ?", (name,))
