"""Pure: statuses and transition tables of payments, refunds, payouts and gateway operations.

A payment's real state is its `detail`; the wire status is a function of it. What the gateway reports moves a payment
forward only: an observation that has no row in the table (an old webhook, a duplicate) changes nothing.
"""

from datetime import timedelta
from enum import StrEnum

from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.kit.money import Money


class PaymentStatus(StrEnum):
    """The six statuses of the seeds, as the wire shows them."""

    PENDING = "pending"
    HELD = "held"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    REFUNDED = "refunded"
    FAILED = "failed"


class PaymentDetail(StrEnum):
    """Exactly where a payment stands."""

    #: Asked of the gateway; the answer is not known yet.
    CREATED = "created"
    #: The payer must choose a card or prove who they are.
    ACTION_REQUIRED = "action_required"
    PROCESSING = "processing"
    #: Reserved on the card; nothing was taken.
    AUTHORIZED = "authorized"
    #: Taken before anybody asked for it, by a gateway that cannot reserve or by hand at its own site. What follows
    #: is what would follow a reservation, except that giving it up is a refund.
    PREPAID = "prepaid"
    CAPTURING = "capturing"
    VOIDING = "voiding"
    #: Taken, and held for its purpose.
    CAPTURED = "captured"
    #: Taken, but its purpose has vanished: it is being refunded.
    UNAPPLIED = "unapplied"
    #: The gateway could not give it back; finance decides.
    REFUND_FAILED = "refund_failed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    REFUNDED = "refunded"
    DECLINED = "declined"
    VOIDED = "voided"
    LAPSED = "lapsed"


STATUS_OF: dict[PaymentDetail, PaymentStatus] = {
    PaymentDetail.CREATED: PaymentStatus.PENDING,
    PaymentDetail.ACTION_REQUIRED: PaymentStatus.PENDING,
    PaymentDetail.PROCESSING: PaymentStatus.PENDING,
    PaymentDetail.AUTHORIZED: PaymentStatus.PENDING,
    PaymentDetail.PREPAID: PaymentStatus.PENDING,
    PaymentDetail.CAPTURING: PaymentStatus.PENDING,
    PaymentDetail.VOIDING: PaymentStatus.PENDING,
    PaymentDetail.CAPTURED: PaymentStatus.HELD,
    PaymentDetail.UNAPPLIED: PaymentStatus.HELD,
    PaymentDetail.REFUND_FAILED: PaymentStatus.HELD,
    PaymentDetail.RELEASED: PaymentStatus.RELEASED,
    PaymentDetail.WITHDRAWN: PaymentStatus.WITHDRAWN,
    PaymentDetail.REFUNDED: PaymentStatus.REFUNDED,
    PaymentDetail.DECLINED: PaymentStatus.FAILED,
    PaymentDetail.VOIDED: PaymentStatus.FAILED,
    PaymentDetail.LAPSED: PaymentStatus.FAILED,
}

PAYER = "payer"
PAYEE = "payee"
#: The marketplace acts, by a verb of a higher app or by an administrator.
MARKETPLACE = "marketplace"
#: The gateway reports what has happened.
GATEWAY = "gateway"

_D = PaymentDetail
_WAITING = (_D.CREATED, _D.ACTION_REQUIRED, _D.PROCESSING)
_NOT_CAPTURED = (*_WAITING, _D.AUTHORIZED, _D.CAPTURING, _D.VOIDING, _D.DECLINED, _D.VOIDED, _D.LAPSED)

