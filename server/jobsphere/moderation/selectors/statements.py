"""Decisions as the person concerned reads them."""

from jobsphere.kit import clock
from jobsphere.moderation import rules
from jobsphere.moderation.models import Appeal, Decision, Restriction
from jobsphere.moderation.selectors.restrictions import restriction_view
from jobsphere.moderation.types import AppealStatus, AppealView, HouseRule, Measure, StatementView

#: What one statement is read with; one query for a page of them.
WITH = ("case", "restriction", "appeal")


def statement_view(row: Decision) -> StatementView:
    """Return a decision with its reasons; the row comes with its case, restriction and appeal (`WITH`)."""
    restriction: Restriction | None = getattr(row, "restriction", None)
    appeal: Appeal | None = getattr(row, "appeal", None)
    return StatementView(
        id=row.id,
        person_id=row.person_id,
        measure=Measure(row.measure),
        subject_type=row.case.subject_type,
        subject_title=row.case.subject_title,
        content_removed=row.content_removed,
        facts=row.facts,
        rule=rules.HOUSE_RULES[HouseRule(row.rule)],
        automated=row.automated,
        decided_at=row.created_at,
        restriction=restriction_view(restriction) if restriction else None,
        appeal_until=row.appeal_until,
        appeal=appeal_view(appeal) if appeal else None,
        allowed_actions=("appeal",) if appeal is None and row.appeal_until > clock.now() else (),
    )


def appeal_view(row: Appeal) -> AppealView:
    """Return an appeal as the person who made it sees it: the reasons, not the name of who gave them."""
    return AppealView(
        id=row.id,
        status=AppealStatus(row.status),
        words=row.words,
        reasons=row.reasons,
        created_at=row.created_at,
        answer_by=row.answer_by,
        decided_at=row.decided_at,
    )
