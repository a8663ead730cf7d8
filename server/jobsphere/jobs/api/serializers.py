"""Jobs on the wire. `JobCardSerializer` and `JobSerializer` are the contract that `selectors/feed.py` must meet."""

from typing import Any

from rest_framework import serializers

from jobsphere.jobs.models import Job
from jobsphere.jobs.selectors.views import budget_of
from jobsphere.jobs.types import Budget, JobDetails, JobStatus, PriceKind, Visibility
from jobsphere.web.serializers import DegreesField, MoneyField, PersonSerializer, StrictSerializer

SUMMARY_LENGTH = 240


def choices(kind: Any) -> list[str]:
    """Return the values of an enum as they stand on the wire."""
    return [str(each) for each in kind]


class MomentField(serializers.DateTimeField):
    """A moment in UTC, always with its six decimals, as PostgreSQL writes it too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%S.%fZ", **options)


class BudgetSerializer(StrictSerializer):
    """What the customer means to spend: a range for the whole work (fixed) or of hourly rates."""

    kind = serializers.ChoiceField(choices=choices(PriceKind))
    min = MoneyField()
    max = MoneyField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        # A PATCH of the job may leave the budget out, but a budget is always whole: half of one says nothing.
        if missing := [name for name in ("kind", "min", "max") if name not in attrs]:
            raise serializers.ValidationError(
                dict.fromkeys(missing, serializers.ErrorDetail("This field is required.", code="required"))
            )
        return attrs


class JobWordSerializer(serializers.Serializer[Any]):
    """A category or skill of the taxonomy."""

    slug = serializers.SlugField()
    name = serializers.CharField()


class JobCardSerializer(serializers.Serializer[Job]):
    """A job in a list."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=choices(JobStatus))
    visibility = serializers.ChoiceField(choices=choices(Visibility))
    title = serializers.CharField()
    summary = serializers.SerializerMethodField()
    customer = PersonSerializer()
    category = JobWordSerializer(allow_null=True)
    skills = serializers.SerializerMethodField()
    budget = serializers.SerializerMethodField()
    starts_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    place = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True, help_text="Rounded to about 1 km.")
    longitude = serializers.FloatField(allow_null=True, help_text="Rounded to about 1 km.")
    proposal_count = serializers.IntegerField()
    published_at = MomentField(allow_null=True)
    expires_at = MomentField(allow_null=True)
    created_at = MomentField()

    def get_summary(self, job: Job) -> str:
        return job.description[:SUMMARY_LENGTH]

    def get_skills(self, job: Job) -> JobWordSerializer(many=True):  # type: ignore[valid-type]
        ordered = sorted(job.skills.all(), key=lambda skill: skill.slug)
        return [{"slug": skill.slug, "name": skill.name} for skill in ordered]

    def get_budget(self, job: Job) -> BudgetSerializer(allow_null=True):  # type: ignore[valid-type]
        budget = budget_of(job)
        return BudgetSerializer(budget).data if budget else None


class JobSerializer(JobCardSerializer):
    """A job on its own page. What is private is null for everybody but its parties."""

    description = serializers.CharField()
    updated_at = MomentField()
    cancel_reason = serializers.CharField()
    contractor = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField()
    exact_latitude = serializers.SerializerMethodField()
    exact_longitude = serializers.SerializerMethodField()
    allowed_actions = serializers.SerializerMethodField()

    def get_contractor(self, job: Job) -> PersonSerializer(allow_null=True):  # type: ignore[valid-type]
        hired = job.contractor if self._is_party() else None
        return PersonSerializer(hired).data if hired else None

    def get_address(self, job: Job) -> str | None:
        return job.address if self._is_party() else None

    def get_exact_latitude(self, job: Job) -> float | None:
        return job.exact_latitude if self._is_party() else None

    def get_exact_longitude(self, job: Job) -> float | None:
        return job.exact_longitude if self._is_party() else None

    def get_allowed_actions(self, job: Job) -> list[str]:
        actions: list[str] = self.context["allowed_actions"]
        return actions

    def _is_party(self) -> bool:
        return bool(self.context["is_party"])


class JobInputSerializer(StrictSerializer):
    """What a customer says of a job; a draft needs only a title."""

    title = serializers.CharField(max_length=140)
    description = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    category = serializers.SlugField(max_length=60, allow_blank=True, required=False)
    skills = serializers.ListField(child=serializers.SlugField(max_length=60), max_length=15, required=False)
    budget = BudgetSerializer(allow_null=True, required=False)
    starts_on = serializers.DateField(allow_null=True, required=False)
    due_on = serializers.DateField(allow_null=True, required=False)
    place = serializers.CharField(max_length=120, allow_blank=True, required=False)
    address = serializers.CharField(
        max_length=300, allow_blank=True, required=False, help_text="Shown to the hired contractor only."
    )
    latitude = DegreesField(90, allow_null=True, required=False)
    longitude = DegreesField(180, allow_null=True, required=False)

    def validate_budget(self, value: dict[str, Any] | None) -> Budget | None:
        return Budget(PriceKind(value["kind"]), value["min"], value["max"]) if value else None

    def validate_skills(self, value: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value))


class NewJobSerializer(JobInputSerializer):
    """A new job: published at once, or kept as a draft."""

    draft = serializers.BooleanField(default=False)


class RepostSerializer(JobInputSerializer):
    """What is new about an expired job; with nothing it is posted as it was."""


class CancelSerializer(StrictSerializer):
    """Why a job is taken back."""

    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


def job_details(values: dict[str, Any]) -> JobDetails:
    """Return validated input as the verbs take it."""
    return JobDetails(**{name: value for name, value in values.items() if name != "draft"})
