"""What the marketplace may ask of a gateway."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base.outcomes import Found, Outcome
from jobsphere.payments.gateways.base.snapshots import (
    BalanceMovement,
    DisputeSnapshot,
    ParsedEvent,
    PayeeOnboarding,
    PayeeStatus,
    PaymentSnapshot,
    PayoutSnapshot,
    RefundSnapshot,
    TransferReversalSnapshot,
    TransferSnapshot,
)
from jobsphere.payments.gateways.base.words import ObjectKind


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


class WebhookRejectedError(Exception):
    """A webhook that does not carry our gateway's signature, or is too old: answer 400 and store nothing."""


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
