"""How calendars, packages and bookings are spelled on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.bookings.types import (
    BookingDraft,
    BookingStatus,
    CalendarSettings,
    Extra,
    Nearness,
    PackageDetails,
    Special,
    SpecialKind,
    WeeklyRange,
)
from jobsphere.contracts.types import CancellationPolicy
from jobsphere.profiles.geo import Point
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import DegreesField, MoneyField, PersonSerializer, StrictSerializer, WordsField

POLICIES = [each.value for each in CancellationPolicy]


class Base(serializers.Serializer[Any]):
    """Base of what is only shown."""


class WeeklyRangeSerializer(StrictSerializer):
    """Usual hours on a weekday, in minutes of the local day; the end is not part of it."""

    weekday = serializers.IntegerField(min_value=0, max_value=6, help_text="0 is Monday.")
    starts = serializers.IntegerField(min_value=0, max_value=1440)
    ends = serializers.IntegerField(min_value=0, max_value=1440)

    def to_internal_value(self, data: Any) -> WeeklyRange:
        return WeeklyRange(**super().to_internal_value(data))


class CalendarSettingsSerializer(StrictSerializer):
    """How a contractor takes bookings."""

    time_zone = serializers.CharField(max_length=64, help_text="A name of the IANA database, such as Europe/Berlin.")
    is_open = serializers.BooleanField(default=True)
    buffer_before = serializers.IntegerField(default=0, help_text="Minutes kept free before a booking.")
    buffer_after = serializers.IntegerField(default=0, help_text="Minutes kept free after a booking.")
    notice_hours = serializers.IntegerField(default=12, help_text="A slot starts at least so many hours from now.")
    horizon_days = serializers.IntegerField(default=60, help_text="A slot starts at most so many days from now.")
    step = serializers.IntegerField(default=30, help_text="Slots start every 15, 30 or 60 minutes.")
    arrival_minutes = serializers.IntegerField(default=0, help_text="The contractor comes within so many minutes.")
    cancellation_policy = serializers.ChoiceField(choices=POLICIES, default=CancellationPolicy.MODERATE.value)

    def to_internal_value(self, data: Any) -> CalendarSettings:
        values = super().to_internal_value(data)
        values["cancellation_policy"] = CancellationPolicy(values["cancellation_policy"])
        return CalendarSettings(**values)


class CalendarWriteSerializer(StrictSerializer):
    """The calendar as a whole."""

    settings = CalendarSettingsSerializer()
    weekly = WeeklyRangeSerializer(many=True)


class SpecialSerializer(StrictSerializer):
    """Days on which hours differ, both included: `off`, or `extra` hours. Without hours, the whole day."""

    kind = serializers.ChoiceField(choices=[each.value for each in SpecialKind])
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    starts = serializers.IntegerField(min_value=0, max_value=1440, default=0)
    ends = serializers.IntegerField(min_value=0, max_value=1440, default=1440)
    note = serializers.CharField(max_length=120, allow_blank=True, default="")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        note = values.pop("note")
        return {"special": Special(**{**values, "kind": SpecialKind(values["kind"])}), "note": note}


class ShownSpecialSerializer(Base):
    """Days that differ."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=[each.value for each in SpecialKind])
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    starts = serializers.IntegerField()
    ends = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)


class CalendarSerializer(Base):
    """A contractor's own calendar; `saved` is false until they have said anything."""

    settings = CalendarSettingsSerializer()
    policy_summary = serializers.CharField()
    weekly = WeeklyRangeSerializer(many=True)
    specials = ShownSpecialSerializer(many=True)
    saved = serializers.BooleanField()


class ExtraSerializer(StrictSerializer):
    """What can be added to a package; send the id of one that is there to keep it."""

    id = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    title = serializers.CharField(max_length=80)
    minutes = serializers.IntegerField(min_value=0)
    price = MoneyField()

    def to_internal_value(self, data: Any) -> Extra:
        return Extra(**super().to_internal_value(data))


