"""Reads for staff with the right "moderation": the queue, a case with its evidence, appeals, figures."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from jobsphere.db.rows import Rows
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation import rules, subjects
from jobsphere.moderation.models import Appeal, Case, Decision, Report
from jobsphere.moderation.policies import get_case_for, require_impartial, require_moderator
from jobsphere.moderation.selectors.statements import WITH, statement_view
from jobsphere.moderation.types import (
    AppealRecord,
    AppealStatus,
    CaseFilter,
    CasePage,
    CaseRecord,
    CaseStatus,
    DecisionRecord,
    Evidence,
    HouseRule,
    Measure,
    WeekOfModeration,
)

HISTORY = 20
_OPEN = (CaseStatus.OPEN, CaseStatus.CLAIMED)


def cases(viewer: Actor, wanted: CaseFilter) -> Rows[CaseRecord]:
    """Return the cases that fit; raises Forbidden without the right. Two queries a page."""
    require_moderator(viewer)
    rows = Case.objects.all()
    same = {"status": wanted.status, "subject_type": wanted.subject_type, "person_id": wanted.person_id}
    rows = rows.filter(**{name: value for name, value in same.items() if value})
    if wanted.rule:
        rows = rows.filter(pk__in=Report.objects.filter(rule=wanted.rule).values("case_id"))
    if wanted.mine:
        rows = rows.filter(claimed_by_id=viewer.known_id(), status=CaseStatus.CLAIMED)
    if wanted.overdue:
        rows = rows.filter(status__in=_OPEN, answer_by__lte=clock.now())
    return Rows(_with_reports(rows), _case_records)


def case_page(viewer: Actor, case_id: UUID) -> CasePage:
    """Return all that staff need to decide a case; raises Forbidden, NotFound."""
    get_case_for(viewer, case_id)
    row = _with_reports(Case.objects.filter(pk=case_id)).get()
    now = subjects.find(SYSTEM, row.subject_type, row.subject_id)
    decisions = Decision.objects.filter(person_id=row.person_id).select_related("decided_by", *WITH)
    known = {each.case_id: each for each in decisions.order_by("-pk")[:HISTORY]}
    own = known.pop(row.id, None)
    return CasePage(
        case=_case_records([row])[0],
        link=now.link if now else "",
        now=now.snapshot if now else None,
        evidence=tuple(_evidence(each) for each in row.reports.all()),
        decision=_decision(own) if own else None,
        history=tuple(_decision(each) for each in known.values()),
        reports_about=Report.objects.filter(case__person_id=row.person_id).count(),
        reports_by=Report.objects.filter(reporter_id=row.person_id).count(),
        allowed_actions=_allowed(viewer, row),
    )


def case_for_decision(viewer: Actor, case_id: UUID) -> CaseRecord:
    """Return a case that the viewer may decide, claimed or not; raises Forbidden, NotFound, NotImpartial."""
    row = get_case_for(viewer, case_id)
    require_impartial(viewer, row)
    return _case_records(list(_with_reports(Case.objects.filter(pk=row.pk))))[0]


def appeals(viewer: Actor, *, status: str = "", overdue: bool = False) -> Rows[AppealRecord]:
    """Return the appeals that fit; raises Forbidden without the right. One query a page."""
    require_moderator(viewer)
    rows = Appeal.objects.select_related("decision__person", "decision__decided_by", "reviewer")
    if status:
        rows = rows.filter(status=status)
    if overdue:
        rows = rows.filter(status=AppealStatus.OPEN, answer_by__lte=clock.now())
    return Rows(rows, lambda page: [_appeal(viewer, row) for row in page])


def appeal(viewer: Actor, appeal_id: UUID) -> AppealRecord:
    """Return one appeal; raises Forbidden without the right, NotFound."""
    found = next(iter(appeals(viewer).filter(pk=appeal_id)), None)
    if found is None:
        raise NotFound("There is no such appeal.")
    return found


def weeks(viewer: Actor, since: datetime, until: datetime) -> list[WeekOfModeration]:
    """Return each week of a period in figures, the empty ones too; raises Forbidden. Three queries."""
    require_moderator(viewer)
    period = {"gte": since, "lt": until}

    def within(name: str) -> dict[str, datetime]:
        return {f"{name}__{side}": moment for side, moment in period.items()}

    reports = Report.objects.filter(**within("created_at")).values_list("created_at", flat=True)
    reported = Counter(monday(moment) for moment in reports)
    spans: dict[date, list[timedelta]] = defaultdict(list)
    decided = Case.objects.filter(**within("decided_at")).values_list("created_at", "decided_at")
    for began, ended in decided:
        if ended:
            spans[monday(ended)].append(ended - began)
    answers: dict[date, list[str]] = defaultdict(list)
    for ended, status in Appeal.objects.filter(**within("decided_at")).values_list("decided_at", "status"):
        if ended:
            answers[monday(ended)].append(status)
    return [
        WeekOfModeration(
            week=week,
            reports=reported[week],
            decided=len(spans[week]),
            to_decision=rules.median(spans[week]),
            appeals=len(answers[week]),
            overturned=answers[week].count(AppealStatus.OVERTURNED),
        )
        for week in _mondays(since, until)
    ]


def waiting(viewer: Actor) -> tuple[int, int]:
    """Return how many cases and appeals wait for an answer; raises Forbidden. Two queries."""
    require_moderator(viewer)
    return Case.objects.filter(status__in=_OPEN).count(), Appeal.objects.filter(status=AppealStatus.OPEN).count()


def monday(moment: datetime) -> date:
    """Return the Monday (UTC) of the week of a moment."""
    return moment.date() - timedelta(days=moment.weekday())


def _mondays(since: datetime, until: datetime) -> list[date]:
    first, last = monday(since), monday(until - timedelta(microseconds=1))
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


def _with_reports(rows: "QuerySet[Case]") -> "QuerySet[Case]":
    made = Prefetch("reports", Report.objects.select_related("reporter").order_by("pk"))
    return rows.select_related("person", "claimed_by", "decision").prefetch_related(made)


def _case_records(rows: Sequence[Case]) -> list[CaseRecord]:
    return [_case(row) for row in rows]


def _case(row: Case) -> CaseRecord:
    decision: Decision | None = getattr(row, "decision", None)
    reports = list(row.reports.all())
    return CaseRecord(
        id=row.id,
        status=CaseStatus(row.status),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        subject_title=row.subject_title,
        person_id=row.person_id,
        person_name=row.person.name,
        rules=tuple(HouseRule(each) for each in sorted({report.rule for report in reports})),
        reports=len(reports),
        claimed_by_id=row.claimed_by_id,
        claimed_by_name=row.claimed_by.name if row.claimed_by else "",
        created_at=row.created_at,
        answer_by=row.answer_by,
        decided_at=row.decided_at,
        measure=Measure(decision.measure) if decision else None,
    )


def _evidence(row: Report) -> Evidence:
    return Evidence(
        id=row.id,
        reporter_id=row.reporter_id,
        reporter_name=row.reporter.name,
        rule=HouseRule(row.rule),
        words=row.words,
        snapshot=row.snapshot,
        created_at=row.created_at,
    )


def _decision(row: Decision) -> DecisionRecord:
    measure = Measure(row.measure)
    return DecisionRecord(
        statement=None if measure is Measure.DISMISS else statement_view(row),
        id=row.id,
        case_id=row.case_id,
        measure=measure,
        facts=row.facts,
        rule=HouseRule(row.rule) if row.rule else None,
        decided_by_id=row.decided_by_id,
        decided_by_name=row.decided_by.name,
        decided_at=row.created_at,
        unfounded=row.unfounded,
    )


def _appeal(viewer: Actor, row: Appeal) -> AppealRecord:
    decision = row.decision
    mine_to_answer = row.status == AppealStatus.OPEN and viewer.id not in (decision.decided_by_id, decision.person_id)
    return AppealRecord(
        id=row.id,
        status=AppealStatus(row.status),
        person_id=decision.person_id,
        person_name=decision.person.name,
        case_id=decision.case_id,
        measure=Measure(decision.measure),
        rule=HouseRule(decision.rule),
        facts=decision.facts,
        decided_by_id=decision.decided_by_id,
        decided_by_name=decision.decided_by.name,
        words=row.words,
        reasons=row.reasons,
        reviewer_name=row.reviewer.name if row.reviewer else "",
        created_at=row.created_at,
        answer_by=row.answer_by,
        decided_at=row.decided_at,
        allowed_actions=("overturn", "uphold") if mine_to_answer else (),
    )


def _allowed(viewer: Actor, row: Case) -> tuple[str, ...]:
    """Return what the viewer may do with a case: a colleague's can be taken over when it was left for a day."""
    concerned = {row.person_id, *(each.reporter_id for each in row.reports.all())}
    if row.status == CaseStatus.DECIDED or viewer.id in concerned:
        return ()
    if row.status == CaseStatus.OPEN:
        return ("claim",)
    if row.claimed_by_id == viewer.id:
        return ("decide", "release")
    left = row.claimed_at is not None and row.claimed_at <= clock.now() - rules.CLAIM_HELD
    return ("claim",) if left else ()
