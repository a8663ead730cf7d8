"""Bodies about the socket."""

from typing import Any

from rest_framework import serializers

from jobsphere.web.serializers import StrictSerializer


class SocketSerializer(serializers.Serializer[Any]):
    """Where the socket is. Its protocol: docs/realtime.md."""

    url = serializers.CharField(help_text="An address, or a path on this host.")


class PresenceSerializer(StrictSerializer):
    """Whether others may see that one is here."""

    shown = serializers.BooleanField()