class PackageWriteSerializer(StrictSerializer):
    """What can be booked at a listed price."""

    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=1000, allow_blank=True, default="")
    category = serializers.CharField(max_length=64, allow_blank=True, default="")
    minutes = serializers.IntegerField(min_value=1, help_text="In quarters of an hour.")
    price = MoneyField()
    extras = ExtraSerializer(many=True, default=list)

    def to_internal_value(self, data: Any) -> PackageDetails:
        values = super().to_internal_value(data)
        return PackageDetails(**{**values, "extras": tuple(values["extras"])})


class PackageSerializer(Base):
    """What can be booked at a listed price, with extras."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    category = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField()
    price = MoneyField()
    extras = ExtraSerializer(many=True)


class BookablesSerializer(Base):
    """What somebody needs to know before they book a contractor."""

    contractor = PersonSerializer()
    is_open = serializers.BooleanField()
    time_zone = serializers.CharField()
    arrival_minutes = serializers.IntegerField()
    horizon_days = serializers.IntegerField()
    cancellation_policy = serializers.ChoiceField(choices=POLICIES)
    policy_summary = serializers.CharField()
    packages = PackageSerializer(many=True)


class DaysQuerySerializer(StrictSerializer):
    """Days of the contractor's zone, both included; by default the next four weeks."""

    def get_fields(self) -> dict[str, Any]:
        # 'from' is a word of the language, so it cannot be written as an attribute.
        days = {name: serializers.DateField(required=False, default=None) for name in ("from", "to")}
        return {**days, **super().get_fields()}


class AvailabilityQuerySerializer(DaysQuerySerializer):
    """For which package, on which days."""

    package = serializers.UUIDField(required=False, default=None)
    extras = WordsField(child=serializers.CharField(max_length=40), required=False, default=list)


class AvailabilitySerializer(Base):
    """When a slot may start; each takes `minutes`."""

    time_zone = serializers.CharField()
    minutes = serializers.IntegerField()
    slots = serializers.ListField(child=serializers.DateTimeField())


class QuoteQuerySerializer(StrictSerializer):
    """What somebody would book."""

    package = serializers.UUIDField(required=False, default=None)
    starts_at = serializers.DateTimeField(required=False, default=None)
    extras = WordsField(child=serializers.CharField(max_length=40), required=False, default=list)


class SlotStepSerializer(Base):
    """What the customer gets back who cancels before `until`; null: from then on."""

    until = serializers.DateTimeField(allow_null=True)
    refund = MoneyField(allow_zero=True)
    earned_percent = serializers.IntegerField(help_text="What the contractor has earned by then.")


class BookingQuoteSerializer(Base):
    """What a booking would cost, and what cancelling it would, by today's fees."""

    title = serializers.CharField()
    price = MoneyField()
    minutes = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    time_zone = serializers.CharField()
    arrival_minutes = serializers.IntegerField()
    cancellation_policy = serializers.ChoiceField(choices=POLICIES)
    policy_summary = serializers.CharField()
    steps = SlotStepSerializer(many=True)


class BookSerializer(StrictSerializer):
    """A package with extras at a free time."""

    contractor_id = serializers.UUIDField()
    package_id = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    extras = serializers.ListField(child=serializers.CharField(max_length=40), max_length=10, default=list)
    message = serializers.CharField(max_length=2000, allow_blank=True, default="")
    place = serializers.CharField(max_length=120, allow_blank=True, default="")
    address = serializers.CharField(max_length=300, allow_blank=True, default="")
    latitude = DegreesField(90, required=False, allow_null=True, default=None)
    longitude = DegreesField(180, required=False, allow_null=True, default=None)
    payment_method = serializers.CharField(max_length=255, allow_blank=True, default="")
    gateway = serializers.CharField(max_length=32, allow_blank=True, default="")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        paid = {"payment_method": values.pop("payment_method") or None, "gateway": values.pop("gateway")}
        return {"draft": BookingDraft(**{**values, "extras": tuple(values["extras"])}), **paid}


