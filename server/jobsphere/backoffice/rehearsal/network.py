"""Exercises on the wire between us and the gateway: refusals, lost answers, outages, forgotten keys."""

from collections.abc import Callable

from jobsphere.backoffice.rehearsal.families import family
from jobsphere.backoffice.rehearsal.gate import controls, named, whole_controls
from jobsphere.backoffice.rehearsal.types import Act, Values
from jobsphere.payments.gateways.sandbox.switches import Switches


def _armed(arm: Callable[[Switches, str, int], None], text: str) -> Callable[[Values], Act]:
    """Return an exercise that lets the next `times` requests of a kind meet a fault."""

    def prepare(values: Values) -> Act:
        switches, times = controls(str(values["gateway"])), int(values["times"])
        asked = str(values["request"])
        target = _target(values, asked)

        def act() -> list[str]:
            arm(switches, target, times)
            what = "request of any kind" if asked == "anything" else asked
            return [f"The next {f'{times} ' if times > 1 else ''}{what}{'s' if times > 1 else ''} {text}."]

        return act

    return prepare


lose_request = _armed(lambda at, target, times: at.lose_request(target, times=times), "will never arrive there")
lose_answer = _armed(
    lambda at, target, times: at.lose_response(target, times=times), "will be carried out, and the answer lost"
)
fail_before = _armed(
    lambda at, target, times: at.fail_before(target, times=times), "will be answered 500, with nothing done"
)
fail_after = _armed(
    lambda at, target, times: at.fail_after(target, times=times), "will be carried out and answered 500"
)
limit_rate = _armed(lambda at, target, times: at.limit_rate(target, times=times), "will be answered 429")


def decline(values: Values) -> Act:
    """Let the next cards be declined."""
    switches, code, times = controls(str(values["gateway"])), str(values["code"]), int(values["times"])

    def act() -> list[str]:
        switches.decline(code, _target(values, "payment"), times=times)
        return [f"The next {'card' if times == 1 else f'{times} cards'} will be declined: {code.replace('_', ' ')}."]

    return act


def challenge(values: Values) -> Act:
    """Let the bank ask for 3-D Secure, whatever the card."""
    switches, times = whole_controls(str(values["gateway"])), int(values["times"])

    def act() -> list[str]:
        switches.challenge(_target(values, "payment"), times=times)
        return ["The bank will ask the next payer to prove who they are, whatever the card."]

    return act


def slow(values: Values) -> Act:
    """Let the next answers take so long; beyond ten seconds we stop waiting, and do not know."""
    switches, seconds = controls(str(values["gateway"])), int(values["seconds"])
    asked, times = str(values["request"]), int(values["times"])

    def act() -> list[str]:
        switches.slow_down(seconds, _target(values, asked), times=times)
        return [f"The next answer takes {seconds} seconds; after ten we stop waiting."]

    return act


def go_down(values: Values) -> Act:
    """Take the gateway away."""
    switches = controls(str(values["gateway"]))

    def act() -> list[str]:
        switches.go_down()
        return ["The gateway is down: no request arrives until it comes back."]

    return act


def come_back(values: Values) -> Act:
    """Bring the gateway back, and call off every fault that waits."""
    switches = controls(str(values["gateway"]))

    def act() -> list[str]:
        waiting = len(switches.waiting_faults())
        switches.clear_faults()
        return [f"The gateway answers again; {waiting} ordered faults were called off."]

    return act


def forget_keys(values: Values) -> Act:
    """Let the gateway forget every idempotency key, as it may after a day."""
    switches = controls(str(values["gateway"]))
    return lambda: [f"The gateway has forgotten {switches.forget_keys()} idempotency keys."]


def _target(values: Values, asked: str) -> str:
    """Return the request that asks for this at the gateway."""
    return family(named(str(values["gateway"]))).requests[asked]
