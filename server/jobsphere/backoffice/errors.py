"""What the back office refuses."""

from jobsphere.kit.errors import Conflict


class NothingToRehearse(Conflict):
    """The exercise needs something that is not there yet, such as a captured payment; the detail says how to get it."""

    code = "nothing-to-rehearse"
    title = "There is nothing to rehearse this on"
