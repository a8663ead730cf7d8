"""What can stand in the way of a tax rate."""

from jobsphere.kit.errors import Conflict


class RateAlreadyEnded(Conflict):
    """This rate was ended before; add a new one for the days after it."""

    code = "tax-rate-ended"
    title = "The tax rate has ended already"
