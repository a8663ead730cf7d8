"""How documents are spelled on the wire."""

from typing import Any

from rest_framework import serializers

from jobsphere.invoices.rules import InvoiceKind, InvoiceType, Supply, Treatment
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import MoneyField, StrictSerializer

_KINDS = [str(each) for each in InvoiceKind]
_TYPES = [str(each) for each in InvoiceType]
_MONTH = r"^[12]\d{3}-(0[1-9]|1[0-2])$"


class PartySerializer(serializers.Serializer[Any]):
    """A party as it is printed."""

    name = serializers.CharField()
    address = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField()
    tax_number = serializers.CharField()
    business = serializers.BooleanField()


class InvoiceLineSerializer(serializers.Serializer[Any]):
    """A line of a document: gross = net + tax."""

    description = serializers.CharField()
    net = MoneyField()
    tax = MoneyField()
    gross = MoneyField()


class InvoiceSerializer(serializers.Serializer[Any]):
    """An issued document. Amounts are positive; a credit note gives them back."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(choices=_KINDS)
    type = serializers.ChoiceField(choices=_TYPES)
    heading = serializers.CharField()
    title = serializers.CharField()
    issued_on = serializers.DateField()
    contract_id = serializers.UUIDField(allow_null=True)
    payout_id = serializers.UUIDField(allow_null=True)
    corrects = serializers.CharField(help_text="The number of the invoice that a credit note takes back.")
    corrects_id = serializers.UUIDField(allow_null=True)
    seller = PartySerializer()
    buyer = PartySerializer()
    lines = InvoiceLineSerializer(many=True)
    net = MoneyField()
    tax = MoneyField()
    gross = MoneyField()
    treatment = serializers.ChoiceField(choices=[str(each) for each in Treatment])
    tax_name = serializers.CharField()
    basis_points = serializers.IntegerField(help_text="1900 is 19 %.")
    notes = serializers.ListField(child=serializers.CharField())
    role = serializers.ChoiceField(choices=["seller", "buyer", "staff"], help_text="What you are to it.")


class InvoicesQuerySerializer(StrictSerializer):
    """The filter of GET /api/invoices/."""

    cursor = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)
    month = serializers.RegexField(_MONTH, default="", allow_blank=True, help_text="2026-11")
    kind = serializers.ChoiceField(choices=_KINDS, default="", allow_blank=True)
    type = serializers.ChoiceField(choices=_TYPES, default="", allow_blank=True)
    role = serializers.ChoiceField(choices=["seller", "buyer"], default="", allow_blank=True)
    contract_id = serializers.UUIDField(required=False, allow_null=True)


class AdminInvoicesQuerySerializer(InvoicesQuerySerializer):
    """The filter of GET /api/admin/invoices/."""

    role = None  # type: ignore[assignment]
    search = serializers.CharField(default="", allow_blank=True, help_text="A part of a number.")


class MonthQuerySerializer(StrictSerializer):
    """The month of an export."""

    month = serializers.RegexField(_MONTH, help_text="2026-11")


class MonthTotalsSerializer(serializers.Serializer[Any]):
    """What my documents of one month come to, credit notes taken off."""

    month = serializers.CharField()
    role = serializers.ChoiceField(choices=["seller", "buyer"], help_text="What I am to them.")
    documents = serializers.IntegerField()
    gross = MoneyField()
    tax = MoneyField()


class MonthlyStatementSerializer(serializers.Serializer[Any]):
    """My month: closing = opening + earned + taken_back + withdrawn + payout_fees + other, as the books say."""

    month = serializers.CharField()
    opening = MoneyField()
    earned = MoneyField()
    taken_back = MoneyField()
    withdrawn = MoneyField()
    payout_fees = MoneyField()
    other = MoneyField()
    closing = MoneyField()
    gross = MoneyField(help_text="What customers were invoiced for my work.")
    commission = MoneyField()
    tax_on_work = MoneyField(help_text="Contained in gross, and mine to pay.")
    tax_on_commission = MoneyField()


class TaxDetailsSerializer(serializers.Serializer[Any]):
    """Who I am for the tax office."""

    legal_name = serializers.CharField()
    address = serializers.CharField()
    country = serializers.CharField()
    region = serializers.CharField()
    tax_number = serializers.CharField()
    business = serializers.BooleanField()
    self_billing = serializers.BooleanField()
    missing = serializers.ListField(child=serializers.CharField())


class SaveTaxDetailsSerializer(StrictSerializer):
    """Who I am for the tax office, on documents from now on."""

    legal_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    address = serializers.CharField(max_length=500, allow_blank=True, default="", help_text="One line each.")
    country = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="Two letters.")
    region = serializers.CharField(max_length=60, allow_blank=True, default="")
    tax_number = serializers.CharField(max_length=40, allow_blank=True, default="")
    business = serializers.BooleanField(default=False)
    self_billing = serializers.BooleanField(default=False, help_text="My invoices may be drawn up for me.")


class TaxRateSerializer(serializers.Serializer[Any]):
    """A rate of the table."""

    id = serializers.UUIDField()
    country = serializers.CharField()
    region = serializers.CharField()
    category = serializers.CharField()
    supply = serializers.ChoiceField(choices=[str(each) for each in Supply])
    treatment = serializers.ChoiceField(choices=[str(each) for each in Treatment])
    basis_points = serializers.IntegerField()
    name = serializers.CharField()
    reason = serializers.CharField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    allowed_actions = serializers.ListField(child=serializers.CharField())


class AddTaxRateSerializer(StrictSerializer):
    """A rate from a day on."""

    country = serializers.CharField(max_length=2, help_text="Of the seller, two letters.")
    region = serializers.CharField(max_length=60, allow_blank=True, default="")
    category = serializers.CharField(max_length=60, allow_blank=True, default="", help_text="Slug of a trade.")
    supply = serializers.ChoiceField(choices=[str(each) for each in Supply])
    treatment = serializers.ChoiceField(
        choices=[str(each) for each in (Treatment.STANDARD, Treatment.REDUCED, Treatment.ZERO, Treatment.EXEMPT)]
    )
    basis_points = serializers.IntegerField(min_value=0, max_value=10_000, help_text="1900 is 19 %.")
    name = serializers.CharField(max_length=60, help_text="As it is printed: VAT.")
    reason = serializers.CharField(max_length=300, allow_blank=True, default="", help_text="Why nothing is charged.")
    valid_from = serializers.DateField()


class EndTaxRateSerializer(StrictSerializer):
    """The first day without it."""

    valid_until = serializers.DateField()


class BrandSerializer(serializers.Serializer[Any]):
    """How the operator appears on documents."""

    name = serializers.CharField()
    address = serializers.CharField()
    country = serializers.CharField()
    tax_number = serializers.CharField()
    colour = serializers.CharField()
    logo = serializers.CharField(help_text="PNG as base64.")
    footer = serializers.CharField()


class SetBrandSerializer(StrictSerializer):
    """How the operator appears on documents from now on."""

    name = serializers.CharField(max_length=120)
    address = serializers.CharField(max_length=500, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, allow_blank=True, default="")
    tax_number = serializers.CharField(max_length=40, allow_blank=True, default="")
    colour = serializers.CharField(max_length=7)
    logo = serializers.CharField(
        required=False, allow_blank=True, max_length=400_000, help_text="PNG or JPEG as base64; empty: none."
    )
    footer = serializers.CharField(max_length=300, allow_blank=True, default="")
