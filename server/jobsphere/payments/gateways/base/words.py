"""Our words for where things stand at a gateway, and for why it says no."""

from enum import StrEnum


class PaymentState(StrEnum):
    """Where a payment stands at the gateway."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    ACTION_REQUIRED = "action_required"
    PROCESSING = "processing"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    CANCELED = "canceled"
    FAILED = "failed"


class SavingState(StrEnum):
    """Where the saving of a card stands."""

    SAVED = "saved"
    ACTION_REQUIRED = "action_required"
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
    #: The operator has put money of their own on our balance, or (negative) taken such money back.
    TOP_UP = "top_up"
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
    #: A card that is being kept.
    SAVING = "saving"
    OTHER = "other"


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
    #: There is no such account at this bank.
    INCORRECT_BANK_DATA = "incorrect_bank_data"
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


class PaymentMethodKind(StrEnum):
    """How a payer may pay."""

    CARD = "card"
    #: Apple Pay, Google Pay, Link.
    WALLET = "wallet"
    BANK_TRANSFER = "bank_transfer"
    MOBILE_MONEY = "mobile_money"
    #: A stablecoin, which the gateway turns into money before it reaches us.
    CRYPTO = "crypto"


class PayeeForm(StrEnum):
    """How a payee tells the gateway where to pay."""

    HOSTED = "hosted"
    BANK = "bank"


class CheckoutKind(StrEnum):
    """Which form the payer's browser shows."""

    #: Stripe's own card form, with the publishable key.
    STRIPE_ELEMENTS = "stripe_elements"
    #: The gateway's page (`PaymentSnapshot.action_url`).
    REDIRECT = "redirect"
    #: Our own form with the test cards of the sandbox.
    SANDBOX = "sandbox"