class ConsequenceSerializer(Base):
    """Where the money would go."""

    refund = MoneyField(allow_zero=True)
    payout = MoneyField(allow_zero=True)
    platform_fee = MoneyField(allow_zero=True)
    service_fee = MoneyField(allow_zero=True)


class BookingSerializer(Base):
    """A booking as one of its two sees it; `mine`: what the viewer is in it. Amounts are null in a list."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[each.value for each in BookingStatus])
    offer_id = serializers.UUIDField()
    contract_id = serializers.UUIDField(allow_null=True)
    customer = PersonSerializer()
    contractor = PersonSerializer()
    mine = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    extras = serializers.ListField(child=serializers.CharField())
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    buffer_before = serializers.IntegerField()
    buffer_after = serializers.IntegerField()
    time_zone = serializers.CharField(help_text="The contractor's.")
    arrival_minutes = serializers.IntegerField()
    proposed_starts_at = serializers.DateTimeField(allow_null=True)
    proposed_ends_at = serializers.DateTimeField(allow_null=True)
    proposed_by = serializers.CharField(allow_blank=True)
    on_the_way_at = serializers.DateTimeField(allow_null=True)
    checked_in_at = serializers.DateTimeField(allow_null=True)
    nearness = serializers.ChoiceField(choices=[each.value for each in Nearness], allow_blank=True)
    absent = serializers.CharField(allow_blank=True, help_text="Who is said not to have come.")
    absence_reason = serializers.CharField(allow_blank=True)
    absence_reported_at = serializers.DateTimeField(allow_null=True)
    absence_contested_at = serializers.DateTimeField(allow_null=True)
    contest_reason = serializers.CharField(allow_blank=True)
    contest_until = serializers.DateTimeField(allow_null=True)
    if_cancelled = ConsequenceSerializer(allow_null=True, help_text="When the viewer cancels now.")
    if_absent = ConsequenceSerializer(allow_null=True, help_text="When the other one did not come.")
    free_until = serializers.DateTimeField(allow_null=True, help_text="Until when cancelling costs nothing.")
    created_at = serializers.DateTimeField()
    allowed_actions = serializers.ListField(child=serializers.CharField())


class BookingsQuerySerializer(StrictSerializer):
    """Which bookings: those that touch a stretch of time, as customer or contractor."""

    role = serializers.ChoiceField(choices=["customer", "contractor"], required=False, default="")
    since = serializers.DateTimeField(required=False, default=None)
    until = serializers.DateTimeField(required=False, default=None)
    live = serializers.BooleanField(default=False, help_text="Without those that will not take place.")
    contract_id = serializers.UUIDField(required=False, default=None)
    offer_id = serializers.UUIDField(required=False, default=None)
    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)


class RescheduleSerializer(StrictSerializer):
    """Another time; the length stays."""

    starts_at = serializers.DateTimeField()


class CheckInSerializer(StrictSerializer):
    """One is there, perhaps with photos. The place is compared with the job's, and kept nowhere."""

    latitude = DegreesField(90, required=False, allow_null=True, default=None)
    longitude = DegreesField(180, required=False, allow_null=True, default=None)
    file_ids = serializers.ListField(child=serializers.UUIDField(), max_length=4, default=list)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        latitude, longitude = values["latitude"], values["longitude"]
        known = latitude is not None and longitude is not None
        return {"place": Point(latitude, longitude) if known else None, "file_ids": values["file_ids"]}


class WhySerializer(StrictSerializer):
    """What happened, for the other one and for staff."""

    reason = serializers.CharField(min_length=3, max_length=1000)


class MayWhySerializer(StrictSerializer):
    """Why, for the other one."""

    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class FeedSerializer(Base):
    """Whether there is a secret address; it is shown only when it is made."""

    exists = serializers.BooleanField()
    url = serializers.CharField(allow_blank=True)
