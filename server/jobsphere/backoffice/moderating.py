"""Decisions about reports: moderation writes the reasons; the app that owns the thing removes it and puts it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jobsphere.jobs import services as jobs
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.messaging import services as messaging
from jobsphere.moderation import services as moderation
from jobsphere.moderation import staff
from jobsphere.moderation.types import Measure, Verdict
from jobsphere.profiles import reported as profiles
from jobsphere.reviews import services as reviews

Removed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Removal:
    """How a kind of thing goes, answering what was taken away (None: nothing was left to take), and comes back."""

    take_away: Callable[[Actor, UUID], Removed | None]
    put_back: Callable[[Actor, UUID, Removed], None]


#: What can be removed; a conversation cannot, only its messages, each on its own report.
REMOVALS: Mapping[str, Removal] = {
    "job": Removal(
        lambda actor, key: jobs.remove_job(actor=actor, job_id=key),
        lambda actor, key, removed: jobs.put_job_back(actor=actor, job_id=key, removed=removed),
    ),
    "proposal": Removal(
        lambda actor, key: jobs.remove_proposal_text(actor=actor, proposal_id=key),
        lambda actor, key, removed: jobs.put_proposal_text_back(actor=actor, proposal_id=key, removed=removed),
    ),
    "message": Removal(
        lambda actor, key: messaging.remove_message(actor=actor, message_id=key),
        lambda actor, key, removed: messaging.put_message_back(actor=actor, message_id=key, removed=removed),
    ),
    "review": Removal(
        lambda actor, key: reviews.remove_review(actor=actor, review_id=key),
        lambda actor, key, removed: reviews.put_review_back(actor=actor, review_id=key, removed=removed),
    ),
    "profile": Removal(
        lambda actor, key: profiles.remove_texts(actor=actor, person_id=key),
        lambda actor, key, removed: profiles.put_texts_back(actor=actor, person_id=key, removed=removed),
    ),
}


def decide_case(*, actor: Actor, case_id: UUID, verdict: Verdict) -> None:
    """Decide a case, and take the thing away where the verdict says so; raises like moderation.decide_case.

    InvalidInput also for a removal of what cannot be removed, or is gone already.
    """
    removed = None
    if verdict.remove_content or verdict.measure is Measure.REMOVE:
        removed = _take_away(actor, case_id)
    if verdict.measure is Measure.REMOVE and removed is None:
        raise InvalidInput.at(
            "/measure", "gone", "There is nothing left to remove. Choose another measure, or dismiss."
        )
    moderation.decide_case(actor=actor, case_id=case_id, verdict=verdict, removed=removed)


def decide_appeal(*, actor: Actor, appeal_id: UUID, overturn: bool, reasons: str) -> None:
    """Answer an appeal, and put back what the decision had removed when it is overturned; raises like moderation's."""
    outcome = moderation.decide_appeal(actor=actor, appeal_id=appeal_id, overturn=overturn, reasons=reasons)
    if outcome and outcome.subject_type in REMOVALS:
        REMOVALS[outcome.subject_type].put_back(actor, outcome.subject_id, outcome.removed)


def _take_away(actor: Actor, case_id: UUID) -> Removed | None:
    case = staff.case_for_decision(actor, case_id)
    if case.subject_type not in REMOVALS:
        text = "This cannot be removed as a whole. Decide about the person, or about each message on its own report."
        raise InvalidInput.at("/remove_content", "not-removable", text)
    return REMOVALS[case.subject_type].take_away(actor, case.subject_id)
