"""Bodies of sign-in with Google and Facebook."""

from typing import Any

from rest_framework import serializers

from jobsphere.users.api.serializers import client_field
from jobsphere.users.rules import CODE_LENGTH, OPEN_ROLES
from jobsphere.web.serializers import StrictSerializer

Answer = serializers.Serializer[Any]


def _roles() -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(OPEN_ROLES), min_length=1, max_length=2, required=False)


class SocialBeginSerializer(StrictSerializer):
    """`roles`: for who may be new here. `redirect_uri`: for apps, one that the operator has allowed."""

    roles = _roles()
    redirect_uri = serializers.CharField(max_length=500, required=False)


class SocialReturnSerializer(StrictSerializer):
    """What the provider appended to the redirect address, and the ticket."""

    ticket = serializers.CharField(max_length=64)
    state = serializers.CharField(max_length=200)
    code = serializers.CharField(max_length=2000)
    client = client_field()


class SocialFinishSerializer(StrictSerializer):
    """What `needs` asked for: `roles`, or the `code` of the letter."""

    ticket = serializers.CharField(max_length=64)
    roles = _roles()
    code = serializers.RegexField(rf"^[0-9]{{{CODE_LENGTH}}}$", required=False, default="", help_text="Six digits.")
    client = client_field()


class SocialBegunSerializer(Answer):
    """Send the browser to `authorization_url`; keep the ticket in it for the return."""

    authorization_url = serializers.CharField()
    ticket = serializers.CharField()


class SocialProviderSerializer(Answer):
    """Somebody who can vouch for people here."""

    name = serializers.CharField()
    title = serializers.CharField()


class SocialProvidersSerializer(Answer):
    """Those that the operator has set up; draw a button for each."""

    results = SocialProviderSerializer(many=True)


class SocialLoginSerializer(Answer):
    """A login elsewhere that opens my account."""

    provider = serializers.CharField()
    email = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class SocialLoginsSerializer(Answer):
    """All of them."""

    results = SocialLoginSerializer(many=True)
