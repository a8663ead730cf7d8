"""Appeals: once for each decision, answered by another human (Digital Services Act, art. 20)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.composed import get
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput, NotFound, WrongStatus
from jobsphere.moderation import links, policies
from jobsphere.moderation.errors import AppealNotPossible
from jobsphere.moderation.events import AppealDecided, AppealMade
from jobsphere.moderation.models import Appeal, Decision, Restriction
from jobsphere.moderation.rules import APPEAL, APPEALABLE
from jobsphere.moderation.services.restrictions import end
from jobsphere.moderation.types import AppealStatus, Outcome, RestrictionStatus
from jobsphere.outbox.services import publish
from jobsphere.users.personal_data import subject_of


def appeal(*, actor: Actor, decision_id: UUID, words: str) -> UUID:
    """Ask for another human to look at a decision about oneself; returns the appeal's id.

    Raises NotFound for anybody else's, InvalidInput without words, AppealNotPossible a second time or too late.
    """
    require_transaction()
    found = Decision.objects.filter(pk=decision_id, person_id=actor.known_id(), measure__in=APPEALABLE).first()
    if found is None:
        raise NotFound("There is no such decision about you.")
    return _make(actor, found, words)


def appeal_by_token(*, token: str, words: str) -> UUID:
    """The same with the link of a letter, for whoever cannot sign in: the letter went to the person alone."""
    require_transaction()
    found = Decision.objects.filter(pk=links.read_token(token), measure__in=APPEALABLE).first()
    if found is None:
        raise NotFound("There is no such decision about you.")
    person = subject_of(found.person_id)
    return _make(Actor(id=person.id, name=person.name), found, words)


def decide_appeal(*, actor: Actor, appeal_id: UUID, overturn: bool, reasons: str) -> Outcome | None:
    """Uphold a decision, or overturn it and undo what it did; what there is to show again is returned.

    Raises Forbidden without the right, NotImpartial for who decided before, NotFound, WrongStatus when it is answered.
    """
    require_transaction()
    policies.require_moderator(actor)
    row = Appeal.objects.filter(pk=appeal_id).select_related("decision__case").first()
    if row is None:
        raise NotFound("There is no such appeal.")
    policies.require_impartial(actor, row.decision.case)
    policies.require_another(actor, row.decision)
    status = APPEAL.next(AppealStatus(row.status), "overturn" if overturn else "uphold")
    answer = {"reviewer": actor.known_id(), "reasons": reasons.strip(), "decided_at": clock.now()}
    if not move(Appeal, row.id, from_status=row.status, to_status=status, **answer):
        raise WrongStatus("decide", get(Appeal, pk=row.pk).status)
    if overturn:
        _undo(actor, row.decision, reasons)
    _tell(actor, row, status)
    case = row.decision.case
    again = overturn and row.decision.content_removed
    removed = row.decision.removed
    return Outcome(subject_type=case.subject_type, subject_id=case.subject_id, removed=removed) if again else None


def _make(actor: Actor, decision: Decision, words: str) -> UUID:
    words = words.strip()
    if not words:
        raise InvalidInput.at("/words", "required", "Say why you think that this decision is wrong.")
    if decision.appeal_until <= clock.now():
        raise AppealNotPossible(f"The time to appeal was over on {decision.appeal_until:%d %B %Y}.")
    try:
        with savepoint():
            row = Appeal.objects.create(
                decision=decision, words=words, answer_by=clock.now() + timedelta(days=settings.APPEAL_ANSWER_DAYS)
            )
    except IntegrityError as error:
        raise AppealNotPossible("You have appealed against this decision; there is one appeal for each.") from error
    record(actor=actor, verb="appeal.make", target_type="appeal", target_id=row.id, detail={"decision_id": decision.id})
    publish(AppealMade(appeal_id=row.id, decision_id=decision.id, person_id=decision.person_id), actor=actor)
    return row.id


def _undo(actor: Actor, decision: Decision, reasons: str) -> None:
    held = Restriction.objects.filter(decision=decision, status=RestrictionStatus.ACTIVE).first()
    if held:
        end(held, "lift", actor=actor, reason=f"Overturned on appeal: {reasons}")


def _tell(actor: Actor, row: Appeal, status: AppealStatus) -> None:
    detail = {"decision_id": row.decision_id, "status": status}
    record(actor=actor, verb="appeal.decide", target_type="appeal", target_id=row.id, detail=detail)
    decided = AppealDecided(
        appeal_id=row.id, decision_id=row.decision_id, person_id=row.decision.person_id, status=status.value
    )
    publish(decided, actor=actor)
