"""Bodies of second factors, passkeys and step-up."""

from typing import Any

from rest_framework import serializers

from jobsphere.users.api.serializers import client_field, password_field
from jobsphere.users.rules import CODE_LENGTH, Method
from jobsphere.users.types import Proof
from jobsphere.web.serializers import StrictSerializer

Answer = serializers.Serializer[Any]


def _digits() -> serializers.RegexField:
    return serializers.RegexField(
        rf"^[0-9]{{{CODE_LENGTH}}}$", required=False, help_text="Six digits of the authenticator app."
    )


def _credential() -> serializers.JSONField:
    return serializers.JSONField(
        required=False, help_text="What `navigator.credentials` answered, as JSON (`credential.toJSON()`)."
    )


def _ticket(**options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=64, **options)


class ProofSerializer(StrictSerializer):
    """One proof of who one is."""

    code = _digits()
    recovery_code = serializers.CharField(max_length=32, required=False)
    credential = _credential()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        names = [name for name in ("password", "code", "recovery_code", "credential") if attrs.get(name)]
        if len(names) != 1:
            fields: Any = self.fields
            possible = "one of " + ", ".join(sorted({*fields} - {"ticket", "client"}))
            raise serializers.ValidationError(
                {"code": serializers.ErrorDetail(f"Send {possible}, and only that.", code="one-proof")}
            )
        if not isinstance(attrs.get("credential", {}), dict):
            raise serializers.ValidationError({"credential": serializers.ErrorDetail("An object.", code="invalid")})
        return attrs


def proof_of(given: dict[str, Any]) -> Proof:
    """Return the proof in a body."""
    return Proof(
        password=given.get("password", ""),
        code=given.get("code", ""),
        recovery_code=given.get("recovery_code", ""),
        credential=given.get("credential"),
    )


class SecondFactorSerializer(ProofSerializer):
    """The ticket of `mfa-required`, and one proof: code, recovery_code or credential."""

    ticket = _ticket()
    client = client_field()


class ReauthenticateSerializer(ProofSerializer):
    """One proof: password, code, recovery_code, or credential with the ticket of its options."""

    password = password_field(required=False)
    ticket = _ticket(required=False)


class TicketOnlySerializer(StrictSerializer):
    """The ticket of a step."""

    ticket = _ticket()


class TotpCodeSerializer(StrictSerializer):
    """Six digits of the app that was just set up."""

    code = serializers.RegexField(rf"^[0-9]{{{CODE_LENGTH}}}$", help_text="Six digits of the authenticator app.")


class PasskeySignInSerializer(StrictSerializer):
    """The ticket of the options, and what the browser answered."""

    ticket = _ticket()
    credential = serializers.DictField(help_text="What `navigator.credentials.get` answered, as JSON.")
    client = client_field()


class NewPasskeySerializer(StrictSerializer):
    """The ticket of the options, what the browser answered, and a name to know it by."""

    ticket = _ticket()
    credential = serializers.DictField(help_text="What `navigator.credentials.create` answered, as JSON.")
    name = serializers.CharField(max_length=60, required=False, default="Passkey")


class PasskeyNameSerializer(StrictSerializer):
    """Another name."""

    name = serializers.CharField(max_length=60)


class PasskeyRowSerializer(Answer):
    """One's own passkey."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    synced = serializers.BooleanField(help_text="Copied between the devices of its owner, or bound to one.")
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class PasskeyListSerializer(Answer):
    """All passkeys; there are never many."""

    results = PasskeyRowSerializer(many=True)


class FactorsSerializer(Answer):
    """What protects one's own account beside the password."""

    enabled = serializers.BooleanField(help_text="A second factor is asked for when I sign in with my password.")
    totp = serializers.BooleanField()
    recovery_codes_left = serializers.IntegerField()
    has_password = serializers.BooleanField()
    passkeys = PasskeyRowSerializer(many=True)


class TotpSetupSerializer(Answer):
    """What the authenticator app must be told; shown once."""

    secret = serializers.CharField(help_text="To be typed where the QR code cannot be scanned.")
    otpauth_uri = serializers.CharField()
    qr_svg = serializers.CharField(help_text="The QR code, as an SVG image.")


class RecoveryCodesSerializer(Answer):
    """Shown once. Empty when there are some already."""

    recovery_codes = serializers.ListField(child=serializers.CharField())


class PasskeyMadeSerializer(RecoveryCodesSerializer):
    """The passkey, and recovery codes where it is the first second factor."""

    id = serializers.UUIDField()


class PasskeyOptionsSerializer(Answer):
    """Hand `options` to `navigator.credentials` (as `publicKey`), and come back with the ticket."""

    ticket = serializers.CharField()
    options = serializers.DictField()


class ReauthenticationSerializer(Answer):
    """How I can confirm who I am, and until when that is not needed."""

    methods = serializers.ListField(child=serializers.ChoiceField([each.value for each in Method]))
    recent_until = serializers.DateTimeField()
