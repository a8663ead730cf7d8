"""What can stand in the way of a series."""

from jobsphere.kit.errors import Conflict


class NotRepeatable(Conflict):
    """This offer cannot be repeated: it must be your own, live or accepted, and paid at once."""

    code = "not-repeatable"
    title = "This cannot be repeated"


class AlreadyRepeats(Conflict):
    """There is a series of this already: change that one, or end it first."""

    code = "already-repeats"
    title = "This repeats already"


class NoSavedCard(Conflict):
    """A series is paid while you are away, so keep a card first."""

    code = "no-saved-card"
    title = "Keep a card first"


class PriceNotNow(Conflict):
    """There is no proposed price, or it was answered already: look at the series again."""

    code = "price-not-now"
    title = "There is no price to answer"


class DateNotAhead(Conflict):
    """This date is over, made already, or not one of the series: look at the next dates."""

    code = "date-not-ahead"
    title = "This is not one of the next dates"
