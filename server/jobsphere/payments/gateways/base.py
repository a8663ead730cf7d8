"""The gateway port: what the marketplace may ask of a company that moves money, and every way it may answer.

No gateway's own words appear here. An adapter translates to these snapshots and outcomes; nothing above this package
ever asks which gateway it talks to, only what the gateway is able to do (`Capabilities`).

Three promises every adapter keeps:

- It never raises for what a network or a gateway may do; it returns one of the outcomes below.
  Exceptions mean our own bug.
- `Unknown` is used whenever the money may have moved. It is never a failure.
- A mutating method given the same `idempotency_key` and the same arguments moves money at most once,
  and when the gateway replays an old answer the adapter reads the object again, so that `Ok` always
  carries its present state.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from jobsphere.kit.money import Money

# --- What a gateway is able to do ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What differs between gateways; code branches on these and never on a gateway's name."""

    #: Authorise now, capture later. Without it `authorize` captures at once and `void` refunds.
    manual_capture: bool
    #: Capture less than was authorised; the rest is released.
    partial_capture: bool
    #: More than one open refund of a payment at a time.
    parallel_refunds: bool
    #: Payees have a balance of their own at the gateway (transfer, then pay out). Without it `pay_out` pays from ours.
    connected_payouts: bool
    #: `reverse_transfer` works.
    transfer_reversal: bool
    #: Events carry a unique key of the gateway's. Without it the key is a digest of the content.
    event_keys: bool
    #: How long an authorisation can be captured; the exact moment is `PaymentSnapshot.authorized_until`.
    authorization_lifetime: timedelta
    #: How long the gateway remembers an idempotency key. Older operations are looked up before anything is resent.
    idempotency_lifetime: timedelta


# --- Objects at the gateway, in our words -------------------------------------------------------------------------


class PaymentState(StrEnum):
    """Where a payment stands at the gateway."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    ACTION_REQUIRED = "action_required"
    PROCESSING = "processing"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    CANCELED = "canceled"
    FAILED = "failed"


class RefundState(StrEnum):
    """Where a refund stands. A refund may still go from succeeded to failed, days later."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


class PayoutState(StrEnum):
    """Where a payout stands. A payout may still go from paid to failed, days later."""

    PENDING = "pending"
    IN_TRANSIT = "in_transit"
    PAID = "paid"
    FAILED = "failed"
    CANCELED = "canceled"


class DisputeState(StrEnum):
    """Where a cardholder's chargeback stands."""

    OPEN = "open"
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"


class MovementKind(StrEnum):
    """Why a balance at the gateway moved."""

    CHARGE = "charge"
    REFUND = "refund"
    REFUND_FAILURE = "refund_failure"
    TRANSFER = "transfer"
    TRANSFER_REVERSAL = "transfer_reversal"
    #: On a payee's balance: what a transfer brought, and what a reversal took back.
    TRANSFER_RECEIVED = "transfer_received"
    TRANSFER_TAKEN_BACK = "transfer_taken_back"
    PAYOUT = "payout"
    PAYOUT_FAILURE = "payout_failure"
    DISPUTE = "dispute"
    DISPUTE_REVERSAL = "dispute_reversal"
    FEE = "fee"
    OTHER = "other"


