"""What other apps may know of the gateways."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.payments.gateways.base import AmountLimits, Capabilities, CheckoutForm, PaymentMethodKind
from jobsphere.payments.rules import (
    CircuitState,
    OperationKind,
    OperationStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationView:
    """An intent to do something at a gateway, and what is known of it. `stuck`: many attempts and still unknown."""

    id: UUID
    kind: OperationKind
    subject_type: str
    subject_id: UUID
    gateway: str
    status: OperationStatus
    attempts: int
    stuck: bool
    gateway_object_id: str
    last_error: str
    created_at: datetime
    first_sent_at: datetime | None
    next_attempt_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class GatewayView:
    """A gateway that this marketplace uses, and whether new payments are made there."""

    name: str
    state: CircuitState
    forced: bool
    since: datetime | None
    failures: int
    failed_at: datetime | None
    last_error: str
    retry_at: datetime | None
    capabilities: Capabilities


@dataclass(frozen=True, slots=True)
class MethodView:
    """A way of paying. `reserved`: the money is only reserved until the payee agrees; else it is taken at once."""

    kind: PaymentMethodKind
    reserved: bool


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a payer's browser needs to show the right form before there is a payment."""

    gateway: str
    form: CheckoutForm
    methods: tuple[MethodView, ...]
    limits: AmountLimits
