"""Proposals and saved searches on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from jobsphere.jobs import policies
from jobsphere.jobs.api.queries import JobFiltersSerializer
from jobsphere.jobs.api.serializers import MomentField, choices
from jobsphere.jobs.models import Proposal
from jobsphere.jobs.offered import live_offer_of
from jobsphere.jobs.selectors.views import milestones_of
from jobsphere.jobs.types import (
    JobStatus,
    PriceKind,
    ProposalDetails,
    ProposalStatus,
    ProposedMilestone,
    RejectionReason,
)
from jobsphere.kit.money import Money
from jobsphere.web.serializers import MoneyField, PersonSerializer, StrictSerializer


class ProposedMilestoneSerializer(StrictSerializer):
    """One part of the work."""

    title = serializers.CharField(max_length=140)
    amount = MoneyField()


class ProposalInputSerializer(StrictSerializer):
    """A contractor's answer; milestones, if any, add up to the price."""

    price = MoneyField()
    price_kind = serializers.ChoiceField(choices=choices(PriceKind), default=str(PriceKind.FIXED))
    message = serializers.CharField(max_length=5000)
    estimated_days = serializers.IntegerField(min_value=1, max_value=730)
    milestones = ProposedMilestoneSerializer(many=True, required=False)


class NewProposalSerializer(ProposalInputSerializer):
    """A new proposal and the job that it answers."""

    job = serializers.UUIDField()


class FeedbackSerializer(StrictSerializer):
    """What the customer says to a contractor they do not choose."""

    feedback = serializers.CharField(max_length=1000, allow_blank=True, default="")


class JobOfProposalSerializer(serializers.Serializer[Any]):
    """The job that a proposal answers."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=choices(JobStatus))


class ProposalSerializer(serializers.Serializer[Proposal]):
    """A proposal as its contractor and the job's customer see it."""

    id = serializers.UUIDField()
    job = JobOfProposalSerializer()
    contractor = PersonSerializer()
    status = serializers.ChoiceField(choices=choices(ProposalStatus))
    price = serializers.SerializerMethodField()
    price_kind = serializers.ChoiceField(choices=choices(PriceKind))
    message = serializers.CharField()
    estimated_days = serializers.IntegerField()
    milestones = serializers.SerializerMethodField()
    rejection_reason = serializers.ChoiceField(choices=choices(RejectionReason), allow_blank=True)
    feedback = serializers.CharField()
    created_at = MomentField()
    updated_at = MomentField()
    live_offer_id = serializers.SerializerMethodField()
    allowed_actions = serializers.SerializerMethodField()

    def get_price(self, proposal: Proposal) -> MoneyField():  # type: ignore[valid-type]
        return Money(proposal.price_amount, proposal.currency).to_json()

    def get_milestones(self, proposal: Proposal) -> ProposedMilestoneSerializer(many=True):  # type: ignore[valid-type]
        return [{"title": part.title, "amount": part.amount.to_json()} for part in milestones_of(proposal)]

    @extend_schema_field(serializers.UUIDField(allow_null=True, help_text="My offer on it that is there."))
    def get_live_offer_id(self, proposal: Proposal) -> str | None:
        found = live_offer_of(self.context["actor"], proposal)
        return str(found) if found else None

    def get_allowed_actions(self, proposal: Proposal) -> list[str]:
        actor = self.context["actor"]
        return policies.allowed_on_proposal(actor, proposal, offered=live_offer_of(actor, proposal) is not None)


class SavedSearchSerializer(StrictSerializer):
    """Filters of the job list under a name."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=80)
    filters = JobFiltersSerializer()
    created_at = MomentField(read_only=True)


class StoredSearchSerializer(serializers.Serializer[Any]):
    """A saved search as it was stored: the filters as one would send them."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    filters = serializers.DictField()
    created_at = MomentField()


def proposal_details(values: dict[str, Any]) -> ProposalDetails:
    """Return validated input as the verbs take it."""
    return ProposalDetails(
        price=values["price"],
        price_kind=PriceKind(values["price_kind"]),
        message=values["message"],
        estimated_days=values["estimated_days"],
        milestones=tuple(ProposedMilestone(part["title"], part["amount"]) for part in values.get("milestones", ())),
    )
