"""What the API takes. Fields that are not known are refused."""

from typing import Any

from rest_framework import serializers

from jobsphere.contracts.types import (
    BookingDetails,
    CancellationPolicy,
    ContractStatus,
    Funding,
    FundingShape,
    Handover,
    MilestoneChange,
    MilestoneTerms,
    OfferStatus,
    OfferTerms,
    Slot,
)
from jobsphere.web.serializers import MoneyField, StrictSerializer

MAX_TEXT = 5000


class MilestoneTermsSerializer(StrictSerializer):
    """One milestone of an offer."""

    title = serializers.CharField(max_length=200)
    amount = MoneyField()
    description = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> MilestoneTerms:
        return MilestoneTerms(**super().to_internal_value(data))


class TermsSerializer(StrictSerializer):
    """What is offered: shared by offers and contracts."""

    amount = MoneyField(required=False)
    milestones = MilestoneTermsSerializer(many=True, required=False)
    funding = serializers.ChoiceField(
        choices=[each.value for each in FundingShape],
        default=FundingShape.UPFRONT.value,
        help_text="When the customer pays: all now, milestone by milestone, or a deposit and later the balance.",
    )
    deposit = MoneyField(required=False, help_text="With funding `deposit`: its first milestone.")
    balance_due_on = serializers.DateField(
        required=False,
        allow_null=True,
        help_text="With funding `deposit`: when you want to be reminded of the balance.",
    )
    expense_cap = MoneyField(
        required=False,
        help_text="The most that the contractor may claim as expenses, with receipts and on top of the amount.",
    )
    message = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)
    cancellation_policy = serializers.ChoiceField(
        choices=[each.value for each in CancellationPolicy], default=CancellationPolicy.MODERATE.value
    )
    payment_method = serializers.CharField(
        max_length=255,
        required=False,
        allow_blank=True,
        help_text="The gateway's token of a card, such as pm_card_visa. Without one the payer's browser chooses.",
    )

    gateway = serializers.CharField(
        max_length=32,
        required=False,
        help_text="Whose form has made `payment_method` (GET /payments/checkout/); by default the first one's.",
    )

    def validate_funding(self, value: str) -> str:
        """Refuse what has terms of its own: an offer by the hour is made at /hourly-deals/."""
        if value == FundingShape.WEEKLY:
            raise serializers.ValidationError("An offer by the hour is sent to /api/hourly-deals/.")
        return value

    def terms(self, values: dict[str, Any]) -> OfferTerms | None:
        """Return the terms; None when the amount is left to the proposal."""
        if "amount" not in values:
            extras = [
                name for name in ("milestones", "deposit", "expense_cap", "message", "expires_at") if values.get(name)
            ]
            extras += ["funding"] if values["funding"] != FundingShape.UPFRONT else []
            if extras:
                raise serializers.ValidationError({"amount": "Say the amount together with the other terms."})
            return None
        slot = Slot(values["starts_at"], values["ends_at"]) if values.get("starts_at") else None
        return OfferTerms(
            amount=values["amount"],
            milestones=tuple(values.get("milestones", ())),
            message=values.get("message", ""),
            expires_at=values.get("expires_at"),
            slot=slot,
            funding=Funding(FundingShape(values["funding"]), values.get("deposit"), values.get("balance_due_on")),
            expense_cap=values.get("expense_cap"),
        )

    def shared(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return what every kind of offer takes."""
        return {
            "terms": self.terms(values),
            "policy": CancellationPolicy(values["cancellation_policy"]),
            "payment_method": values.get("payment_method") or None,
            "gateway": values.get("gateway", ""),
        }


class BookingSerializer(StrictSerializer):
    """The work of a booking, which has no posted job."""

    title = serializers.CharField(max_length=140)
    description = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    category = serializers.CharField(max_length=64, required=False, allow_blank=True)
    place = serializers.CharField(max_length=120, required=False, allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> BookingDetails:
        return BookingDetails(**super().to_internal_value(data))


class OfferWriteSerializer(TermsSerializer):
    """An offer on a proposal (`proposal_id`), on a job (`job_id`, `contractor_id`), or a booking (`booking`,
    `contractor_id`, `starts_at`, `ends_at`).
    """

    proposal_id = serializers.UUIDField(required=False)
    job_id = serializers.UUIDField(required=False)
    contractor_id = serializers.UUIDField(required=False)
    booking = BookingSerializer(required=False)
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check that it is one of the three kinds, and has what that kind needs."""
        named = [name for name in ("proposal_id", "job_id", "booking") if name in attrs]
        if len(named) != 1:
            text = "Name one of proposal_id, job_id (with contractor_id) or booking (with contractor_id and a slot)."
            raise serializers.ValidationError({named[1] if named else "proposal_id": text})
        needed = {
            "proposal_id": [],
            "job_id": ["contractor_id", "amount"],
            "booking": ["contractor_id", "amount", "starts_at", "ends_at"],
        }[named[0]]
        slot = [] if named == ["booking"] else ["starts_at", "ends_at"]
        refused = [*slot, *(["contractor_id"] if named == ["proposal_id"] else [])]
        errors = {name: "This is needed for this kind of offer." for name in needed if name not in attrs}
        errors |= {name: "This does not belong to this kind of offer." for name in refused if name in attrs}
        if errors:
            raise serializers.ValidationError(errors)
        return {**attrs, "shared": self.shared(attrs)}


class ContractWriteSerializer(TermsSerializer):
    """A contract from a proposal: the offer and its funding in one step, at the proposal's price unless told."""

    proposal_id = serializers.UUIDField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {**attrs, "shared": self.shared(attrs)}


class OptionalReasonSerializer(StrictSerializer):
    """A command that may say why."""

    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class PaySerializer(StrictSerializer):
    """Go on with a payment: another card, or nothing after 3-D Secure."""

    payment_method = serializers.CharField(max_length=255, required=False, allow_blank=True, default="")


class HandoverSerializer(StrictSerializer):
    """What is handed in."""

    note = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    links = serializers.ListField(child=serializers.URLField(max_length=500), max_length=20, required=False)
    file_ids = serializers.ListField(child=serializers.UUIDField(), max_length=20, required=False)

    def to_internal_value(self, data: Any) -> Handover:
        values = super().to_internal_value(data)
        links, files = tuple(values.pop("links", ())), tuple(values.pop("file_ids", ()))
        return Handover(**values, links=links, file_ids=files)


class RefundWriteSerializer(StrictSerializer):
    """Money back, and why; without an amount, all that is protected."""

    amount = MoneyField(required=False)
    reason = serializers.CharField(min_length=3, max_length=1000)


class MilestoneChangeSerializer(StrictSerializer):
    """New words or date for a milestone; what is left out stays, a null date is removed."""

    id = serializers.UUIDField()
    title = serializers.CharField(max_length=200, required=False)
    description = serializers.CharField(max_length=MAX_TEXT, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> MilestoneChange:
        values = super().to_internal_value(data)
        cleared = "due_on" in values and values["due_on"] is None
        return MilestoneChange(**values, clear_due_on=cleared)


class ContractUpdateSerializer(StrictSerializer):
    """The milestones to change, until work starts; amounts are fixed."""

    milestones = MilestoneChangeSerializer(many=True, allow_empty=False)


class TimeEntryWriteSerializer(StrictSerializer):
    """Time worked: a start and an end, or a number of minutes."""

    milestone_id = serializers.UUIDField(required=False, allow_null=True)
    started_at = serializers.DateTimeField(required=False, allow_null=True)
    ended_at = serializers.DateTimeField(required=False, allow_null=True)
    minutes = serializers.IntegerField(required=False, allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    file_ids = serializers.ListField(child=serializers.UUIDField(), max_length=5, required=False, default=list)


class OfferFilterSerializer(serializers.Serializer[Any]):
    """Which offers."""

    role = serializers.ChoiceField(choices=["customer", "contractor"], required=False, default="")
    status = serializers.ChoiceField(choices=[each.value for each in OfferStatus], required=False, default="")
    job_id = serializers.UUIDField(required=False, default=None)


class ContractFilterSerializer(serializers.Serializer[Any]):
    """Which contracts."""

    role = serializers.ChoiceField(choices=["customer", "contractor"], required=False, default="")
    status = serializers.ChoiceField(choices=[each.value for each in ContractStatus], required=False, default="")
