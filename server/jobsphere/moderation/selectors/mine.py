"""What is one's own: reports that one made, decisions about oneself."""

from uuid import UUID

from django.db.models import QuerySet

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation import links, rules
from jobsphere.moderation.models import Decision, Report
from jobsphere.moderation.selectors.restrictions import in_force
from jobsphere.moderation.selectors.statements import WITH, statement_view
from jobsphere.moderation.types import HouseRule, HouseRuleView, Measure, ReportView, StatementView


def house_rules() -> list[HouseRuleView]:
    """Return the rules of the house, in the order in which people read them."""
    return list(rules.HOUSE_RULES.values())


def my_reports(viewer: Actor) -> "QuerySet[Report]":
    """Return the reports that the viewer made, for the API to page."""
    return Report.objects.filter(reporter_id=viewer.known_id()).select_related("case", "case__decision")


def my_report(viewer: Actor, report_id: UUID) -> ReportView:
    """Return one report of the viewer's; raises NotFound for anybody else's."""
    row = my_reports(viewer).filter(pk=report_id).first()
    if row is None:
        raise NotFound("You have made no such report.")
    return report_view(row)


def report_view(row: Report) -> ReportView:
    """Return a report as its author sees it: whether something was done; what, is between us and the other."""
    decision: Decision | None = getattr(row.case, "decision", None)
    return ReportView(
        id=row.id,
        subject_type=row.case.subject_type,
        subject_title=row.case.subject_title,
        rule=HouseRule(row.rule),
        words=row.words,
        created_at=row.created_at,
        answer_by=row.case.answer_by,
        decided_at=row.case.decided_at,
        acted=decision.measure != Measure.DISMISS if decision else None,
    )


def my_statements(viewer: Actor) -> "QuerySet[Decision]":
    """Return the decisions about the viewer, for the API to page; a dismissal was none about them."""
    return _read(Decision.objects.filter(person_id=viewer.known_id()))


def my_restrictions(viewer: Actor) -> list[StatementView]:
    """Return the decisions because of which the viewer may not do everything now; one query."""
    now = in_force(viewer.known_id()).values("decision_id")
    return [statement_view(row) for row in my_statements(viewer).filter(pk__in=now).order_by("-pk")]


def my_statement(viewer: Actor, decision_id: UUID) -> StatementView:
    """Return one decision about the viewer; raises NotFound for anybody else's."""
    return _one(my_statements(viewer), decision_id)


def statement_by_token(token: str) -> StatementView:
    """Return the decision that a letter's link opens; raises NotFound. Whoever holds the letter is the person."""
    return _one(_read(Decision.objects.all()), links.read_token(token))


def _read(rows: "QuerySet[Decision]") -> "QuerySet[Decision]":
    return rows.exclude(measure=Measure.DISMISS).select_related(*WITH)


def _one(rows: "QuerySet[Decision]", decision_id: UUID) -> StatementView:
    row = rows.filter(pk=decision_id).first()
    if row is None:
        raise NotFound("There is no such decision about you.")
    return statement_view(row)