PAYMENT = Lifecycle(
    {
        # Only a payment that waits for a card takes one: while its first answer is unknown there is nothing to confirm.
        (_D.ACTION_REQUIRED, "confirm"): step(_D.ACTION_REQUIRED, PAYER),
        (_D.CREATED, "require_action"): step(_D.ACTION_REQUIRED, GATEWAY),
        (_D.PROCESSING, "require_action"): step(_D.ACTION_REQUIRED, GATEWAY),
        (_D.CREATED, "process"): step(_D.PROCESSING, GATEWAY),
        (_D.ACTION_REQUIRED, "process"): step(_D.PROCESSING, GATEWAY),
        **{(source, "authorize"): step(_D.AUTHORIZED, GATEWAY) for source in _WAITING},
        **{(source, "prepay"): step(_D.PREPAID, GATEWAY) for source in (*_WAITING, _D.AUTHORIZED)},
        (_D.AUTHORIZED, "capture"): step(_D.CAPTURING, MARKETPLACE),
        # Nothing is left to ask of the gateway.
        (_D.PREPAID, "capture"): step(_D.CAPTURED, MARKETPLACE),
        (_D.PREPAID, "void"): step(_D.UNAPPLIED, MARKETPLACE),
        **{(source, "void"): step(_D.VOIDING, MARKETPLACE) for source in (*_WAITING, _D.AUTHORIZED)},
        # Money that was taken is money taken, whatever we believed before.
        **{(source, "take"): step(_D.CAPTURED, GATEWAY) for source in _NOT_CAPTURED},
        **{(source, "decline"): step(_D.DECLINED, GATEWAY) for source in (*_WAITING, _D.CAPTURING)},
        **{(source, "lapse"): step(_D.LAPSED, GATEWAY) for source in (*_WAITING, _D.AUTHORIZED, _D.CAPTURING)},
        (_D.VOIDING, "lapse"): step(_D.VOIDED, GATEWAY),
        (_D.CAPTURED, "orphan"): step(_D.UNAPPLIED, MARKETPLACE),
        (_D.CAPTURED, "release"): step(_D.RELEASED, MARKETPLACE),
        (_D.REFUND_FAILED, "release"): step(_D.RELEASED, MARKETPLACE),
        (_D.RELEASED, "withdraw"): step(_D.WITHDRAWN, GATEWAY),
        (_D.WITHDRAWN, "payout_returned"): step(_D.RELEASED, GATEWAY),
        (_D.CAPTURED, "return"): step(_D.REFUNDED, GATEWAY),
        (_D.UNAPPLIED, "return"): step(_D.REFUNDED, GATEWAY),
        (_D.REFUND_FAILED, "return"): step(_D.REFUNDED, GATEWAY),
        (_D.CAPTURED, "refund_failed"): step(_D.REFUND_FAILED, GATEWAY),
        (_D.UNAPPLIED, "refund_failed"): step(_D.REFUND_FAILED, GATEWAY),
        (_D.REFUNDED, "refund_failed"): step(_D.REFUND_FAILED, GATEWAY),
        (_D.REFUND_FAILED, "recover"): step(_D.CAPTURED, GATEWAY),
        # Money that comes back after it was released: the payee gives it, or owes it.
        (_D.RELEASED, "return"): step(_D.REFUNDED, GATEWAY),
        (_D.WITHDRAWN, "return"): step(_D.REFUNDED, GATEWAY),
        # It did not come back after all, or a chargeback was decided for us late.
        (_D.REFUNDED, "reopen"): step(_D.RELEASED, GATEWAY),
    }
)


class RefundStatus(StrEnum):
    """Where a refund stands."""

    #: Asked of the gateway; the answer is not known yet.
    REQUESTED = "requested"
    #: The gateway has accepted it.
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    #: It did not reach the card; the money waits in refund_in_transit for finance to retry.
    FAILED = "failed"
    #: It failed, and the payer's bank has given the money back instead.
    SUPERSEDED = "superseded"
    #: It failed, and finance has paid it to the payer in another way, from the operator's own bank.
    BY_HAND = "by_hand"