class ObjectKind(StrEnum):
    """What an event or a look-up is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    TRANSFER = "transfer"
    TRANSFER_REVERSAL = "transfer_reversal"
    PAYOUT = "payout"
    PAYEE = "payee"
    DISPUTE = "dispute"
    OTHER = "other"


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


# --- Outcomes -----------------------------------------------------------------------------------------------------

T = TypeVar("T")


class DeclineCode(StrEnum):
    """Why the gateway said no. `OTHER` is for reasons that no caller treats differently."""

    CARD_DECLINED = "card_declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED_CARD = "expired_card"
    INCORRECT_CARD_DATA = "incorrect_card_data"
    PROCESSING_ERROR = "processing_error"
    AUTHENTICATION_FAILED = "authentication_failed"
    AMOUNT_TOO_SMALL = "amount_too_small"
    AMOUNT_TOO_LARGE = "amount_too_large"
    #: The authorisation lapsed or was voided: nothing is left to capture.
    AUTHORIZATION_GONE = "authorization_gone"
    ALREADY_CAPTURED = "already_captured"
    ALREADY_REFUNDED = "already_refunded"
    #: Our balance (transfer, refund) or the payee's (payout, reversal) does not cover it yet.
    BALANCE_INSUFFICIENT = "balance_insufficient"
    PAYEE_RESTRICTED = "payee_restricted"
    DISPUTED = "disputed"
    OTHER = "other"


class RejectedCode(StrEnum):
    """What is wrong on our side."""

    NOT_FOUND = "not_found"
    #: The same idempotency key with other arguments.
    KEY_REUSED = "key_reused"
    #: Keys, permissions, account set-up.
    CONFIGURATION = "configuration"
    #: The gateway does not understand or allow what we sent.
    INVALID_REQUEST = "invalid_request"


@dataclass(frozen=True, slots=True)
class Ok(Generic[T]):
    """It is done; `object` is the gateway's present state of it."""

    object: T


@dataclass(frozen=True, slots=True)
class ActionRequired:
    """The payer must act: choose a card (`url` empty) or prove who they are (`url`)."""

    payment: PaymentSnapshot
    client_secret: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The gateway said no, for good: no money moved. `retryable`: the same request with a new key may succeed later."""

    code: DeclineCode
    message: str
    retryable: bool = False
    #: The object that exists at the gateway nevertheless, if any.
    gateway_id: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Our bug or our configuration; no money moved. A person must look."""

    message: str
    code: RejectedCode = RejectedCode.INVALID_REQUEST


@dataclass(frozen=True, slots=True)
class Unknown:
    """Money may or may not have moved. Ask again with the same key, or look the operation up.

    `key_spent`: the gateway stored a failure of its own under this key and will only ever repeat it. The adapter has
    looked and found nothing; go on with a new key after `find_by_operation` still finds nothing.
    """

    reason: str
    retry_after: timedelta | None = None
    key_spent: bool = False


Outcome = Ok[T] | ActionRequired | Declined | Rejected | Unknown

Found = (
    PaymentSnapshot | RefundSnapshot | TransferSnapshot | TransferReversalSnapshot | PayoutSnapshot | PayeeStatus | None
)


class WebhookRejectedError(Exception):
    """A webhook that does not carry our gateway's signature, or is too old: answer 400 and store nothing."""


# --- The port -----------------------------------------------------------------------------------------------------


