"""What the two are told at once (realtime.hints); what the other one wrote in secret is told to nobody."""

from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint
from jobsphere.reviews.events import ReviewPublished, ReviewReplied, RoundOpened

_TWO = [Hint("review", "contract_id", ("author_id", "subject_id"))]

HINTS: hints.Table = {
    RoundOpened: [Hint("review", "contract_id", ("customer_id", "contractor_id"))],
    ReviewPublished: _TWO,
    ReviewReplied: _TWO,
}

announce = hints.announcer(HINTS, name="reviews.live")