REFUND = Lifecycle(
    {
        (RefundStatus.REQUESTED, "accept"): step(RefundStatus.PENDING, GATEWAY),
        (RefundStatus.REQUESTED, "succeed"): step(RefundStatus.SUCCEEDED, GATEWAY),
        (RefundStatus.PENDING, "succeed"): step(RefundStatus.SUCCEEDED, GATEWAY),
        (RefundStatus.REQUESTED, "fail"): step(RefundStatus.FAILED, GATEWAY),
        (RefundStatus.PENDING, "fail"): step(RefundStatus.FAILED, GATEWAY),
        (RefundStatus.SUCCEEDED, "bounce"): step(RefundStatus.FAILED, GATEWAY),
        (RefundStatus.FAILED, "retry"): step(RefundStatus.REQUESTED, MARKETPLACE),
        (RefundStatus.FAILED, "supersede"): step(RefundStatus.SUPERSEDED, GATEWAY),
        (RefundStatus.FAILED, "pay_by_hand"): step(RefundStatus.BY_HAND, MARKETPLACE),
    }
)


class ChargebackStatus(StrEnum):
    """Where a chargeback stands: what the payer's bank, or we, have said."""

    OPEN = "open"
    #: Our evidence is with the bank.
    UNDER_REVIEW = "under_review"
    WON = "won"
    LOST = "lost"
    #: We gave it up: lost, because we said so.
    ACCEPTED = "accepted"


_C = ChargebackStatus
FINANCE = "finance"

#: What the bank decides stands; only money that comes back later turns a lost one into one that was won.
CHARGEBACK = Lifecycle(
    {
        (_C.OPEN, "submit"): step(_C.UNDER_REVIEW, FINANCE, GATEWAY),
        (_C.OPEN, "accept"): step(_C.ACCEPTED, FINANCE),
        **{(status, "win"): step(_C.WON, GATEWAY) for status in (_C.OPEN, _C.UNDER_REVIEW, _C.LOST, _C.ACCEPTED)},
        **{(status, "lose"): step(_C.LOST, GATEWAY) for status in (_C.OPEN, _C.UNDER_REVIEW)},
    }
)
#: The bank has not decided yet.
CONTESTED = (ChargebackStatus.OPEN, ChargebackStatus.UNDER_REVIEW)
LOST_CHARGEBACKS = (ChargebackStatus.LOST, ChargebackStatus.ACCEPTED)
#: How long before the deadline somebody is reminded.
EVIDENCE_REMINDERS = (timedelta(days=3), timedelta(days=1))


class PayoutStatus(StrEnum):
    """Where a withdrawal stands. Failed and returned are reached when the money is back in the wallet."""

    REQUESTED = "requested"
    TRANSFERRING = "transferring"
    PAYING = "paying"
    PAID = "paid"
    FAILED = "failed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


_P = PayoutStatus
#: Money of these is on its way.
OPEN_PAYOUTS = (_P.REQUESTED, _P.TRANSFERRING, _P.PAYING)

PAYOUT = Lifecycle(
    {
        (_P.REQUESTED, "cancel"): step(_P.CANCELLED, PAYEE),
        (_P.REQUESTED, "send"): step(_P.TRANSFERRING, MARKETPLACE),
        (_P.TRANSFERRING, "transferred"): step(_P.PAYING, GATEWAY),
        (_P.TRANSFERRING, "fail"): step(_P.FAILED, GATEWAY),
        (_P.PAYING, "pay"): step(_P.PAID, GATEWAY),
        (_P.PAYING, "fail"): step(_P.FAILED, GATEWAY),
        (_P.PAID, "return"): step(_P.RETURNED, GATEWAY),
    }
)


class PayoutSchedule(StrEnum):
    """Who starts withdrawals: the payee, or the marketplace whenever there is something to withdraw."""

    MANUAL = "manual"
    WEEKLY = "weekly"
    AUTOMATIC = "automatic"


class PayoutSpeed(StrEnum):
    """How fast a withdrawal goes: in some days for nothing, or in minutes for a fee."""

    STANDARD = "standard"
    INSTANT = "instant"


