"""Who is told what: reporters of the receipt and the outcome, the person concerned of the reasons, staff of appeals."""

from uuid import UUID

from jobsphere.db.composed import get
from jobsphere.moderation import links
from jobsphere.moderation.events import AppealDecided, AppealMade, CaseDecided, ReportMade, RestrictionEnded
from jobsphere.moderation.letters import send_letter
from jobsphere.moderation.models import Appeal, Case, Decision, Report, Restriction
from jobsphere.moderation.types import AppealStatus, Measure
from jobsphere.notifications.services import tell
from jobsphere.outbox.services import enqueue
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.users.selectors import find_person, holders_of
from jobsphere.users.types import Right

_MEASURES = {
    Measure.REMOVE: "account.restriction/remove",
    Measure.WARN: "account.restriction/warn",
    Measure.RESTRICT: "account.restriction/restrict",
    Measure.SUSPEND: "account.restriction/suspend",
}


@subscribe(ReportMade)
def acknowledge(event: ReportMade) -> None:
    """Confirm the receipt (Digital Services Act, art. 16, 4)."""
    case = get(Case, pk=event.case_id)
    tell(
        user_id=event.reporter_id,
        message="report.updated/received",
        params={"answer_by": case.answer_by, "subject": case.subject_title},
        key=f"report:{event.report_id}:received",
    )


@subscribe(CaseDecided)
def tell_reporters(event: CaseDecided) -> None:
    """Tell everybody who reported the thing whether something was done; what exactly stays between us and the other."""
    acted = event.measure != Measure.DISMISS
    for row in Report.objects.filter(case_id=event.case_id).select_related("case"):
        tell(
            user_id=row.reporter_id,
            message="report.updated/acted" if acted else "report.updated/dismissed",
            params={"subject": row.case.subject_title},
            key=f"report:{row.id}:decided",
        )


@subscribe(CaseDecided)
def tell_the_person(event: CaseDecided) -> None:
    """Give the statement of reasons to whom it is about (art. 17); by letter where nobody can sign in."""
    measure = Measure(event.measure)
    if measure is Measure.DISMISS:
        return
    if measure is Measure.SUSPEND:
        enqueue(send_letter, "suspended", event.decision_id)
    decision = get(Decision, pk=event.decision_id)
    tell(
        user_id=event.person_id,
        message=_MEASURES[measure],
        params={"facts": decision.facts, "statement": links.statement_path(event.decision_id)},
        key=f"decision:{event.decision_id}",
    )


@subscribe(RestrictionEnded)
def tell_of_the_end(event: RestrictionEnded) -> None:
    """Say that everything is possible again; an appeal that ended it has its own answer."""
    row = get(Restriction, "decision", pk=event.restriction_id)
    if Appeal.objects.filter(decision=row.decision, status=AppealStatus.OVERTURNED).exists():
        return
    if row.suspends:
        enqueue(send_letter, "over", row.decision_id)
    tell(
        user_id=event.person_id,
        message="account.restriction/over",
        params={"statement": links.statement_path(row.decision_id)},
        key=f"restriction:{row.id}:ended",
    )


@subscribe(AppealMade)
def tell_staff(event: AppealMade) -> None:
    """Tell those who may answer: everybody with the right but who decided before."""
    decision = get(Decision, pk=event.decision_id)
    for user_id in holders_of(Right.MODERATION):
        if user_id not in (decision.decided_by_id, decision.person_id):
            tell(user_id=user_id, message="staff.alarm/appeal", key=f"appeal:{event.appeal_id}:made")


@subscribe(AppealDecided)
def tell_the_answer(event: AppealDecided) -> None:
    """Tell the person what became of the appeal; by letter where they cannot sign in, or could not until now."""
    row = get(Appeal, "decision__restriction", pk=event.appeal_id)
    restriction: Restriction | None = getattr(row.decision, "restriction", None)
    if find_person(user_id=event.person_id) is None or (restriction and restriction.suspends):
        enqueue(send_letter, event.status, event.decision_id)
    overturned = event.status == AppealStatus.OVERTURNED
    tell(
        user_id=event.person_id,
        message="account.restriction/overturned" if overturned else "account.restriction/upheld",
        params={"reasons": row.reasons, "statement": links.statement_path(event.decision_id)},
        key=f"appeal:{row.id}:decided",
    )


def alarm_of_overdue(what: str, row_id: UUID) -> None:
    """Tell everybody with the right that a case ("cases") or an appeal ("appeals") waits for longer than promised."""
    message = "staff.alarm/cases_overdue" if what == "cases" else "staff.alarm/appeals_overdue"
    for user_id in holders_of(Right.MODERATION):
        tell(user_id=user_id, message=message, key=f"{what}:{row_id}:overdue")
