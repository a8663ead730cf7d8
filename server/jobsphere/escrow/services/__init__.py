"""The verbs of escrow. All run inside the edge's transaction, and none calls a gateway itself."""

from jobsphere.escrow.services.fees import example_of_fees, set_fee_policy, use_preset
from jobsphere.escrow.services.freezing import freeze_hold, unfreeze_hold
from jobsphere.escrow.services.funding import fund_holds
from jobsphere.escrow.services.losing import charge_back, restore
from jobsphere.escrow.services.parting import set_aside
from jobsphere.escrow.services.settling import refund_hold, release_hold, take_back_released

__all__ = [
    "charge_back",
    "example_of_fees",
    "freeze_hold",
    "fund_holds",
    "refund_hold",
    "release_hold",
    "restore",
    "set_aside",
    "set_fee_policy",
    "take_back_released",
    "unfreeze_hold",
    "use_preset",
]
