"""The tour: every exercise once, in an order that tells a story, and the books proved after each scene."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jobsphere.backoffice.rehearsal import services
from jobsphere.backoffice.rehearsal.types import Proof
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import DomainError

#: An exercise and its values, where they are not the defaults.
Step = tuple[str, Mapping[str, Any]]

_HOUR: Step = ("clock", {"hours": 1})


@dataclass(frozen=True, slots=True)
class Scene:
    """A few exercises that belong together."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """How a scene went."""

    scene: Scene
    happened: tuple[str, ...]
    books: Proof
    seconds: int


SCENES: tuple[Scene, ...] = (
    Scene("a deal as it should be", (("deal", {"until": "released"}),)),
    Scene("a declined card", (("decline", {}), ("deal", {"until": "offered"}))),
    Scene("3-D Secure", (("three-d-secure", {}), ("deal", {}))),
    Scene("a payment that times out", (("timeout", {}), ("deal", {"until": "offered"}), _HOUR)),
    Scene("a lost answer to a capture", (("lose-answer", {"request": "capture"}), ("deal", {}), _HOUR)),
    Scene("a lost request", (("lose-request", {}), ("deal", {"until": "offered"}), _HOUR)),
    Scene("500 before the work", (("error-before", {"request": "capture"}), ("deal", {}), _HOUR)),
    Scene("500 after the work", (("error-after", {"request": "capture"}), ("deal", {}), _HOUR)),
    Scene("a slow gateway", (("slow", {"seconds": 1}), ("deal", {}))),
    Scene("too many requests", (("rate-limit", {"request": "payment"}), ("deal", {"until": "offered"}), _HOUR)),
    Scene("an outage", (("down", {}), ("deal", {"until": "offered"}), _HOUR, ("up", {}), _HOUR)),
    Scene(
        "a key forgotten before the retry",
        (("lose-answer", {"request": "capture"}), ("deal", {}), ("forget-keys", {}), ("clock", {"days": 2})),
    ),
    Scene("earnings clear", (("clock", {"days": 21}),)),
    Scene("a withdrawal", (("withdraw", {}), ("clock", {"days": 1}))),
    Scene("a payout that bounces", (("bounce", {}), _HOUR)),
    Scene("a refund that fails", (("deal", {"until": "refunded"}), ("fail-refund", {}))),
    Scene("a chargeback that is won", (("deal", {}), ("chargeback", {}), ("chargeback-won", {}))),
    Scene("a chargeback that is lost", (("deal", {}), ("chargeback", {}), ("chargeback-lost", {}))),
    Scene("a payee who is restricted", (("restrict", {}), ("withdraw", {}), ("unrestrict", {}))),
    Scene("another bank account", (("bank", {}),)),
    Scene("events that stay away", (("withhold", {}), ("deal", {}), ("release-events", {}))),
    Scene("the same events ten times", (("duplicate", {}),)),
    Scene("events in any order", (("shuffle", {}),)),
    Scene("a forged event", (("forge", {}), ("deliver", {}))),
    Scene("a worker run by hand", (("worker", {}),)),
)


def play(hear: Callable[[Played], None]) -> bool:
    """Play every scene; `hear` is told of each as it ends. Returns whether the books balanced all the time."""
    sound = True
    for scene in SCENES:
        played = _play(scene)
        hear(played)
        sound = sound and played.books.sound
    return sound


def _play(scene: Scene) -> Played:
    began, happened = time.monotonic(), list[str]()
    books = Proof(sound=False, differences=("nothing was played",), gateway_asked=False)
    for name, values in scene.steps:
        try:
            with edge_transaction():
                act = services.prepare(actor=SYSTEM, name=name, values=values)
        except DomainError as refusal:
            return Played(scene, (*happened, refusal.detail), _unplayed(refusal), round(time.monotonic() - began))
        outcome = services.play(name, act)
        happened += outcome.happened
        books = outcome.books
    return Played(scene, tuple(happened), books, round(time.monotonic() - began))


def _unplayed(refusal: DomainError) -> Proof:
    """A scene that could not be played proves nothing, so the tour has failed."""
    return Proof(sound=False, differences=(f"The scene could not be played: {refusal.detail}",), gateway_asked=False)
