"""What may stand in the query of the admin's lists."""

from typing import Any

from rest_framework import serializers

from jobsphere.contracts.types import ContractStatus
from jobsphere.escrow.types import HoldStatus
from jobsphere.jobs.types import JobStatus, Visibility
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER
from jobsphere.ledger.types import AccountKind
from jobsphere.payments.types import OperationKind, OperationStatus, PaymentStatus, PayoutStatus, RefundStatus
from jobsphere.web.pagination import DEFAULT_SIZE, MAX_SIZE
from jobsphere.web.serializers import StrictSerializer


def choice(values: Any, **options: Any) -> serializers.ChoiceField:
    """Return an optional choice among the values of an enum."""
    return serializers.ChoiceField(choices=[str(each) for each in values], required=False, **options)


class PageQuery(StrictSerializer):
    """What every list understands; it answers newest first."""

    cursor = serializers.CharField(required=False, allow_blank=True, help_text="Opaque; follow `next` and `previous`.")
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_SIZE, default=DEFAULT_SIZE)


class PeriodQuery(StrictSerializer):
    """A period; open at the end that is not given."""

    since = serializers.DateTimeField(required=False, help_text="From this moment on.")
    until = serializers.DateTimeField(required=False, help_text="Before this moment.")


class ListQuery(PageQuery, PeriodQuery):
    """A list of what was made in a period."""


class PeopleQuery(ListQuery):
    """The query of the list of people."""

    search = serializers.CharField(required=False, max_length=200, help_text="Parts of the name or the address.")
    role = choice((CUSTOMER, CONTRACTOR, ADMIN))
    right = serializers.CharField(required=False, max_length=32, help_text="Staff who hold this right.")
    active = serializers.BooleanField(required=False, allow_null=True, default=None)


class JobsQuery(ListQuery):
    """The query of the list of all jobs."""

    status = choice(JobStatus)
    visibility = choice(Visibility)
    customer_id = serializers.UUIDField(required=False)
    contractor_id = serializers.UUIDField(required=False)
    search = serializers.CharField(required=False, max_length=200, help_text="A part of the title.")


class ContractsQuery(ListQuery):
    """The query of the list of all contracts."""

    status = choice(ContractStatus)
    person_id = serializers.UUIDField(required=False, help_text="The customer or the contractor.")
    job_id = serializers.UUIDField(required=False)
    on_hold = serializers.BooleanField(required=False, allow_null=True, default=None)


class PaymentsQuery(ListQuery):
    """The query of the list of all payments."""

    status = choice(PaymentStatus)
    gateway = serializers.CharField(required=False, max_length=32)
    currency = serializers.CharField(required=False, max_length=3)
    person_id = serializers.UUIDField(required=False, help_text="The payer or the payee.")
    disputed = serializers.BooleanField(required=False, allow_null=True, default=None)


class RefundsQuery(ListQuery):
    """The query of the list of all refunds."""

    status = choice(RefundStatus)
    currency = serializers.CharField(required=False, max_length=3)
    person_id = serializers.UUIDField(required=False, help_text="Who gets the money back.")
    payment_id = serializers.UUIDField(required=False)


class PayoutsQuery(ListQuery):
    """The query of the list of all withdrawals."""

    status = choice(PayoutStatus)
    gateway = serializers.CharField(required=False, max_length=32)
    currency = serializers.CharField(required=False, max_length=3)
    person_id = serializers.UUIDField(required=False, help_text="The payee.")


class HoldsQuery(ListQuery):
    """The query of the list of all holds."""

    status = choice(HoldStatus)
    currency = serializers.CharField(required=False, max_length=3)
    person_id = serializers.UUIDField(required=False, help_text="The payer or the payee.")
    contract_id = serializers.UUIDField(required=False)


class OperationsQuery(ListQuery):
    """The query of the list of gateway operations."""

    status = choice(OperationStatus, help_text="Without one: what is unknown, stuck or rejected.")
    kind = choice(OperationKind)
    gateway = serializers.CharField(required=False, max_length=32)
    subject_id = serializers.UUIDField(required=False, help_text="All operations of this payment, refund or payout.")


class TransfersQuery(ListQuery):
    """The query of the list of ledger transfers."""

    code = serializers.CharField(required=False, max_length=64)
    source_type = serializers.CharField(required=False, max_length=32)
    source_id = serializers.CharField(required=False, max_length=64)
    currency = serializers.CharField(required=False, max_length=3)
    kind = choice(AccountKind, help_text="Touches an account of this kind.")
    account_owner = serializers.CharField(required=False, max_length=64, help_text="Touches an account of this owner.")

    def validate_kind(self, value: str) -> AccountKind:
        return AccountKind(value)


class WalletsQuery(PageQuery):
    """The query of the list of wallets."""

    currency = serializers.CharField(required=False, max_length=3)
    user_id = serializers.UUIDField(required=False)


class BooksQuery(StrictSerializer):
    """The query of the books."""

    verify = serializers.BooleanField(default=True, help_text="Run the checks of the books: seconds, on big ones.")
    gateway = serializers.BooleanField(default=False, help_text="Compare with the gateway's own movements, too.")


class StatementsQuery(PageQuery):
    """The query of the sealed daily statements."""

    since = serializers.DateField(required=False, help_text="From this day (UTC) on.")
    until = serializers.DateField(required=False, help_text="Before this day.")


class DifferencesQuery(PageQuery):
    """The query of what reconciliations have found."""

    run_id = serializers.UUIDField(required=False, help_text="Seen by this run.")
    gone = serializers.BooleanField(required=False, allow_null=True, default=None, help_text="No longer there.")
    acknowledged = serializers.BooleanField(required=False, allow_null=True, default=None)


class ProofQuery(PeriodQuery):
    """The query of the proof statement."""

    gateway = serializers.CharField(required=False, max_length=32)


class TrailQuery(ListQuery):
    """The query of the audit trail."""

    actor_id = serializers.UUIDField(required=False)
    target_type = serializers.CharField(required=False, max_length=50)
    target_id = serializers.UUIDField(required=False)
    verb = serializers.CharField(required=False, max_length=100, help_text="With a dot at its end: a family of verbs.")
    request_id = serializers.CharField(required=False, max_length=64)


class DeadLettersQuery(PageQuery):
    """The query of the list of dead letters."""

    settled = serializers.BooleanField(default=False, help_text="Those that were replayed or dropped.")
    handler = serializers.CharField(required=False, max_length=200)
