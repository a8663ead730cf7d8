"""What reporting refuses."""

from jobsphere.kit.errors import Conflict


class OperatorUnknown(Conflict):
    """A file names who sends it: set the operator's name, address, country and tax number (the brand) first."""

    code = "operator-unknown"
    title = "The operator's details are missing"


class NothingToReport(Conflict):
    """Nobody is to be reported, or everything was reported already and has not changed."""

    code = "nothing-to-report"
    title = "There is nothing to report"
