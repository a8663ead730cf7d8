"""Reports, decisions and appeals on the admin's wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.api.serializers.queries import PageQuery, choice
from jobsphere.backoffice.moderating import REMOVALS
from jobsphere.moderation.types import (
    AppealRecord,
    AppealStatus,
    CasePage,
    CaseRecord,
    CaseStatus,
    DecisionRecord,
    Evidence,
    HouseRule,
    Measure,
    RestrictedAct,
    RestrictionStatus,
    Verdict,
)
from jobsphere.web.serializers import StrictSerializer

RULES = [str(each) for each in HouseRule]
MEASURES = [str(each) for each in Measure]
ACTS = [str(each) for each in RestrictedAct]
FACTS_LENGTH = 4000


class CasesQuery(PageQuery):
    """The query of the queue."""

    status = choice(CaseStatus)
    subject_type = serializers.CharField(required=False, max_length=40)
    rule = choice(HouseRule)
    person_id = serializers.UUIDField(required=False)
    mine = serializers.BooleanField(required=False, default=False, help_text="What I have claimed.")
    overdue = serializers.BooleanField(required=False, default=False, help_text="What waits for longer than promised.")


class AppealsQuery(PageQuery):
    """The query of the list of appeals."""

    status = choice(AppealStatus)
    overdue = serializers.BooleanField(required=False, default=False, help_text="What waits for longer than promised.")


class VerdictSerializer(StrictSerializer):
    """What is decided about a case. `facts` and `rule` are what the person reads as the reasons."""

    measure = serializers.ChoiceField(choices=MEASURES)
    facts = serializers.CharField(min_length=10, max_length=FACTS_LENGTH, trim_whitespace=True)
    rule = serializers.ChoiceField(choices=RULES, required=False, allow_null=True, default=None)
    acts = serializers.ListField(
        child=serializers.ChoiceField(choices=ACTS), required=False, max_length=len(ACTS), default=list
    )
    days = serializers.IntegerField(
        required=False, allow_null=True, default=None, help_text="Null: until it is lifted."
    )
    remove_content = serializers.BooleanField(required=False, default=False)
    unfounded = serializers.BooleanField(
        required=False, default=False, help_text="The report was plainly without reason."
    )


class AnswerSerializer(StrictSerializer):
    """The answer to an appeal."""

    overturn = serializers.BooleanField()
    reasons = serializers.CharField(min_length=10, max_length=FACTS_LENGTH, trim_whitespace=True)


class AdminCaseSerializer(serializers.Serializer[CaseRecord]):
    """A case in the queue: what several people may have reported about one thing."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in CaseStatus])
    subject_type = serializers.CharField()
    subject_id = serializers.UUIDField()
    subject_title = serializers.CharField()
    person_id = serializers.UUIDField()
    person_name = serializers.CharField()
    rules = serializers.ListField(child=serializers.ChoiceField(choices=RULES))
    reports = serializers.IntegerField()
    claimed_by_id = serializers.UUIDField(allow_null=True)
    claimed_by_name = serializers.CharField()
    created_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    measure = serializers.ChoiceField(choices=MEASURES, allow_null=True)


class ReportedEvidenceSerializer(serializers.Serializer[Evidence]):
    """One report: who says what, and how the thing looked then."""

    id = serializers.UUIDField()
    reporter_id = serializers.UUIDField()
    reporter_name = serializers.CharField()
    rule = serializers.ChoiceField(choices=RULES)
    words = serializers.CharField()
    snapshot = serializers.DictField()
    created_at = serializers.DateTimeField()


