"""Staff take a case, and decide it with a statement of reasons (Digital Services Act, art. 16 and 17)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from jobsphere.audit.services import record, to_json
from jobsphere.db.composed import get
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import WrongStatus
from jobsphere.moderation import policies, rules
from jobsphere.moderation.errors import CaseIsClaimed
from jobsphere.moderation.events import CaseDecided
from jobsphere.moderation.models import Case, Decision
from jobsphere.moderation.rules import CASE
from jobsphere.moderation.services.restrictions import restrict
from jobsphere.moderation.types import CaseStatus, Measure, Verdict
from jobsphere.outbox.services import publish
from jobsphere.users.selectors import people


def claim_case(*, actor: Actor, case_id: UUID) -> None:
    """Take a case, so that two do not do the same; one that a colleague has left for a day can be taken over.

    Raises Forbidden without the right, NotFound, NotImpartial, CaseIsClaimed, WrongStatus when it is decided.
    """
    require_transaction()
    case = policies.get_case_for(actor, case_id)
    policies.require_impartial(actor, case)
    if case.claimed_by_id == actor.id and case.status == CaseStatus.CLAIMED:
        return
    taken = {"claimed_by": actor.known_id(), "claimed_at": clock.now()}
    left = {"pk": case.id, "status": CaseStatus.CLAIMED, "claimed_at__lte": clock.now() - rules.CLAIM_HELD}
    moved = move(Case, case.id, from_status=CASE.sources("claim"), to_status=CaseStatus.CLAIMED, **taken)
    if not (moved or update_where(Case, left, **taken)):
        _raise_not_mine(case.id, "claim")
    record(actor=actor, verb="case.claim", target_type="case", target_id=case.id)


def release_case(*, actor: Actor, case_id: UUID) -> None:
    """Give a case back to the queue; raises Forbidden, NotFound, CaseIsClaimed for a colleague's, WrongStatus."""
    require_transaction()
    case = policies.get_case_for(actor, case_id)
    mine = {"pk": case.id, "status": CaseStatus.CLAIMED, "claimed_by": actor.known_id()}
    if not update_where(Case, mine, status=CaseStatus.OPEN, claimed_by=None, claimed_at=None):
        _raise_not_mine(case.id, "release")
    record(actor=actor, verb="case.release", target_type="case", target_id=case.id)


def decide_case(*, actor: Actor, case_id: UUID, verdict: Verdict, removed: Mapping[str, Any] | None = None) -> UUID:
    """Decide a case that one has claimed: the statement of reasons is written, and what it says is in force.

    `removed`: what the floor above, which knows whose verb that is, has taken away of the thing in this transaction;
    None when nothing. Returns the decision's id. Raises Forbidden, NotFound, NotImpartial, CaseIsClaimed, WrongStatus,
    InvalidInput for a verdict that lacks something.
    """
    require_transaction()
    case = policies.get_case_for(actor, case_id)
    policies.require_impartial(actor, case)
    rules.check_verdict(verdict)
    mine = {"pk": case.id, "status": CaseStatus.CLAIMED, "claimed_by": actor.known_id()}
    if not update_where(Case, mine, status=CaseStatus.DECIDED, decided_at=clock.now()):
        _raise_not_mine(case.id, "decide")
    decision = _write(actor, case, verdict, removed)
    if verdict.measure in (Measure.RESTRICT, Measure.SUSPEND):
        restrict(decision, verdict)
    _tell(actor, decision, verdict)
    return decision.id


def _write(actor: Actor, case: Case, verdict: Verdict, removed: Mapping[str, Any] | None) -> Decision:
    return Decision.objects.create(
        case=case,
        person_id=case.person_id,
        decided_by_id=actor.known_id(),
        measure=verdict.measure,
        facts=verdict.facts.strip(),
        rule=verdict.rule or "",
        content_removed=removed is not None,
        removed=to_json(removed or {}),
        unfounded=verdict.unfounded,
        appeal_until=clock.now() + timedelta(days=settings.APPEAL_DAYS),
    )


def _tell(actor: Actor, decision: Decision, verdict: Verdict) -> None:
    detail = {
        "decision_id": decision.id,
        "measure": verdict.measure,
        "rule": decision.rule,
        "acts": sorted(verdict.acts),
        "days": verdict.days,
        "content_removed": decision.content_removed,
    }
    record(actor=actor, verb="case.decide", target_type="case", target_id=decision.case_id, detail=detail)
    decided = CaseDecided(
        case_id=decision.case_id,
        decision_id=decision.id,
        person_id=decision.person_id,
        measure=verdict.measure.value,
    )
    publish(decided, actor=actor)


def _raise_not_mine(case_id: UUID, action: str) -> None:
    """Say whose the case is meanwhile; raises always."""
    case = get(Case, pk=case_id)
    if case.status != CaseStatus.CLAIMED or case.claimed_by_id is None:
        raise WrongStatus(action, case.status, CASE.allowed(CaseStatus(case.status), rules.STAFF))
    name = people([case.claimed_by_id])[case.claimed_by_id].name
    raise CaseIsClaimed(f"{name} works on this case.", claimed_by=name)
