"""Exercises with the gateway's events: kept back, doubled, mixed up, forged."""

from collections import Counter
from collections.abc import Callable, Mapping

from jobsphere.backoffice.errors import NothingToRehearse
from jobsphere.backoffice.rehearsal import stage
from jobsphere.backoffice.rehearsal.gate import controls, named, sandboxes
from jobsphere.backoffice.rehearsal.types import Act, Values

_NO_EVENT = "The gateway has not made an event yet. Play a deal first: manage.py rehearse deal."


def withhold(values: Values) -> Act:
    """Keep events back."""
    switches, pattern = controls(str(values["gateway"])), str(values["pattern"])

    def act() -> list[str]:
        switches.withhold(pattern)
        return [f"Events of the type {pattern} are kept back until they are released."]

    return act


def release(values: Values) -> Act:
    """Let them go."""
    switches = controls(str(values["gateway"]))
    return lambda: [f"{switches.release()} events are on their way again."]


def duplicate(values: Values) -> Act:
    """Send the last events again and again."""
    gateway, copies = _named(values), int(values["copies"])
    recent = _recent(gateway, int(values["events"]))

    def act() -> list[str]:
        controls(gateway).redeliver(*recent)
        count, post = _counted(stage.post_to(gateway))
        controls(gateway).deliver(post, copies=copies)
        return [f"{len(recent)} events came {copies} times each: {_answers(count)}. Each was handled before."]

    return act


def shuffle(values: Values) -> Act:
    """Send the last events again, in another order."""
    gateway = _named(values)
    recent = _recent(gateway, int(values["events"]))

    def act() -> list[str]:
        controls(gateway).redeliver(*recent)
        count, post = _counted(stage.post_to(gateway))
        controls(gateway).deliver(post, shuffle=int(values["seed"]))
        return [f"{len(recent)} events came again, mixed up: {_answers(count)}."]

    return act


def forge(values: Values) -> Act:
    """Send an event that the gateway has not signed: altered, signed with a wrong secret, or too old."""
    gateway, how = _named(values), str(values["how"])
    (event,) = _recent(gateway, 1)

    def act() -> list[str]:
        controls(gateway).redeliver(event)
        count, post = _counted(_forger(how, stage.post_to(gateway)))
        controls(gateway).deliver(post)
        return [f"A forged event ({how}) came: {_answers(count)}. Nothing was stored; the true one follows."]

    return act


def deliver(values: Values) -> Act:
    """Deliver what waits, and let it be handled."""

    def act() -> list[str]:
        waiting = sum(len(controls(name).events("pending")) for name in sandboxes())
        rest = stage.settle()
        return [f"{waiting} events were waiting; gateway and queue {'are at rest' if rest else 'are still busy'}."]

    return act


FORGERIES: Mapping[str, Callable[[bytes, Mapping[str, str]], tuple[bytes, Mapping[str, str]]]] = {
    "altered": lambda body, headers: (body.replace(b'"livemode":false', b'"livemode":true ', 1), headers),
    "wrong secret": lambda body, headers: (body, _resigned(headers)),
    "unsigned": lambda body, headers: (body, {n: v for n, v in headers.items() if "ignature" not in n}),
}


def _resigned(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Replace the end of every signature, as a forger without the secret must guess it."""
    return {n: (v[:-8] + "00000000" if "ignature" in n else v) for n, v in headers.items()}


def _forger(how: str, post: Callable[[bytes, Mapping[str, str]], int]) -> Callable[[bytes, Mapping[str, str]], int]:
    return lambda body, headers: post(*FORGERIES[how](body, headers))


def _counted(
    post: Callable[[bytes, Mapping[str, str]], int],
) -> tuple[Counter[int], Callable[[bytes, Mapping[str, str]], int]]:
    """Return a postman, and the count of the answers that they get."""
    count: Counter[int] = Counter()

    def posting(body: bytes, headers: Mapping[str, str]) -> int:
        status = post(body, headers)
        count[status] += 1
        return status

    return count, posting


def _answers(count: Counter[int]) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(count.items())) or "nothing was sent"


def _named(values: Values) -> str:
    return named(str(values["gateway"]))


def _recent(gateway: str, number: int) -> list[str]:
    """Return the ids of the last delivered events. Raises NothingToRehearse."""
    found = [str(each["id"]) for each in controls(gateway).events("delivered")][-number:]
    if not found:
        raise NothingToRehearse(_NO_EVENT)
    return found
