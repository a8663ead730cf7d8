"""What the tests of moderation share: a thing to report, and staff."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.moderation import services, subjects
from jobsphere.moderation.types import HouseRule, Measure, RestrictedAct, Subject, Verdict
from tests.cast import person


@dataclass
class Notes:
    """Notes that people pin up: a kind of thing as an app above would register it. Only `readers` see them."""

    owner: Actor
    readers: set[UUID]
    words: dict[UUID, str] = field(default_factory=dict)

    def pin(self, words: str = "You are a fool.") -> UUID:
        """Pin a note up."""
        key = uuid7()
        self.words[key] = words
        return key

    def describe(self, actor: Actor, key: UUID) -> Subject | None:
        """Return a note for those who see it, and for the system."""
        if key not in self.words or not (actor.is_system or actor.id in self.readers):
            return None
        snapshot = {"words": self.words[key]}
        return Subject(type="note", id=key, owner_id=self.owner.known_id(), title="A note of Pat", snapshot=snapshot)


@pytest.fixture
def notes(pat: Actor, casey: Actor, sam: Actor) -> Notes:
    """Pat's notes, which Casey, Sam and Pat can read."""
    made = Notes(pat, {pat.known_id(), casey.known_id(), sam.known_id()})
    subjects.register("note", made.describe)
    return made


@pytest.fixture
def mo(ada: Actor) -> Actor:
    """A moderator."""
    return moderator("Mo Moderator")


@pytest.fixture
def nia(ada: Actor) -> Actor:
    """Another moderator."""
    return moderator("Nia Moderator")


def moderator(name: str) -> Actor:
    return person(name, rights=["moderation"])


def report(actor: Actor, key: UUID, **changes: object) -> UUID:
    """Report a note as an edge would."""
    wanted = {"subject_type": "note", "rule": HouseRule.RESPECT, "words": "He insults me.", **changes}
    with edge_transaction():
        return services.report(actor=actor, subject_id=key, **wanted)  # type: ignore[arg-type]


def claim(actor: Actor, case_id: UUID) -> None:
    with edge_transaction():
        services.claim_case(actor=actor, case_id=case_id)


def decide(actor: Actor, case_id: UUID, verdict: Verdict) -> UUID:
    """Claim and decide a case."""
    claim(actor, case_id)
    with edge_transaction():
        return services.decide_case(actor=actor, case_id=case_id, verdict=verdict)


def verdict(measure: str = "restrict", **changes: object) -> Verdict:
    """Return a verdict that lacks nothing."""
    usual: dict[str, object] = {"facts": "Pat called Casey a fool.", "rule": HouseRule.RESPECT}
    if measure == "restrict":
        usual |= {"acts": frozenset({RestrictedAct.MESSAGING}), "days": 7}
    if measure == "dismiss":
        usual["rule"] = None
    return Verdict(measure=Measure(measure), **(usual | changes))  # type: ignore[arg-type]


@pytest.fixture
def decided(notes: Notes, casey: Actor, mo: Actor) -> Callable[..., UUID]:
    """Return a function that brings a report of Casey about Pat to a decision of Mo."""
    from jobsphere.moderation.models import Report

    def make(measure: str = "restrict", **changes: object) -> UUID:
        made = report(casey, notes.pin())
        return decide(mo, Report.objects.get(pk=made).case_id, verdict(measure, **changes))

    return make
