"""What the two of a series are told at once (realtime.hints)."""

from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint
from jobsphere.repeats.events import (
    OccurrenceFailed,
    OccurrenceMade,
    OccurrenceNeedsCustomer,
    OccurrenceSkipped,
    PriceAgreed,
    PriceProposed,
    PriceWithdrawn,
    RepeatAccepted,
    RepeatDeclined,
    RepeatEnded,
    RepeatPaused,
    RepeatProposed,
    RepeatResumed,
)

_BOTH = [Hint("repeat", "repeat_id", ("customer_id", "contractor_id"))]
#: That a card was refused is between the customer and their bank.
_CUSTOMER = [Hint("repeat", "repeat_id", ("customer_id",))]

HINTS: hints.Table = {
    **dict.fromkeys(
        (
            *(RepeatProposed, RepeatAccepted, RepeatDeclined, RepeatPaused, RepeatResumed, RepeatEnded),
            *(PriceProposed, PriceAgreed, PriceWithdrawn, OccurrenceMade, OccurrenceSkipped),
        ),
        _BOTH,
    ),
    OccurrenceFailed: _CUSTOMER,
    OccurrenceNeedsCustomer: _CUSTOMER,
}

announce = hints.announcer(HINTS, name="repeats.live")
