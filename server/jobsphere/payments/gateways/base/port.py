"""What the marketplace may ask of a gateway."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base.outcomes import Found, Ok, Outcome, Rejected
from jobsphere.payments.gateways.base.snapshots import (
    AmountLimits,
    BalanceMovement,
    Bank,
    CheckoutForm,
    DisputeEvidence,
    DisputeSnapshot,
    ParsedEvent,
    PayeeBank,
    PayeeOnboarding,
    PayeeStatus,
    PaymentSnapshot,
    PayoutSnapshot,
    RefundSnapshot,
    SavedMethodSnapshot,
    TransferReversalSnapshot,
    TransferSnapshot,
)
from jobsphere.payments.gateways.base.watched import watch_calls
from jobsphere.payments.gateways.base.words import ObjectKind, PayeeForm, PaymentMethodKind


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
    #: ISO 4217 codes that it takes; empty: all.
    currencies: frozenset[str] = frozenset()
    #: How a payer may pay, in `PaymentMethodKind` words; what the operator has switched on is a setting of ours.
    payment_methods: tuple[PaymentMethodKind, ...] = (PaymentMethodKind.CARD,)
    #: "instant" as the speed of `pay_out` works.
    instant_payouts: bool = False
    #: The payer's evidence against a chargeback can be sent (`submit_evidence`).
    dispute_evidence: bool = False
    #: How a payee gives their bank details: on the gateway's own page, or to us as a form (`PayeeBank`).
    payee_form: PayeeForm = PayeeForm.HOSTED
    #: `confirm_payment` works. Without it a payment that waits for the payer is finished on the gateway's page only.
    server_confirmation: bool = True
    #: A payout may wait for a code that the gateway sends to the operator (`PayoutSnapshot.needs_otp`).
    payout_otp: bool = False
    #: A card can be kept, and charged later while its owner is away (`save_method`, `off_session`).
    saved_methods: bool = False


#: What asks nobody outside.
NOT_CALLS = frozenset({"verify_and_parse_webhook", "limits", "checkout"})


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

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        verbs = [name for name, verb in vars(Gateway).items() if callable(verb) and not name.startswith("_")]
        watch_calls(cls, set(verbs) - NOT_CALLS)

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
        payer_email: str = "",
        methods: Sequence[PaymentMethodKind] = (),
        customer_id: str = "",
        off_session: bool = False,
    ) -> Outcome[PaymentSnapshot]:
        """Reserve the amount on the payer's card. With capture="automatic", or where the gateway has no
        `manual_capture`, it is taken at once.

        Without a payment method the payment waits for the payer's browser: ActionRequired with a client secret or a
        page; `methods` are the ways of paying that it offers there (none named: what the gateway is set up for).
        `customer_id` is whose saved methods may pay (`save_method`). With `off_session` the payer is away: what they
        would have to prove is Declined(AUTHENTICATION_FAILED) instead of asked. `return_url` is where the payer comes
        back after 3-D Secure. Money leaves the card only with status captured.
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

    def save_method(
        self,
        *,
        payment_method: str,
        customer_id: str,
        idempotency_key: str,
        operation_id: str,
        payer_email: str = "",
        return_url: str = "",
    ) -> Outcome[SavedMethodSnapshot]:
        """Keep a card for payments while its owner is away (`capabilities.saved_methods`), under `customer_id` or a new
        customer. Ok may carry action_required: the owner proves first who they are. Moves no money."""
        return Rejected(f"{self.name} keeps no cards here")

    def fetch_saving(self, *, gateway_id: str) -> Outcome[SavedMethodSnapshot]:
        """Read what became of the saving of a card."""
        return Rejected(f"{self.name} keeps no cards here")

    def forget_method(self, *, method_id: str, idempotency_key: str) -> Outcome[str]:
        """Keep a card no longer; Ok also when it is not kept any more."""
        return Rejected(f"{self.name} keeps no cards here")

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
        bank: PayeeBank | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[PayeeOnboarding]:
        """Make the payee (or go on with `payee_id`) and a fresh link on which they complete what is asked.

        `bank` is given where `capabilities.payee_form` is BANK; then there is no link.
        """

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
        speed: str = "standard",
    ) -> Outcome[PayoutSnapshot]:
        """Send money from the payee's balance (or ours, see `connected_payouts`) to their bank.

        Ok carries pending: `paid` is an event later. With speed="instant" (`capabilities.instant_payouts`) it is there
        in minutes, for a fee.
        """

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
    def limits(self, currency: str) -> AmountLimits:
        """Say which amounts of a currency can be charged and refunded. Never calls out."""

    def methods(self, currency: str) -> tuple[PaymentMethodKind, ...]:
        """Say how a payer may pay in a currency. Never calls out."""
        return self.capabilities.payment_methods

    @abstractmethod
    def checkout(self) -> CheckoutForm:
        """Say what the payer's browser needs to show the right form. Never calls out; nothing in it is secret."""

    def finalize_payout(self, *, gateway_id: str, otp: str, payee_id: str = "") -> Outcome[PayoutSnapshot]:
        """Give the code that a payout waits for (`capabilities.payout_otp`). A wrong code is Declined and may be tried
        again; Ok also when the payout has gone on already."""
        return Rejected(f"{self.name} asks for no code")

    def resend_payout_code(self, *, gateway_id: str) -> Outcome[str]:
        """Have another code sent to the operator for a payout that waits for one; Ok says what the gateway says."""
        return Rejected(f"{self.name} asks for no code")

    def submit_evidence(
        self, *, dispute_id: str, evidence: DisputeEvidence, submit: bool, idempotency_key: str
    ) -> Outcome[DisputeSnapshot]:
        """Answer a chargeback; with `submit` it goes to the bank and cannot be changed any more."""
        return Rejected(f"{self.name} takes no evidence")

    def accept_dispute(self, *, dispute_id: str, idempotency_key: str) -> Outcome[DisputeSnapshot]:
        """Give a chargeback up: it is lost."""
        return Rejected(f"{self.name} cannot give a chargeback up")

    def list_disputes(self, *, since: datetime) -> Outcome[tuple[DisputeSnapshot, ...]]:
        """List the chargebacks that were opened since a moment; for those whose webhook was lost."""
        return Ok(())

    def banks(self, *, country: str) -> Outcome[tuple[Bank, ...]]:
        """List the banks of a country, for a payee's form (`PayeeForm.BANK`)."""
        return Ok(())

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