class HeldSerializer(serializers.Serializer[Any]):
    """What a person may not do; `until` null: until it is lifted."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in RestrictionStatus])
    acts = serializers.ListField(child=serializers.ChoiceField(choices=ACTS))
    suspends = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


AppealAnswer = serializers.ChoiceField(choices=[str(each) for each in AppealStatus], allow_null=True)


class AdminDecisionSerializer(serializers.Serializer[DecisionRecord]):
    """A decision with its reasons, and what it put into force."""

    id = serializers.UUIDField()
    case_id = serializers.UUIDField()
    measure = serializers.ChoiceField(choices=MEASURES)
    facts = serializers.CharField()
    rule = serializers.ChoiceField(choices=RULES, allow_null=True)
    decided_by_id = serializers.UUIDField()
    decided_by_name = serializers.CharField()
    decided_at = serializers.DateTimeField()
    unfounded = serializers.BooleanField()
    content_removed = serializers.SerializerMethodField()
    restriction = serializers.SerializerMethodField()
    appeal_status = serializers.SerializerMethodField()

    def get_content_removed(self, row: DecisionRecord) -> bool:
        return row.statement is not None and row.statement.content_removed

    def get_restriction(self, row: DecisionRecord) -> HeldSerializer(allow_null=True):  # type: ignore[valid-type]
        held = row.statement.restriction if row.statement else None
        return HeldSerializer(held).data if held else None

    def get_appeal_status(self, row: DecisionRecord) -> AppealAnswer:  # type: ignore[valid-type]
        return row.statement.appeal.status if row.statement and row.statement.appeal else None


class AdminCaseDetailSerializer(serializers.Serializer[CasePage]):
    """All that is needed to decide. `now`: the thing as it stands today, null when it is gone."""

    case = AdminCaseSerializer()
    link = serializers.CharField()
    now = serializers.DictField(allow_null=True)
    evidence = ReportedEvidenceSerializer(many=True)
    decision = AdminDecisionSerializer(allow_null=True)
    history = AdminDecisionSerializer(many=True)
    reports_about = serializers.IntegerField()
    reports_by = serializers.IntegerField()
    removable = serializers.SerializerMethodField()
    allowed_actions = serializers.ListField(child=serializers.CharField())

    def get_removable(self, page: CasePage) -> bool:
        return page.case.subject_type in REMOVALS and page.now is not None


class AdminAppealSerializer(serializers.Serializer[AppealRecord]):
    """An appeal with the decision that it is about."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in AppealStatus])
    person_id = serializers.UUIDField()
    person_name = serializers.CharField()
    case_id = serializers.UUIDField()
    measure = serializers.ChoiceField(choices=MEASURES)
    rule = serializers.ChoiceField(choices=RULES)
    facts = serializers.CharField()
    decided_by_id = serializers.UUIDField()
    decided_by_name = serializers.CharField()
    words = serializers.CharField()
    reasons = serializers.CharField()
    reviewer_name = serializers.CharField()
    created_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class ModerationWeekSerializer(serializers.Serializer[Any]):
    """A week in figures; `hours_to_decision` is the median, null when nothing was decided."""

    week = serializers.DateField()
    reports = serializers.IntegerField()
    decided = serializers.IntegerField()
    hours_to_decision = serializers.SerializerMethodField()
    appeals = serializers.IntegerField()
    overturned = serializers.IntegerField()

    def get_hours_to_decision(self, week: Any) -> int | None:
        return None if week.to_decision is None else round(week.to_decision.total_seconds() / 3600)


class ModerationFiguresSerializer(serializers.Serializer[Any]):
    """What waits, and the last weeks."""

    open_cases = serializers.IntegerField()
    open_appeals = serializers.IntegerField()
    weeks = ModerationWeekSerializer(many=True)


def verdict_of(values: dict[str, Any]) -> Verdict:
    """Return validated input as the verb takes it."""
    return Verdict(
        measure=Measure(values["measure"]),
        facts=values["facts"],
        rule=HouseRule(values["rule"]) if values["rule"] else None,
        acts=frozenset(RestrictedAct(each) for each in values["acts"]),
        days=values["days"],
        remove_content=values["remove_content"],
        unfounded=values["unfounded"],
    )
