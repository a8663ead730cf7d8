"""Bodies of moderation."""

from typing import Any

from rest_framework import serializers

from jobsphere.moderation.models import Block, Decision, Report
from jobsphere.moderation.rules import WORDS_LENGTH
from jobsphere.moderation.selectors import block_view
from jobsphere.moderation.selectors.mine import report_view
from jobsphere.moderation.selectors.statements import statement_view
from jobsphere.moderation.types import (
    AppealStatus,
    AppealView,
    HouseRule,
    HouseRuleView,
    Measure,
    ReportView,
    RestrictedAct,
    RestrictionStatus,
    RestrictionView,
    StatementView,
)
from jobsphere.web.serializers import PersonSerializer, StrictSerializer


def words(**options: Any) -> serializers.CharField:
    """Return a field for what a person says."""
    return serializers.CharField(max_length=WORDS_LENGTH, trim_whitespace=True, **options)


class BlockSerializer(serializers.Serializer[Block]):
    """A person whom I have blocked."""

    person = PersonSerializer()
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Block) -> dict[str, Any]:
        shown = block_view(instance)
        person = {"id": shown.person_id, "name": shown.name}
        return super().to_representation({"person": person, "created_at": shown.created_at})  # type: ignore[arg-type]


class BlockedSerializer(serializers.Serializer[Any]):
    """Whether I have blocked the person now."""

    blocked = serializers.BooleanField()


class HouseRuleSerializer(serializers.Serializer[HouseRuleView]):
    """A rule of the house."""

    code = serializers.ChoiceField(choices=[str(each) for each in HouseRule])
    title = serializers.CharField()
    text = serializers.CharField()


class HouseRulesSerializer(serializers.Serializer[Any]):
    """The rules of the house, and what can be reported."""

    results = HouseRuleSerializer(many=True)
    subject_types = serializers.ListField(child=serializers.CharField())


class ReportInputSerializer(StrictSerializer):
    """What breaks which rule."""

    subject_type = serializers.RegexField(r"^[a-z_]{1,40}$", help_text="GET /api/reports/rules/ lists them.")
    subject_id = serializers.UUIDField()
    rule = serializers.ChoiceField(choices=[str(each) for each in HouseRule])
    words = words(required=False, allow_blank=True, default="")


class SafetyReportSerializer(serializers.Serializer[Any]):
    """My report and what became of it."""

    id = serializers.UUIDField()
    subject_type = serializers.CharField()
    subject_title = serializers.CharField()
    rule = serializers.ChoiceField(choices=[str(each) for each in HouseRule])
    words = serializers.CharField()
    created_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    acted = serializers.BooleanField(allow_null=True, help_text="Null until it is answered.")

    def to_representation(self, instance: Report | ReportView) -> dict[str, Any]:
        return super().to_representation(report_view(instance) if isinstance(instance, Report) else instance)


class RestrictionSerializer(serializers.Serializer[RestrictionView]):
    """What a person may not do; `until` null: until staff lift it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in RestrictionStatus])
    acts = serializers.ListField(child=serializers.ChoiceField(choices=[str(each) for each in RestrictedAct]))
    suspends = serializers.BooleanField()
    until = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class AppealSerializer(serializers.Serializer[AppealView]):
    """An appeal and its answer."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in AppealStatus])
    words = serializers.CharField()
    reasons = serializers.CharField()
    created_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)


class StatementOfReasonsSerializer(serializers.Serializer[Any]):
    """A statement of reasons: what was decided about me, why, for how long, and what I can do about it."""

    id = serializers.UUIDField()
    measure = serializers.ChoiceField(choices=[str(each) for each in Measure])
    subject_type = serializers.CharField()
    subject_title = serializers.CharField()
    content_removed = serializers.BooleanField()
    facts = serializers.CharField()
    rule = HouseRuleSerializer()
    automated = serializers.BooleanField(help_text="Whether a machine found or decided it.")
    decided_at = serializers.DateTimeField()
    restriction = RestrictionSerializer(allow_null=True)
    appeal_until = serializers.DateTimeField()
    appeal = AppealSerializer(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())

    def to_representation(self, instance: Decision | StatementView) -> dict[str, Any]:
        return super().to_representation(statement_view(instance) if isinstance(instance, Decision) else instance)


class RestrictionsSerializer(serializers.Serializer[Any]):
    """The decisions because of which I may not do everything now."""

    results = StatementOfReasonsSerializer(many=True)


class AppealInputSerializer(StrictSerializer):
    """Why the decision is wrong."""

    words = words()


class TokenSerializer(StrictSerializer):
    """The token of the link in a letter."""

    token = serializers.CharField(max_length=300)


class TokenAppealSerializer(TokenSerializer):
    """The token of the link in a letter, and why the decision is wrong."""

    words = words()
