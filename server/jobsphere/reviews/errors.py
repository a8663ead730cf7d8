"""What can stand in the way of a review."""

from jobsphere.kit.errors import Conflict


class ReviewsClosed(Conflict):
    """Reviews of a contract are written until both are there, or until the time is over; then they stand."""

    code = "reviews-closed"
    title = "The time to review this is over"


class AlreadyReviewed(Conflict):
    """You have reviewed this contract: change that review while nobody has read it."""

    code = "already-reviewed"
    title = "You have reviewed this"


class AlreadyReplied(Conflict):
    """A review is answered once, and the answer stands."""

    code = "already-replied"
    title = "You have answered this review"
