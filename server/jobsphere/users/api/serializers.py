"""Bodies of sign-in and account."""

from typing import Any

from rest_framework import serializers

from jobsphere.users.rules import CODE_LENGTH, OPEN_ROLES, Client, Method
from jobsphere.web.serializers import StrictSerializer

Answer = serializers.Serializer[Any]


def password_field(**options: Any) -> serializers.CharField:
    """Return the field of a password."""
    # Only an upper bound here: what makes a password acceptable is for the validators to say.
    return serializers.CharField(
        max_length=128, trim_whitespace=False, write_only=True, style={"input_type": "password"}, **options
    )


def email_field() -> serializers.EmailField:
    """Return the field of an address."""
    return serializers.EmailField(max_length=254)


def client_field() -> serializers.ChoiceField:
    """Return the field by which a client says where it keeps its refresh token."""
    return serializers.ChoiceField(
        [each.value for each in Client],
        required=False,
        help_text="web: an httpOnly cookie (the default for browsers); mobile: in the body.",
    )


class RegisterSerializer(StrictSerializer):
    """A new login: name, address, password, and one role or both."""

    name = serializers.CharField(max_length=120)
    email = email_field()
    password = password_field()
    role = serializers.ChoiceField(OPEN_ROLES, required=False, help_text="The one role, or use `roles`.")
    roles = serializers.ListField(child=serializers.ChoiceField(OPEN_ROLES), min_length=1, max_length=2, required=False)
    agreed = serializers.ListField(
        child=serializers.RegexField(r"^(terms|privacy|marketing):[A-Za-z0-9._-]{1,32}$"),
        max_length=3,
        required=False,
        help_text='What the form showed and the person agreed to, with its version: "terms:2026-11".',
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        roles = set(attrs.pop("roles", [])) | {attrs.pop("role", None)} - {None}
        if not roles:
            raise serializers.ValidationError(
                {"role": serializers.ErrorDetail("Say whether you are a customer or a contractor.", code="required")}
            )
        return {**attrs, "roles": sorted(roles)}


class LoginSerializer(StrictSerializer):
    """Address and password."""

    email = email_field()
    password = password_field()
    client = client_field()


class RefreshSerializer(StrictSerializer):
    """The refresh token of the last answer; it works once. A browser leaves it out: its cookie has it."""

    refresh_token = serializers.CharField(max_length=512, required=False)


class LogoutSerializer(StrictSerializer):
    """`refresh_token`: only where the access token has expired and there is no cookie."""

    refresh_token = serializers.CharField(max_length=512, required=False)
    everywhere = serializers.BooleanField(required=False, help_text="End all my sessions.")


class EmailSerializer(StrictSerializer):
    """An address, registered or not."""

    email = email_field()


class CodeSerializer(StrictSerializer):
    """The ticket that the request answered with and the code from the letter; or the token of the letter's link."""

    ticket = serializers.CharField(max_length=64, required=False)
    code = serializers.RegexField(rf"^[0-9]{{{CODE_LENGTH}}}$", required=False, help_text="Six digits.")
    token = serializers.CharField(max_length=64, required=False, help_text="From the link, instead of the two.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "token" not in attrs:
            missing = [name for name in ("ticket", "code") if name not in attrs]
            if missing:
                raise serializers.ValidationError(
                    {name: serializers.ErrorDetail("This field is required.", code="required") for name in missing}
                )
        return attrs


class NewPasswordSerializer(CodeSerializer):
    """Ticket, code and the password to set."""

    password = password_field()


class LinkSerializer(StrictSerializer):
    """The token of the link in a letter."""

    token = serializers.CharField(max_length=1000)


class PasswordChangeSerializer(StrictSerializer):
    """The password as it is, and as it shall be."""

    current_password = password_field()
    password = password_field()


class AccountChangeSerializer(StrictSerializer):
    """What a person may change about their login; `roles` may grow, never shrink."""

    name = serializers.CharField(max_length=120, required=False)
    phone = serializers.RegexField(r"^\+?[0-9 ()./-]{5,32}$", required=False, allow_blank=True)
    roles = serializers.ListField(child=serializers.CharField(max_length=20), max_length=3, required=False)


class CloseAccountSerializer(StrictSerializer):
    """The password again, because there is no way back but through support."""

    password = password_field()


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
    refresh_token = serializers.CharField(required=False, help_text="For mobile clients; browsers get a cookie.")
    device_token = serializers.CharField(
        required=False, help_text="For mobile clients: keep it for good and send it as X-Device-Token when you sign in."
    )
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


class PasswordResetSerializer(DetailSerializer):
    """Done; the device is known from now on."""

    device_token = serializers.CharField(required=False, help_text="For mobile clients, as in the answer to a sign-in.")


class SessionSerializer(Answer):
    """A sign-in on some device."""

    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    authenticated_at = serializers.DateTimeField(help_text="When I last proved who I am in it.")
    client = serializers.ChoiceField([each.value for each in Client])
    method = serializers.ChoiceField([each.value for each in Method], help_text="How it was opened.")
    user_agent = serializers.CharField()
    place = serializers.CharField(help_text="City and country, or the range of the address.")
    address = serializers.IPAddressField(allow_null=True)
    current = serializers.BooleanField(help_text="Is this the one that asks?")


class SessionListSerializer(Answer):
    """All open sessions; there are never many."""

    results = SessionSerializer(many=True)
