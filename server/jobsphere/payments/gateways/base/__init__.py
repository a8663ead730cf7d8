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

from jobsphere.payments.gateways.base.outcomes import (
    ActionRequired,
    Declined,
    Found,
    Ok,
    Outcome,
    Rejected,
    Unknown,
)
from jobsphere.payments.gateways.base.port import (
    Capabilities,
    Gateway,
    WebhookRejectedError,
)
from jobsphere.payments.gateways.base.snapshots import (
    AmountLimits,
    BalanceMovement,
    Bank,
    BankAccount,
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
from jobsphere.payments.gateways.base.words import (
    CheckoutKind,
    DeclineCode,
    DisputeState,
    MovementKind,
    ObjectKind,
    PayeeForm,
    PaymentMethodKind,
    PaymentState,
    PayoutState,
    RefundState,
    RejectedCode,
    SavingState,
)

__all__ = [
    "ActionRequired",
    "AmountLimits",
    "BalanceMovement",
    "Bank",
    "BankAccount",
    "Capabilities",
    "CheckoutForm",
    "CheckoutKind",
    "DeclineCode",
    "Declined",
    "DisputeEvidence",
    "DisputeSnapshot",
    "DisputeState",
    "Found",
    "Gateway",
    "MovementKind",
    "ObjectKind",
    "Ok",
    "Outcome",
    "ParsedEvent",
    "PayeeBank",
    "PayeeForm",
    "PayeeOnboarding",
    "PayeeStatus",
    "PaymentMethodKind",
    "PaymentSnapshot",
    "PaymentState",
    "PayoutSnapshot",
    "PayoutState",
    "RefundSnapshot",
    "RefundState",
    "Rejected",
    "RejectedCode",
    "SavedMethodSnapshot",
    "SavingState",
    "TransferReversalSnapshot",
    "TransferSnapshot",
    "Unknown",
    "WebhookRejectedError",
]
