"""How reporting is spelled on the wire. Amounts are minor units of the `currency` beside them."""

from typing import Any

from rest_framework import serializers

from jobsphere.reporting.types import Regime, SellerKind, Standing
from jobsphere.web.serializers import StrictSerializer

Base = serializers.Serializer[Any]
_REGIMES = [str(each) for each in Regime]


def _text(length: int = 120, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=length, allow_blank=True, default="", **options)


class SaveSellerSerializer(StrictSerializer):
    """Who I am for a tax authority. What is left empty is missing, and may come later."""

    kind = serializers.ChoiceField(choices=[str(each) for each in SellerKind], default="person")
    first_name = _text()
    last_name = _text()
    legal_name = _text(200)
    street = _text(200)
    post_code = _text(20)
    city = _text()
    region = _text(60, help_text="State or province.")
    country = _text(2, help_text="Where I am resident for tax, two letters.")
    birth_date = _text(10, help_text="1980-05-31")
    birth_city = _text()
    birth_country = _text(2)
    tin = _text(40, help_text="Tax identification number of that country; its digits are checked.")
    no_tin = serializers.ChoiceField(choices=["", "yes"], default="", help_text="My country gives me none.")
    vat_number = _text(40)
    registration_number = _text(60)
    account = _text(60, help_text="IBAN or account number, if the authority should have it.")
    account_holder = _text(120)


class SellerDetailsSerializer(SaveSellerSerializer):
    """Who I said I am, and what is missing."""

    missing = serializers.ListField(child=serializers.CharField())
    asked_at = serializers.DateTimeField(allow_null=True)
    withheld = serializers.BooleanField(help_text="My withdrawals wait for it.")


class FiguresSerializer(Base):
    """A year in one currency, twelve months each. `gross` is before fees, and never lessened by refunds."""

    currency = serializers.CharField()
    paid = serializers.ListField(child=serializers.IntegerField())
    fees = serializers.ListField(child=serializers.IntegerField())
    gross = serializers.ListField(child=serializers.IntegerField())
    activities = serializers.ListField(child=serializers.IntegerField())
    transactions = serializers.ListField(child=serializers.IntegerField())


class SellerRowSerializer(Base):
    """A contractor in a year's report."""

    user_id = serializers.UUIDField()
    name = serializers.CharField()
    regime = serializers.ChoiceField(choices=_REGIMES, allow_null=True)
    standing = serializers.ChoiceField(choices=[str(each) for each in Standing])
    country = serializers.CharField(allow_blank=True)
    missing = serializers.ListField(child=serializers.CharField())
    problems = serializers.ListField(child=serializers.CharField(), help_text="rate-USD-EUR: this rate is missing.")
    figures = FiguresSerializer(many=True)
    reported_at = serializers.DateTimeField(allow_null=True)
    withheld = serializers.BooleanField()


class ReportingLimitSerializer(Base):
    """From which amounts on people are reported."""

    regime = serializers.ChoiceField(choices=_REGIMES)
    year = serializers.IntegerField()
    amount = serializers.IntegerField(help_text="Minor units of EUR (dac7) or USD (1099-k).")
    activities = serializers.IntegerField()
    both = serializers.BooleanField(help_text="More of both; else more of either.")


class ExchangeRateSerializer(Base):
    """What one unit of a currency is worth."""

    year = serializers.IntegerField()
    currency = serializers.CharField()
    into = serializers.CharField()
    millionths = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]


class SellerReportSerializer(Base):
    """A file that was made."""

    id = serializers.UUIDField()
    year = serializers.IntegerField()
    regime = serializers.ChoiceField(choices=_REGIMES)
    message_ref = serializers.CharField()
    corrects = serializers.CharField(allow_blank=True, help_text="The message that it corrects.")
    lines = serializers.IntegerField()
    digest = serializers.CharField()
    created_at = serializers.DateTimeField()


class SellerReportsSerializer(Base):
    """A year: who is in it, what stands in the way, and the files that were made."""

    year = serializers.IntegerField()
    problems = serializers.ListField(child=serializers.CharField(), help_text="What the operator has not said.")
    limits = serializers.DictField(child=ReportingLimitSerializer())
    sellers = SellerRowSerializer(many=True)
    by_country = serializers.DictField(child=serializers.IntegerField())
    rates = ExchangeRateSerializer(many=True)
    reports = SellerReportSerializer(many=True)


class YearQuerySerializer(StrictSerializer):
    """Which year."""

    year = serializers.IntegerField(min_value=2011, max_value=2100, required=False, help_text="By default this year.")


class YearSerializer(StrictSerializer):
    """A year that must be said."""

    year = serializers.IntegerField(min_value=2011, max_value=2100)


class MakeSellerReportSerializer(YearSerializer):
    """Which file."""

    regime = serializers.ChoiceField(choices=_REGIMES)


class AddThresholdSerializer(MakeSellerReportSerializer):
    """From which amounts on people are reported from a year on."""

    amount = serializers.IntegerField(min_value=0)
    activities = serializers.IntegerField(min_value=0)
    both = serializers.BooleanField()
    source = serializers.CharField(min_length=3, max_length=300, help_text="The law.")  # type: ignore[assignment]


class AddRateSerializer(YearSerializer):
    """What one unit of a currency is worth in a year."""

    currency = serializers.CharField(max_length=3)
    into = serializers.ChoiceField(choices=["EUR", "USD"])
    millionths = serializers.IntegerField(min_value=1)
    source = serializers.CharField(min_length=3, max_length=300, help_text="Where it is published.")  # type: ignore[assignment]
