"""Bodies of sign-in and account."""

from typing import Any

from rest_framework import serializers

from jobsphere.users.rules import CODE_LENGTH, OPEN_ROLES
from jobsphere.web.serializers import StrictSerializer

Answer = serializers.Serializer[Any]


def _password(**options: Any) -> serializers.CharField:
    # Only an upper bound here: what makes a password acceptable is for the validators to say.
    return serializers.CharField(
        max_length=128, trim_whitespace=False, write_only=True, style={"input_type": "password"}, **options
    )


def _email() -> serializers.EmailField:
    return serializers.EmailField(max_length=254)


class RegisterSerializer(StrictSerializer):
    """A new login: name, address, password, and one role or both."""

    name = serializers.CharField(max_length=120)
    email = _email()
    password = _password()
    role = serializers.ChoiceField(OPEN_ROLES, required=False, help_text="The one role, or use `roles`.")
    roles = serializers.ListField(child=serializers.ChoiceField(OPEN_ROLES), min_length=1, max_length=2, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        roles = set(attrs.pop("roles", [])) | {attrs.pop("role", None)} - {None}
        if not roles:
            raise serializers.ValidationError(
                {"role": serializers.ErrorDetail("Say whether you are a customer or a contractor.", code="required")}
            )
        return {**attrs, "roles": sorted(roles)}


class LoginSerializer(StrictSerializer):
    """Address and password."""

    email = _email()
    password = _password()


class RefreshSerializer(StrictSerializer):
    """The refresh token of the last answer; it works once."""

    refresh_token = serializers.CharField(max_length=512)


class LogoutSerializer(StrictSerializer):
    """Needed only where the access token has expired."""

    refresh_token = serializers.CharField(max_length=512, required=False)


class EmailSerializer(StrictSerializer):
    """An address, registered or not."""

    email = _email()


class CodeSerializer(StrictSerializer):
    """The ticket that the request answered with, and the code from the letter."""

    ticket = serializers.CharField(max_length=64)
    code = serializers.RegexField(rf"^[0-9]{{{CODE_LENGTH}}}$", help_text="Six digits.")


class NewPasswordSerializer(CodeSerializer):
    """Ticket, code and the password to set."""

    password = _password()


class AccountChangeSerializer(StrictSerializer):
    """What a person may change about their login; `roles` may grow, never shrink."""

    name = serializers.CharField(max_length=120, required=False)
    phone = serializers.RegexField(r"^\+?[0-9 ()./-]{5,32}$", required=False, allow_blank=True)
    roles = serializers.ListField(child=serializers.CharField(max_length=20), max_length=3, required=False)


class CloseAccountSerializer(StrictSerializer):
    """The password again, because there is no way back but through support."""

    password = _password()


class AccountSerializer(Answer):
    """A person as they see themselves."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.EmailField()
    email_verified = serializers.BooleanField()
    phone = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    rights = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()


class TokensSerializer(Answer):
    """A pair of tokens: send the access token as `Authorization: Bearer …`, the refresh token is for the next pair."""

    token_type = serializers.CharField(default="Bearer")
    access_token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    refresh_token = serializers.CharField()
    refresh_expires_at = serializers.DateTimeField()
    session_id = serializers.UUIDField()


class SignInSerializer(TokensSerializer):
    """Tokens, and whose they are."""

    user = AccountSerializer()


class TicketSerializer(Answer):
    """The same answer whether or not the address has an account."""

    detail = serializers.CharField()
    ticket = serializers.CharField(help_text="Send it back with the code.")


class DetailSerializer(Answer):
    """Done, in a sentence."""

    detail = serializers.CharField()


class SessionSerializer(Answer):
    """A sign-in on some device."""

    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    user_agent = serializers.CharField()
    address = serializers.IPAddressField(allow_null=True)
    current = serializers.BooleanField(help_text="Is this the one that asks?")


class SessionListSerializer(Answer):
    """All open sessions; there are never many."""

    results = SessionSerializer(many=True)
