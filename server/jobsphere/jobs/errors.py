"""What can go wrong with jobs and proposals."""

from jobsphere.kit.errors import Conflict, Forbidden


class OwnJob(Forbidden):
    """A customer cannot propose to do their own job."""

    code = "own-job"
    title = "This is your own job"


class ProposalExists(Conflict):
    """One live proposal per contractor and job: change it or withdraw it first."""

    code = "proposal-exists"
    title = "You have already answered this job"
