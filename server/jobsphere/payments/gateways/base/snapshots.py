"""Objects at the gateway as it has them now, in our words."""

from dataclasses import dataclass
from datetime import datetime

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base.words import (
    DisputeState,
    MovementKind,
    ObjectKind,
    PaymentState,
    PayoutState,
    RefundState,
)


@dataclass(frozen=True, slots=True)
class PaymentSnapshot:
    """A payment as the gateway has it now."""

    gateway_id: str
    status: PaymentState
    amount: Money
    amount_captured: Money
    amount_refunded: Money
    #: Lets the payer's own browser finish the payment; secret from everybody else. Empty when there is none.
    client_secret: str = ""
    #: Where the payer proves who they are (3-D Secure). Empty unless the status is action_required.
    action_url: str = ""
    #: Why the last attempt failed, in `DeclineCode` words; empty when it did not.
    failure_code: str = ""
    failure_message: str = ""
    #: Until when it can be captured; None unless authorised, or when the gateway does not say.
    authorized_until: datetime | None = None
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class RefundSnapshot:
    """A refund as the gateway has it now."""

    gateway_id: str
    payment_id: str
    status: RefundState
    amount: Money
    failure_code: str = ""
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class TransferSnapshot:
    """Money moved from our balance to a payee's; `reversed` is how much of it came back."""

    gateway_id: str
    payee_id: str
    amount: Money
    reversed: Money
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class TransferReversalSnapshot:
    """Money taken back from a payee's balance."""

    gateway_id: str
    transfer_id: str
    amount: Money
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class PayoutSnapshot:
    """Money on its way from the payee's balance to the payee's bank."""

    gateway_id: str
    payee_id: str
    status: PayoutState
    amount: Money
    failure_code: str = ""
    failure_message: str = ""
    arrives_at: datetime | None = None
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class PayeeStatus:
    """Whether a payee may be paid, and what the gateway still wants to know. The gate can close again at any time."""

    payee_id: str
    payouts_enabled: bool
    #: May receive transfers on its balance.
    transfers_enabled: bool
    currently_due: tuple[str, ...] = ()
    #: The gateway's reason, in its own words; empty when payouts are enabled.
    disabled_reason: str = ""
    details_submitted: bool = False
    operation_id: str = ""


@dataclass(frozen=True, slots=True)
class PayeeOnboarding:
    """A payee at the gateway and the page on which they complete what it asks; the page expires."""

    payee_id: str
    url: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DisputeSnapshot:
    """A chargeback as the gateway has it now."""

    gateway_id: str
    payment_id: str
    status: DisputeState
    amount: Money
    reason: str = ""
    evidence_due_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class BalanceMovement:
    """One line of a balance at the gateway. `net` is signed: what the balance gained; net = amount - fee."""

    gateway_id: str
    kind: MovementKind
    amount: Money
    fee: Money
    net: Money
    created: datetime
    available_at: datetime
    #: The object that moved it: for a charge the payment's id, for a refund the refund's id, and so on.
    object_kind: ObjectKind = ObjectKind.OTHER
    object_id: str = ""
    #: Whose balance: a payee's id, or empty for ours.
    payee_id: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEvent:
    """What a verified webhook says has changed. Only a hint: the handler fetches the object's present state."""

    #: Unique per gateway; the inbox stores each once.
    event_key: str
    #: The gateway's own type, for the log.
    type: str
    object_kind: ObjectKind
    object_id: str
    created: datetime
    #: The payee at whose account it happened; empty for ours. Needed to fetch payouts.
    payee_id: str = ""
