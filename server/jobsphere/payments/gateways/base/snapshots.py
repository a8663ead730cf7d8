"""Objects at the gateway as it has them now, in our words."""

from dataclasses import dataclass, field
from datetime import datetime

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base.words import (
    CheckoutKind,
    DisputeState,
    MovementKind,
    ObjectKind,
    PaymentState,
    PayoutState,
    RefundState,
    SavingState,
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
class SavedMethodSnapshot:
    """A card that is kept for later payments, as the gateway has it now. Never a number: brand, last digits, expiry."""

    #: What was made to save it; `method_id` is what later payments name, together with `customer_id`.
    gateway_id: str
    status: SavingState
    customer_id: str
    method_id: str = ""
    brand: str = ""
    last4: str = ""
    expires_month: int = 0
    expires_year: int = 0
    #: Where the payer proves who they are; empty unless the status is action_required.
    action_url: str = ""
    failure_code: str = ""
    failure_message: str = ""


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
    #: It waits for a code that the gateway has sent to the operator (`finalize_payout`).
    needs_otp: bool = False


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
    #: Where payouts go; None when the gateway does not say.
    bank: "BankAccount | None" = None
    #: The bank of the payee takes instant payouts.
    instant_available: bool = False
    #: Of what is due: what has closed the gate already, and until when the rest must be told.
    past_due: tuple[str, ...] = ()
    due_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A payee's bank account or debit card, as far as people may see it. `fingerprint` changes when it does."""

    fingerprint: str
    bank_name: str = ""
    last4: str = ""
    country: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class PayeeBank:
    """Where a payee wants to be paid, where they tell us and not the gateway (`PayeeForm.BANK`). Never stored by us."""

    account_number: str = field(repr=False)
    bank_code: str
    holder: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank that payouts can go to."""

    code: str
    name: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class AmountLimits:
    """Which amounts of one currency a gateway can move, in minor units. `step`: every amount is a multiple of it."""

    currency: str
    minimum: int = 1
    maximum: int = 99_999_999
    step: int = 1

    def allows(self, amount: Money) -> bool:
        """Say whether this amount can be charged."""
        return self.minimum <= amount.amount <= self.maximum and amount.amount % self.step == 0


@dataclass(frozen=True, slots=True)
class CheckoutForm:
    """What the payer's browser needs to show the right form; nothing in it is secret."""

    kind: CheckoutKind
    publishable_key: str = ""


@dataclass(frozen=True, slots=True)
class DisputeEvidence:
    """What we tell a cardholder's bank about a chargeback. Texts are at most 20,000 characters each."""

    product_description: str = ""
    customer_name: str = ""
    customer_email: str = ""
    service_date: str = ""
    access_activity_log: str = ""
    cancellation_policy: str = ""
    refund_policy: str = ""
    uncategorized_text: str = ""


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
    #: All that it has ever taken from our balance, and given back; None: the gateway does not say, so a lost one took
    #: its amount and any other took nothing.
    taken: Money | None = None
    returned: Money | None = None
    #: What the gateway charges us for it; negative when it has given more back than it charged.
    fee: Money | None = None
    #: A question of the bank's, or a warning: no money has moved, and the payment may still be refunded.
    inquiry: bool = False
    #: Our evidence is with the bank.
    answered: bool = False


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
