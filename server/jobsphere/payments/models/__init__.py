"""Tables of money in, money back and money out. Amounts are integer minor units of the row's one currency."""

from jobsphere.payments.models.chargebacks import (
    Chargeback,
)
from jobsphere.payments.models.gateways import (
    GatewayEvent,
    GatewayHealth,
    GatewayMovement,
    GatewayOperation,
)
from jobsphere.payments.models.payees import (
    EarningLot,
    Payee,
    PayeeAccount,
    Payout,
    PayoutCoverage,
)
from jobsphere.payments.models.payments import (
    Payment,
    Refund,
)
from jobsphere.payments.models.saved import SavedMethod

__all__ = [
    "Chargeback",
    "EarningLot",
    "GatewayEvent",
    "GatewayHealth",
    "GatewayMovement",
    "GatewayOperation",
    "Payee",
    "PayeeAccount",
    "Payment",
    "Payout",
    "PayoutCoverage",
    "Refund",
    "SavedMethod",
]
