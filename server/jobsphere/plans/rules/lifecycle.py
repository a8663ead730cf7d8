"""Which step follows which, who takes it, and every period of time of a plan (ADR 0035). Pure."""

from datetime import timedelta
from enum import StrEnum

from jobsphere.kit.lifecycle import Lifecycle, step

OWNER, SYSTEM = "owner", "system"

#: A renewal is asked for so long before the paid period ends: time for three tries without a gap.
RENEW_BEFORE = timedelta(days=3)
TRY_AGAIN_AFTER = timedelta(days=1)
MOST_TRIES = 3
#: How long a first payment, or a dearer plan, waits for its owner and their bank.
PAY_WITHIN = timedelta(hours=1)
#: How long before it holds another price is told.
PRICE_NOTICE = timedelta(days=14)
#: How long a lower tier is told before it holds.
TIER_NOTICE = timedelta(days=30)
#: What volume and contracts are counted over.
LOOKED_BACK = timedelta(days=365)


class Audience(StrEnum):
    """Whom a plan or a tier is for: whose offers bear the lower fees."""

    CUSTOMER = "customer"
    CONTRACTOR = "contractor"


class SubscriptionStatus(StrEnum):
    """Where a subscription stands."""

    #: Its first payment is under way.
    STARTING = "starting"
    ACTIVE = "active"
    #: A renewal was refused; the paid period still holds.
    PAST_DUE = "past_due"
    #: It was not paid any more.
    LAPSED = "lapsed"
    ENDED = "ended"


_S = SubscriptionStatus
LIVE = [_S.STARTING, _S.ACTIVE, _S.PAST_DUE]

SUBSCRIPTION = Lifecycle(
    {
        (_S.STARTING, "start"): step(_S.ACTIVE, SYSTEM),
        (_S.ACTIVE, "fail"): step(_S.PAST_DUE, SYSTEM),
        (_S.PAST_DUE, "fail"): step(_S.PAST_DUE, SYSTEM),
        (_S.ACTIVE, "renew"): step(_S.ACTIVE, SYSTEM),
        (_S.PAST_DUE, "renew"): step(_S.ACTIVE, SYSTEM),
        (_S.PAST_DUE, "lapse"): step(_S.LAPSED, SYSTEM),
        (_S.ACTIVE, "lapse"): step(_S.LAPSED, SYSTEM),
        **{(status, "end"): step(_S.ENDED, SYSTEM) for status in LIVE},
        (_S.STARTING, "cancel"): step(_S.ENDED, OWNER),
        (_S.ACTIVE, "cancel"): step(_S.ACTIVE, OWNER),
        (_S.PAST_DUE, "cancel"): step(_S.ACTIVE, OWNER),
        (_S.ACTIVE, "resume"): step(_S.ACTIVE, OWNER),
        (_S.ACTIVE, "change"): step(_S.ACTIVE, OWNER),
        **{(status, "card"): step(status, OWNER) for status in (_S.ACTIVE, _S.PAST_DUE)},
        **{(status, "pay"): step(status, OWNER) for status in LIVE},
    }
)


class PeriodStatus(StrEnum):
    """Where the payment of one period stands."""

    CHARGING = "charging"
    #: Refused; asked again at `next_try_at`.
    FAILED = "failed"
    #: Only its owner can pay it now.
    NEEDS_OWNER = "needs_owner"
    PAID = "paid"
    #: A trial.
    FREE = "free"
    #: Given up before it was paid.
    VOID = "void"


class PeriodKind(StrEnum):
    """Why there is a period."""

    TRIAL = "trial"
    FIRST = "first"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"


_P = PeriodStatus
#: Not paid and not given up.
OPEN = [_P.CHARGING, _P.FAILED, _P.NEEDS_OWNER]
#: What its tier comes with.
HOLDING = [_P.PAID, _P.FREE]

PERIOD = Lifecycle(
    {
        **{(status, "charge"): step(_P.CHARGING, OWNER, SYSTEM) for status in OPEN},
        (_P.CHARGING, "refuse"): step(_P.FAILED, SYSTEM),
        (_P.CHARGING, "need_owner"): step(_P.NEEDS_OWNER, SYSTEM),
        (_P.FAILED, "need_owner"): step(_P.NEEDS_OWNER, SYSTEM),
        (_P.CHARGING, "pay"): step(_P.PAID, SYSTEM),
        **{(status, "give_up"): step(_P.VOID, SYSTEM, OWNER) for status in OPEN},
    }
)
