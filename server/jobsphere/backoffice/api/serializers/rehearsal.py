"""The rehearsal on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.rehearsal.exercises import GROUPS
from jobsphere.backoffice.rehearsal.types import Exercise, ParameterKind
from jobsphere.mail.types import KeptKind
from jobsphere.web.serializers import StrictSerializer


class OptionSerializer(serializers.Serializer[Any]):
    """One of the values of a choice."""

    value = serializers.CharField()
    says = serializers.CharField()


class ParameterSerializer(serializers.Serializer[Any]):
    """A value that an exercise takes; `preset`, its default, is written as a text."""

    name = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=[str(each) for each in ParameterKind])
    preset = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField()
    minimum = serializers.IntegerField()
    maximum = serializers.IntegerField()
    hint = serializers.CharField()

    def get_preset(self, parameter: Any) -> str:
        return str(parameter.default)

    def get_choices(self, parameter: Any) -> OptionSerializer(many=True):  # type: ignore[valid-type]
        return [{"value": value, "says": label} for value, label in parameter.choices]


class ExerciseSerializer(serializers.Serializer[Exercise]):
    """One thing that can be rehearsed: what will happen, and what to watch."""

    name = serializers.CharField()
    group = serializers.SerializerMethodField()
    title = serializers.CharField()
    happens = serializers.CharField()
    watch = serializers.CharField()
    parameters = ParameterSerializer(many=True)

    def get_group(self, exercise: Exercise) -> str:
        return GROUPS[exercise.group]


class ArmedFaultSerializer(serializers.Serializer[Any]):
    """A fault that waits for its request. `times` is null when it lasts until it is cleared."""

    kind = serializers.CharField()
    target = serializers.CharField()
    skip = serializers.IntegerField()
    times = serializers.IntegerField(allow_null=True)
    argument = serializers.CharField()


class SandboxStateSerializer(serializers.Serializer[Any]):
    """One sandbox gateway."""

    name = serializers.CharField()
    in_use = serializers.BooleanField()
    down = serializers.BooleanField()
    faults = ArmedFaultSerializer(many=True)
    events_pending = serializers.IntegerField()
    events_withheld = serializers.IntegerField()


class RehearsalClockSerializer(serializers.Serializer[Any]):
    """The marketplace's clock beside the machine's."""

    now = serializers.DateTimeField()
    machine = serializers.DateTimeField()
    ahead_seconds = serializers.IntegerField()


class RehearsalQueueSerializer(serializers.Serializer[Any]):
    """The queue in figures."""

    due = serializers.IntegerField()
    scheduled = serializers.IntegerField()
    running = serializers.IntegerField()
    dead_letters = serializers.IntegerField()


class RehearsalMailSerializer(serializers.Serializer[Any]):
    """A letter that was sent; the text is empty for readers whom it does not concern."""

    to = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()
    sent_at = serializers.DateTimeField()


class KeptSerializer(serializers.Serializer[Any]):
    """Something that a sandbox sent: a letter (`email`), or a push message (`push`)."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(list(KeptKind))
    to = serializers.CharField()
    subject = serializers.CharField()
    sent_at = serializers.DateTimeField()


class KeptWholeSerializer(KeptSerializer):
    """All of it; `html` is empty for a push message, whose `headers` are what the device gets."""

    text = serializers.CharField()
    html = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())


class MailboxSerializer(serializers.Serializer[Any]):
    """What was sent, the newest first."""

    kept = KeptSerializer(many=True)


class MailboxQuerySerializer(serializers.Serializer[Any]):
    """What to look for."""

    to = serializers.CharField(required=False, allow_blank=True, default="")


class RehearsalSerializer(serializers.Serializer[Any]):
    """The stage as it stands, and every exercise that there is."""

    gateways = SandboxStateSerializer(many=True)
    clock = RehearsalClockSerializer()
    queue = RehearsalQueueSerializer()
    last_mail = RehearsalMailSerializer(allow_null=True)
    exercises = ExerciseSerializer(many=True)


class PlaySerializer(StrictSerializer):
    """An exercise by name, and values for its parameters; the others have their defaults."""

    exercise = serializers.CharField(max_length=64)
    values = serializers.DictField(child=serializers.JSONField(), required=False, default=dict)


class BooksProofSerializer(serializers.Serializer[Any]):
    """What recomputing the books found: nothing, when they balance."""

    sound = serializers.BooleanField()
    differences = serializers.ListField(child=serializers.CharField())
    gateway_asked = serializers.BooleanField(help_text="False while the gateway is down: only our side was proved.")


class PlayedSerializer(serializers.Serializer[Any]):
    """What came of an exercise."""

    exercise = serializers.CharField()
    happened = serializers.ListField(child=serializers.CharField())
    watch = serializers.CharField()
    books = BooksProofSerializer()


class TestCardSerializer(serializers.Serializer[Any]):
    """A card that pays or fails as it says, in the sandbox alone."""

    number = serializers.CharField()
    does = serializers.CharField(source="label")


class SandboxModeSerializer(serializers.Serializer[Any]):
    """Whether this marketplace plays with a sandbox; everything else is empty where it does not."""

    sandbox = serializers.BooleanField()
    gateway = serializers.CharField()
    down = serializers.BooleanField()
    clock = RehearsalClockSerializer(allow_null=True)
    cards = TestCardSerializer(many=True)
    last_mail = RehearsalMailSerializer(allow_null=True, help_text="The last letter to you, when you are signed in.")
