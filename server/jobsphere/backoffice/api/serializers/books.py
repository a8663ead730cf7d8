"""Ledger transfers, statements and the trial balance on the admin's wire. Amounts named `signed` are debit positive."""

from typing import Any

from rest_framework import serializers

from jobsphere.backoffice.types import Books, NamedAccount, Statement
from jobsphere.ledger.types import AccountKind, PostedTransfer
from jobsphere.web.serializers import MoneyField, PersonSerializer

KINDS = [str(each) for each in AccountKind]


class LegSerializer(serializers.Serializer[Any]):
    """One side of a transfer: debit positive, credit negative."""

    kind = serializers.ChoiceField(choices=KINDS, source="account.kind")
    owner_type = serializers.CharField(source="account.owner_type")
    owner_id = serializers.CharField(source="account.owner_id")
    signed = MoneyField(source="amount")
    balance_after = MoneyField(allow_null=True, help_text="Natural; null where no running balance is kept.")


class TransferSerializer(serializers.Serializer[PostedTransfer]):
    """A transfer as it stands in the books; its legs sum to zero."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    reference = serializers.CharField()
    currency = serializers.CharField()
    source_type = serializers.CharField()
    source_id = serializers.CharField()
    memo = serializers.CharField()
    posted_at = serializers.DateTimeField()
    legs = LegSerializer(many=True)


class TrialLineSerializer(serializers.Serializer[Any]):
    """All accounts of one kind."""

    kind = serializers.ChoiceField(choices=KINDS)
    accounts = serializers.IntegerField()
    signed = MoneyField()
    balance = MoneyField(help_text="Natural: positive on the account's normal side.")


class CurrencyBooksSerializer(serializers.Serializer[Any]):
    """The trial balance of one currency; the difference is zero."""

    currency = serializers.CharField()
    lines = TrialLineSerializer(many=True)
    difference = MoneyField(allow_zero=True)


class DiscrepancySerializer(serializers.Serializer[Any]):
    """Something in the books that is not as it should be."""

    check = serializers.CharField()
    subject = serializers.CharField()
    detail = serializers.CharField()


class CheckSerializer(serializers.Serializer[Any]):
    """A check of the books and what it found: nothing, in sound books."""

    name = serializers.CharField()
    found = DiscrepancySerializer(many=True)


class BooksSerializer(serializers.Serializer[Books]):
    """The trial balance by currency. `verified` is null when the checks were not asked to run."""

    sound = serializers.BooleanField()
    currencies = CurrencyBooksSerializer(many=True)
    verified = serializers.SerializerMethodField()

    def get_verified(self, books: Books) -> CheckSerializer(many=True, allow_null=True):  # type: ignore[valid-type]
        if books.verified is None:
            return None
        checks = [{"name": name, "found": found} for name, found in books.verified.items()]
        return CheckSerializer(checks, many=True).data


class NamedAccountSerializer(serializers.Serializer[NamedAccount]):
    """A ledger account in words."""

    kind = serializers.ChoiceField(choices=KINDS, source="key.kind")
    title = serializers.CharField()
    owner_type = serializers.CharField(source="key.owner_type")
    owner_id = serializers.CharField(source="key.owner_id")
    owner_name = serializers.CharField()


class StatementLegSerializer(serializers.Serializer[Any]):
    """One side of a step: either debit or credit is zero."""

    account = NamedAccountSerializer()
    debit = MoneyField(allow_zero=True)
    credit = MoneyField(allow_zero=True)


class StatementStepSerializer(serializers.Serializer[Any]):
    """One transfer; `share_of` is its whole amount when only a part of it belongs to this contract."""

    number = serializers.IntegerField()
    transfer_id = serializers.UUIDField()
    code = serializers.CharField()
    source_type = serializers.CharField()
    source_id = serializers.CharField()
    memo = serializers.CharField()
    posted_at = serializers.DateTimeField()
    legs = StatementLegSerializer(many=True)
    share_of = MoneyField(allow_null=True)


class StatementAccountSerializer(serializers.Serializer[Any]):
    """What the contract has moved on one account."""

    account = NamedAccountSerializer()
    balance = MoneyField(help_text="Natural: positive on the account's normal side.")
    signed = MoneyField()


class StatementTotalsSerializer(serializers.Serializer[Any]):
    """charged = platform_fee + service_fee + held + contractor + refunded + charged_back + unapplied."""

    charged = MoneyField(allow_zero=True)
    platform_fee = MoneyField(allow_zero=True)
    service_fee = MoneyField(allow_zero=True)
    held = MoneyField(allow_zero=True)
    contractor = MoneyField(allow_zero=True)
    paid_out = MoneyField(allow_zero=True)
    refunded = MoneyField(allow_zero=True)
    charged_back = MoneyField(allow_zero=True)
    unapplied = MoneyField(allow_zero=True)


class StatementSerializer(serializers.Serializer[Statement]):
    """Every ledger account that a contract's money touched, step by step; `total` is zero."""

    contract_id = serializers.UUIDField()
    title = serializers.CharField()
    customer = PersonSerializer()
    contractor = PersonSerializer()
    steps = StatementStepSerializer(many=True)
    accounts = StatementAccountSerializer(many=True)
    totals = StatementTotalsSerializer()
    total = MoneyField(allow_zero=True)
