"""What may stand in the query of a list. A query is parsed once: the same text always means the same filters."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from rest_framework import serializers

from jobsphere.jobs.api.serializers import choices
from jobsphere.jobs.types import JobFilters, JobStatus, PriceKind, ProposalStatus
from jobsphere.kit.actor import CONTRACTOR, CUSTOMER
from jobsphere.kit.money import MAX_AMOUNT, is_currency
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE, read_cursor
from jobsphere.web.serializers import DegreesField, StrictSerializer, WordsField


class PagedQuerySerializer(StrictSerializer):
    """The parameters of every list."""

    cursor = serializers.CharField(required=False, allow_blank=True, help_text="Opaque; follow `next`.")
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)


class JobFiltersSerializer(StrictSerializer):
    """The filters of the job list; everything that is given must hold."""

    search = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="All these words.")
    category = serializers.SlugField(max_length=60, required=False, help_text="A category or a group of them.")
    skills = WordsField(
        child=serializers.SlugField(max_length=60), max_length=15, required=False, help_text="At least one of these."
    )
    budget_kind = serializers.ChoiceField(choices=choices(PriceKind), required=False)
    budget_min = serializers.IntegerField(
        min_value=0, max_value=MAX_AMOUNT, required=False, help_text="Minor units; the job's range reaches this."
    )
    budget_max = serializers.IntegerField(
        min_value=0, max_value=MAX_AMOUNT, required=False, help_text="Minor units; the job's range starts below."
    )
    currency = serializers.CharField(required=False, help_text="Of the budget; the marketplace's own by default.")
    due_from = serializers.DateField(required=False)
    due_until = serializers.DateField(required=False)
    latitude = DegreesField(90, required=False)
    longitude = DegreesField(180, required=False)
    radius_km = serializers.FloatField(min_value=0.1, max_value=500, required=False, help_text="25 by default.")
    status = WordsField(child=serializers.ChoiceField(choices=choices(JobStatus)), required=False)
    mine = serializers.BooleanField(default=False, help_text="Jobs that I posted or am hired for, in any status.")

    def validate_currency(self, value: str) -> str:
        if not is_currency(value):
            raise serializers.ValidationError("This is not an ISO 4217 code such as USD.", code="currency")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("latitude" in attrs) != ("longitude" in attrs):
            missing = "longitude" if "latitude" in attrs else "latitude"
            raise serializers.ValidationError({missing: "Give latitude and longitude together."}, code="incomplete")
        if "radius_km" in attrs and "latitude" not in attrs:
            raise serializers.ValidationError({"latitude": "A radius needs a centre."}, code="incomplete")
        return attrs


class JobQuerySerializer(PagedQuerySerializer, JobFiltersSerializer):
    """The query of GET /api/jobs/."""


class ProposalQuerySerializer(PagedQuerySerializer):
    """The query of GET /api/proposals/."""

    job = serializers.UUIDField(required=False)
    status = serializers.ChoiceField(choices=choices(ProposalStatus), required=False)
    role = serializers.ChoiceField(
        choices=[CUSTOMER, CONTRACTOR], required=False, help_text="Received as customer, or made as contractor."
    )


@dataclass(frozen=True, slots=True)
class JobQuery:
    """The query of a job list, understood."""

    filters: JobFilters
    size: int
    position: UUID | None
    backwards: bool


@lru_cache(maxsize=4096)
def job_query(query_string: str) -> JobQuery:
    """Return what a query string asks for; raises a problem that names the wrong parameters.

    A pure function, so busy queries are parsed once in a process and not once a request.
    """
    values = checked(JobQuerySerializer, query_string)
    position, backwards = read_cursor(values.pop("cursor", ""))
    return JobQuery(job_filters(values), values["page_size"], position, backwards)


def checked(serializer: type[serializers.Serializer[Any]], query_string: str) -> dict[str, Any]:
    """Return the parameters as the serializer understands them."""
    lists = QueryDict(query_string).lists()
    parsed = serializer(data={name: values[0] if len(values) == 1 else values for name, values in lists})
    parsed.is_valid(raise_exception=True)
    return dict(parsed.validated_data)


def job_filters(values: dict[str, Any]) -> JobFilters:
    """Return validated filters as the selectors take them."""
    priced = "budget_min" in values or "budget_max" in values
    kind = values.get("budget_kind")
    plain = ("search", "category", "budget_min", "budget_max", "due_from", "due_until", "latitude", "longitude")
    return JobFilters(
        **{name: values[name] for name in (*plain, "radius_km", "mine") if name in values},
        skills=tuple(values.get("skills", ())),
        statuses=tuple(JobStatus(each) for each in values.get("status", ())),
        budget_kind=PriceKind(kind) if kind else None,
        currency=values.get("currency") or (settings.DEFAULT_CURRENCY if priced else ""),
    )
