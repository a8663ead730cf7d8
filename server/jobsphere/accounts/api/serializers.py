"""Accounts over time on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.accounts.types import AccountState, ConsentKind, ExportStatus, ExportView
from jobsphere.web.serializers import StrictSerializer


def _password() -> serializers.CharField:
    return serializers.CharField(
        max_length=128, trim_whitespace=False, write_only=True, style={"input_type": "password"}
    )


class PasswordSerializer(StrictSerializer):
    """The password again: whoever found an open screen shall not do this."""

    password = _password()


class RecoverSerializer(PasswordSerializer):
    """Address and password of a closed account."""

    email = serializers.EmailField(max_length=254)


class EmailChangeInputSerializer(PasswordSerializer):
    """The new address, and the password again."""

    email = serializers.EmailField(max_length=254)


class EmailCodeSerializer(StrictSerializer):
    """The code of one of the two letters."""

    code = serializers.RegexField(r"^[0-9]{6}$", help_text="Six digits.")


class CancelTokenSerializer(StrictSerializer):
    """The token of the link in the letter to the old address."""

    token = serializers.CharField(max_length=64)


class ConsentInputSerializer(StrictSerializer):
    """What is agreed to, or taken back."""

    kind = serializers.ChoiceField(choices=[str(each) for each in ConsentKind])
    version = serializers.CharField(max_length=32)
    given = serializers.BooleanField()
    source = serializers.CharField(max_length=32, default="settings")  # type: ignore[assignment]


class ConsentSerializer(serializers.Serializer[Any]):
    """What was said last about one thing."""

    kind = serializers.ChoiceField(choices=[str(each) for each in ConsentKind])
    version = serializers.CharField()
    given = serializers.BooleanField()
    source = serializers.CharField()  # type: ignore[assignment]
    created_at = serializers.DateTimeField()


class ConsentListSerializer(serializers.Serializer[Any]):
    """What was said last about each thing."""

    results = ConsentSerializer(many=True)


class BlockerSerializer(serializers.Serializer[Any]):
    """One reason why the account cannot be deleted now, and what to do about it."""

    code = serializers.CharField()
    detail = serializers.CharField()


class EmailChangeSerializer(serializers.Serializer[Any]):
    """A change of address that waits for its codes."""

    id = serializers.UUIDField()
    new_email = serializers.EmailField()
    old_confirmed = serializers.BooleanField()
    new_confirmed = serializers.BooleanField()
    expires_at = serializers.DateTimeField()


class AccountStateSerializer(serializers.Serializer[AccountState]):
    """What can be done about this account."""

    blockers = BlockerSerializer(many=True, help_text="Empty: it can be deleted.")
    consents = ConsentSerializer(many=True)
    email_change = EmailChangeSerializer(allow_null=True)
    recover_days = serializers.IntegerField()
    grace_days = serializers.IntegerField()


class ClosedSerializer(serializers.Serializer[Any]):
    """The account is closed; until then it can be opened again."""

    until = serializers.DateTimeField()


class EmailChangedSerializer(serializers.Serializer[Any]):
    """Whether the address has changed; sign in again then. Otherwise the other code is missing."""

    changed = serializers.BooleanField()


class DataExportSerializer(serializers.Serializer[ExportView]):
    """A data export: `done` of `total` parts are built; `url` is where it is fetched once it is ready."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=[str(each) for each in ExportStatus])
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    size = serializers.IntegerField()
    url = serializers.CharField()
    expires_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class DataExportListSerializer(serializers.Serializer[Any]):
    """My data exports."""

    results = DataExportSerializer(many=True)
