"""Notice: a person says that a thing breaks a rule (Digital Services Act, art. 16)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from jobsphere.audit.services import record, to_json
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.moderation import rules, subjects
from jobsphere.moderation.errors import AlreadyReported, ReportsPaused
from jobsphere.moderation.events import ReportMade
from jobsphere.moderation.models import Case, Decision, Report
from jobsphere.moderation.types import CaseStatus, HouseRule, Subject
from jobsphere.outbox.services import publish

_UNDECIDED = (CaseStatus.OPEN, CaseStatus.CLAIMED)


def report(*, actor: Actor, subject_type: str, subject_id: UUID, rule: HouseRule, words: str = "") -> UUID:
    """Report a thing; returns the report's id. What the thing says now is kept as evidence.

    Raises NotFound for what there is not or the actor cannot see, InvalidInput for one's own, AlreadyReported, and
    ReportsPaused for whoever has too many open or plainly unfounded reports.
    """
    require_transaction()
    subject = subjects.find_for(actor, subject_type, subject_id)
    if subject.owner_id == actor.known_id():
        raise InvalidInput.at("/subject_id", "own", "This is your own. You can change or delete it yourself.")
    _require_not_paused(actor)
    case = _case_of(subject)
    row = _insert(actor, case, rule, words.strip(), subject)
    detail = {"case_id": case.id, "subject_type": subject_type, "subject_id": subject_id, "rule": rule}
    # Not the person it is about: what is said about somebody is not in their export, with the name of who said it.
    record(actor=actor, verb="report.make", target_type="report", target_id=row.id, detail=detail)
    publish(ReportMade(case_id=case.id, report_id=row.id, reporter_id=row.reporter_id), actor=actor)
    return row.id


def _require_not_paused(actor: Actor) -> None:
    moment = clock.now()
    made = Report.objects.filter(reporter_id=actor.known_id())
    if made.filter(case__status__in=_UNDECIDED).count() >= rules.OPEN_REPORTS:
        raise ReportsPaused(f"{rules.OPEN_REPORTS} of your reports wait for an answer. Wait for some of them.")
    unfounded = Decision.objects.filter(case__reports__reporter_id=actor.known_id(), unfounded=True)
    recent = unfounded.filter(created_at__gt=moment - rules.UNFOUNDED_PERIOD).order_by("-created_at")
    until = rules.paused_until(list(recent.values_list("created_at", flat=True)), moment)
    if until:
        raise ReportsPaused(
            f"Several of your last reports were plainly without reason. You can report again on {until:%d %B %Y}."
            " If somebody is in danger, call the police.",
            until=until.isoformat(),
            retry_after=int((until - moment).total_seconds()) + 1,
        )


def _case_of(subject: Subject) -> Case:
    """Return the open case of the thing, made with its first report."""
    same = {"subject_type": subject.type, "subject_id": subject.id, "status__in": _UNDECIDED}
    if found := Case.objects.filter(**same).first():
        return found
    try:
        with savepoint():
            return Case.objects.create(
                subject_type=subject.type,
                subject_id=subject.id,
                subject_title=subject.title[: rules.TITLE_LENGTH],
                person_id=subject.owner_id,
                answer_by=clock.now() + timedelta(hours=settings.REPORT_ANSWER_HOURS),
            )
    except IntegrityError:  # somebody else reported it in the same moment
        return Case.objects.get(**same)


def _insert(actor: Actor, case: Case, rule: HouseRule, words: str, subject: Subject) -> Report:
    try:
        with savepoint():
            return Report.objects.create(
                case=case, reporter_id=actor.known_id(), rule=rule, words=words, snapshot=to_json(subject.snapshot)
            )
    except IntegrityError as error:
        before = Report.objects.get(case=case, reporter_id=actor.known_id())
        raise AlreadyReported(
            "You have reported this, and we are looking at it. My reports shows where it stands.",
            report_id=str(before.id),
        ) from error
