"""What other apps may know of payments, refunds, payouts and payees."""

from jobsphere.payments.gateways.base import PaymentMethodKind
from jobsphere.payments.rules import (
    ChargebackStatus,
    CircuitState,
    OperationKind,
    OperationStatus,
    PaymentDetail,
    PaymentStatus,
    PayoutSchedule,
    PayoutSpeed,
    PayoutStatus,
    RefundStatus,
)
from jobsphere.payments.types.chargebacks import (
    ChargebackView,
    EvidenceView,
)
from jobsphere.payments.types.gateways import (
    Checkout,
    GatewayView,
    MethodView,
    OperationView,
)
from jobsphere.payments.types.payees import (
    Covered,
    InstantOffer,
    LotView,
    PayeeView,
    PayoutPlan,
    PayoutView,
    WithdrawalQuote,
)
from jobsphere.payments.types.payments import (
    Described,
    FailureCounts,
    MoneyFilter,
    PaymentFailure,
    PaymentOutcomes,
    PaymentView,
    RefundRequest,
    RefundView,
    ReleaseRequest,
    RequiredAction,
)
from jobsphere.payments.types.wallets import (
    WalletBalance,
    WalletLine,
    WalletView,
)

__all__ = [
    "ChargebackStatus",
    "ChargebackView",
    "Checkout",
    "CircuitState",
    "Covered",
    "Described",
    "EvidenceView",
    "FailureCounts",
    "GatewayView",
    "InstantOffer",
    "LotView",
    "MethodView",
    "MoneyFilter",
    "OperationKind",
    "OperationStatus",
    "OperationView",
    "PayeeView",
    "PaymentDetail",
    "PaymentFailure",
    "PaymentMethodKind",
    "PaymentOutcomes",
    "PaymentStatus",
    "PaymentView",
    "PayoutPlan",
    "PayoutSchedule",
    "PayoutSpeed",
    "PayoutStatus",
    "PayoutView",
    "RefundRequest",
    "RefundStatus",
    "RefundView",
    "ReleaseRequest",
    "RequiredAction",
    "WalletBalance",
    "WalletLine",
    "WalletView",
    "WithdrawalQuote",
]
