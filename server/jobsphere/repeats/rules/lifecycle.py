"""Which step follows which on a series and on one date of it, and who may take it (ADR 0034). Pure."""

from datetime import timedelta
from enum import StrEnum

from jobsphere.kit.lifecycle import Lifecycle, step

CUSTOMER, CONTRACTOR, SYSTEM = "customer", "contractor", "system"
#: So long before it starts an occurrence is made and paid.
MAKE_BEFORE = timedelta(days=3)
#: A refused card is asked again after so long, so many times in all.
TRY_AGAIN_AFTER = timedelta(days=1)
MOST_TRIES = 3
#: What is not paid so long before it starts does not take place.
GIVE_UP_BEFORE = timedelta(hours=6)
#: So many in a row that nobody paid for: the series pauses by itself.
MOST_MISSES = 2
#: A new price holds no earlier than so long after it is proposed.
PRICE_NOTICE = timedelta(days=14)
#: So many dates are shown ahead, and can be skipped.
SHOWN_AHEAD = 6


class RepeatStatus(StrEnum):
    """Where a series stands."""

    #: The contractor has not agreed yet.
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    DECLINED = "declined"
    ENDED = "ended"


class OccurrenceStatus(StrEnum):
    """Where one date of a series stands. A date that is to come has no row yet."""

    #: Its offer is there, and nobody knows yet whether it is paid.
    CHARGING = "charging"
    #: The card was refused; it is asked again.
    FAILED = "failed"
    #: It waits for the customer: their bank wants to see them, or there is no card.
    NEEDS_CUSTOMER = "needs_customer"
    #: There is a contract, and its money is protected.
    MADE = "made"
    #: It does not take place.
    SKIPPED = "skipped"


_R, _O = RepeatStatus, OccurrenceStatus
_BOTH = (CUSTOMER, CONTRACTOR)

REPEAT = Lifecycle(
    {
        (_R.PROPOSED, "accept"): step(_R.ACTIVE, CONTRACTOR),
        (_R.PROPOSED, "decline"): step(_R.DECLINED, CONTRACTOR),
        (_R.PROPOSED, "end"): step(_R.ENDED, CUSTOMER, SYSTEM),
        (_R.ACTIVE, "skip"): step(_R.ACTIVE, *_BOTH),
        (_R.ACTIVE, "pause"): step(_R.PAUSED, *_BOTH, SYSTEM),
        (_R.PAUSED, "resume"): step(_R.ACTIVE, *_BOTH),
        **{
            (status, action): step(status, party)
            for status in (_R.ACTIVE, _R.PAUSED)
            for action, party in (
                ("propose_price", CONTRACTOR),
                ("withdraw_price", CONTRACTOR),
                ("agree_price", CUSTOMER),
                ("change_card", CUSTOMER),
            )
        },
        (_R.ACTIVE, "decline_price"): step(_R.ENDED, CUSTOMER),
        (_R.PAUSED, "decline_price"): step(_R.ENDED, CUSTOMER),
        (_R.ACTIVE, "end"): step(_R.ENDED, *_BOTH, SYSTEM),
        (_R.PAUSED, "end"): step(_R.ENDED, *_BOTH, SYSTEM),
    }
)

OCCURRENCE = Lifecycle(
    {
        (_O.CHARGING, "fund"): step(_O.MADE, SYSTEM),
        (_O.CHARGING, "fail"): step(_O.FAILED, SYSTEM),
        (_O.CHARGING, "ask"): step(_O.NEEDS_CUSTOMER, SYSTEM),
        **{
            (status, action): step(to, *by)
            for status in (_O.FAILED, _O.NEEDS_CUSTOMER)
            for action, to, by in (
                ("try", _O.CHARGING, (SYSTEM,)),
                ("pay", _O.CHARGING, (CUSTOMER,)),
                ("ask", _O.NEEDS_CUSTOMER, (SYSTEM,)),
                ("skip", _O.SKIPPED, (*_BOTH, SYSTEM)),
            )
        },
    }
)
#: Still to be paid.
UNPAID = (OccurrenceStatus.CHARGING, OccurrenceStatus.FAILED, OccurrenceStatus.NEEDS_CUSTOMER)
#: A series that goes on, or may.
LIVE = (RepeatStatus.PROPOSED, RepeatStatus.ACTIVE, RepeatStatus.PAUSED)