class Gateway(ABC):
    """One payment gateway. Every method except `verify_and_parse_webhook` may block for the network, at most some ten
    seconds a request, and refuses (RuntimeError) to run inside a database transaction.

    `operation_id` is our id of the intent. It is written to the gateway's object, so that `find_by_operation` can tell
    what became of it when the answer was lost and the key may be forgotten. `metadata` is for people who look at the
    gateway's own screens.
    """

    #: Ours: "stripe", "sandbox". Stored with every object, and the owner of the gateway's ledger accounts.
    name: str
    capabilities: Capabilities

    @abstractmethod
    def authorize(
        self,
        *,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        payment_method: str | None = None,
        metadata: Mapping[str, str] | None = None,
        return_url: str = "",
        description: str = "",
        capture: str = "manual",
    ) -> Outcome[PaymentSnapshot]:
        """Reserve the amount on the payer's card. With capture="automatic" it is taken at once.

        Without a payment method the payment waits for the payer's browser: ActionRequired with a client secret.
        `return_url` is where the payer comes back after 3-D Secure. Money leaves the card only with status captured.
        """

    @abstractmethod
    def confirm_payment(
        self, *, gateway_id: str, payment_method: str, idempotency_key: str, return_url: str = ""
    ) -> Outcome[PaymentSnapshot]:
        """Try a payment that waits for a payment method (also after a decline) with this one."""

    @abstractmethod
    def capture(self, *, gateway_id: str, amount: Money, idempotency_key: str) -> Outcome[PaymentSnapshot]:
        """Take authorised money. Ok also when exactly this amount was already taken."""

    @abstractmethod
    def void(self, *, gateway_id: str, idempotency_key: str) -> Outcome[PaymentSnapshot]:
        """Give up a payment that was not captured. Ok also when it is already cancelled.

        Declined(ALREADY_CAPTURED) when the money was taken: refund it instead.
        """

    @abstractmethod
    def refund(
        self,
        *,
        gateway_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[RefundSnapshot]:
        """Give captured money back. Ok may carry status pending; and a refund that succeeded may fail days later."""

    @abstractmethod
    def onboard_payee(
        self,
        *,
        idempotency_key: str,
        operation_id: str,
        email: str,
        country: str,
        return_url: str,
        refresh_url: str,
        payee_id: str = "",
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[PayeeOnboarding]:
        """Make the payee (or go on with `payee_id`) and a fresh link on which they complete what is asked."""

    @abstractmethod
    def payee_status(self, *, payee_id: str) -> Outcome[PayeeStatus]:
        """Tell whether the payee may be paid, and what is missing."""

    @abstractmethod
    def transfer(
        self,
        *,
        payee_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[TransferSnapshot]:
        """Move money from our balance at the gateway to the payee's."""

    @abstractmethod
    def reverse_transfer(
        self, *, transfer_id: str, amount: Money, idempotency_key: str, operation_id: str
    ) -> Outcome[TransferReversalSnapshot]:
        """Take transferred money back from the payee's balance."""

    @abstractmethod
    def pay_out(
        self,
        *,
        payee_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[PayoutSnapshot]:
        """Send money from the payee's balance to their bank. Ok carries pending: `paid` is an event later."""

    @abstractmethod
    def fetch_payment(self, *, gateway_id: str) -> Outcome[PaymentSnapshot]:
        """Read a payment; Rejected(NOT_FOUND) when there is none."""

    @abstractmethod
    def fetch_refund(self, *, gateway_id: str) -> Outcome[RefundSnapshot]:
        """Read a refund; Rejected(NOT_FOUND) when there is none."""

    @abstractmethod
    def fetch_transfer(self, *, gateway_id: str) -> Outcome[TransferSnapshot]:
        """Read a transfer; Rejected(NOT_FOUND) when there is none."""

    @abstractmethod
    def fetch_payout(self, *, gateway_id: str, payee_id: str) -> Outcome[PayoutSnapshot]:
        """Read a payout of that payee; Rejected(NOT_FOUND) when there is none."""

    @abstractmethod
    def fetch_dispute(self, *, gateway_id: str) -> Outcome[DisputeSnapshot]:
        """Read a chargeback; Rejected(NOT_FOUND) when there is none."""

    @abstractmethod
    def find_by_operation(
        self,
        *,
        kind: ObjectKind,
        operation_id: str,
        since: datetime,
        payee_id: str = "",
        parent_id: str = "",
    ) -> Outcome[Found]:
        """Look up what an operation made; Ok(None) means that it surely made nothing.

        `since` is when the operation was first sent. Payouts need `payee_id`; refunds need the payment and transfer
        reversals the transfer as `parent_id`.
        """

    @abstractmethod
    def list_balance_movements(
        self, *, since: datetime, until: datetime | None = None, payee_id: str = ""
    ) -> Outcome[tuple[BalanceMovement, ...]]:
        """List what moved our balance (or the payee's), oldest first, from `since` inclusive to `until` exclusive."""

    @abstractmethod
    def verify_and_parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> ParsedEvent:
        """Check the signature on the raw body and say what changed. Raises WebhookRejectedError; never calls out."""