class OperationKind(StrEnum):
    """What is asked of a gateway."""

    AUTHORIZE = "authorize"
    CONFIRM = "confirm"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"
    TRANSFER = "transfer"
    REVERSE_TRANSFER = "reverse_transfer"
    PAY_OUT = "pay_out"
    ONBOARD = "onboard"
    SUBMIT_EVIDENCE = "submit_evidence"
    ACCEPT_DISPUTE = "accept_dispute"
    SAVE_METHOD = "save_method"
    FORGET_METHOD = "forget_method"


class SavedMethodStatus(StrEnum):
    """Where a card stands that its owner keeps for later."""

    SAVING = "saving"
    #: The owner proves first who they are.
    ACTION_REQUIRED = "action_required"
    SAVED = "saved"
    FAILED = "failed"
    REMOVED = "removed"


BEING_SAVED = frozenset({SavedMethodStatus.SAVING, SavedMethodStatus.ACTION_REQUIRED})
#: So many cards a person may keep.
MOST_SAVED = 10


class OperationStatus(StrEnum):
    """What is known of a request to a gateway."""

    PENDING = "pending"
    IN_FLIGHT = "in_flight"
    #: It was sent and we do not know what became of it. Never a failure.
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    ACTION_REQUIRED = "action_required"
    DECLINED = "declined"
    #: Our bug or configuration: a person must look.
    REJECTED = "rejected"
    #: Given up before it was ever sent.
    CANCELLED = "cancelled"


#: The outcome is still open.
UNSETTLED = frozenset({OperationStatus.PENDING, OperationStatus.IN_FLIGHT, OperationStatus.UNKNOWN})

#: How long one attempt may take before another worker may try (the gateway's own limit is some ten seconds a request).
LEASE = timedelta(seconds=40)
#: The queue's own attempt comes this long after the immediate one, which has then usually settled the matter.
QUEUE_BEHIND = timedelta(seconds=2)
#: A gateway forgets idempotency keys after about a day, so from here on we look before we send again.
LOOK_UP_AFTER = timedelta(hours=20)
#: How long a decline that may pass (no available balance yet) is tried again before it counts.
PATIENCE = timedelta(days=3)
#: From this attempt on an operation without an outcome is reported to the operator.
STUCK_AFTER = 10

_FIRST_DELAY = timedelta(seconds=2)
_LONGEST_DELAY = timedelta(minutes=5)


def retry_delay(attempts: int, asked: timedelta | None = None) -> timedelta:
    """Return how long to wait after that many attempts; never shorter than the gateway asked for."""
    delay = min(_FIRST_DELAY * 2 ** min(attempts - 1, 20), _LONGEST_DELAY)
    return max(delay, asked) if asked else delay


#: What a bank transfer is worth; in minor units, one hundred elsewhere.
MINIMUM_WITHDRAWAL = {"JPY": 100, "KWD": 1000}


def minimum_withdrawal(currency: str) -> int:
    """Return the smallest withdrawal in a currency, in minor units."""
    return MINIMUM_WITHDRAWAL.get(currency, 100)


def whole_steps(amount: Money) -> Money:
    """Round down to what banks can move: the last of three digits (KWD) is always zero there."""
    return amount.whole_steps()


class CircuitState(StrEnum):
    """Whether new payments are made at a gateway."""

    #: They are.
    CLOSED = "closed"
    #: They are not: it has failed to answer too often, or somebody at the marketplace has stopped it.
    OPEN = "open"
    #: One was sent to see whether it answers again.
    HALF_OPEN = "half_open"


#: So many requests in a row without an answer open the circuit; a decline is an answer.
FAILURES_TO_OPEN = 5
#: Failures further apart than this are not in a row.
FAILURE_WINDOW = timedelta(minutes=10)
#: How long one new payment, sent to see whether the gateway answers again, has until the next one may try.
PROBE_TIME = timedelta(minutes=1)
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(minutes=15)


def circuit_pause(openings: int) -> timedelta:
    """Return how long a circuit stays open that has opened so many times without an answer in between."""
    return min(_FIRST_PAUSE * 2 ** min(openings - 1, 10), _LONGEST_PAUSE)
