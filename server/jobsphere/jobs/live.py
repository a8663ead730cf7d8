"""What the people of a job, and whoever looks at its page, are told at once (realtime.hints)."""

from uuid import UUID

from jobsphere.jobs.events import (
    JobAssigned,
    JobCancelled,
    JobExpired,
    JobMoved,
    JobPublished,
    JobUpdated,
    ProposalAccepted,
    ProposalRejected,
    ProposalShortlisted,
    ProposalSubmitted,
    ProposalWithdrawn,
)
from jobsphere.jobs.policies import get_job_for
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.realtime import hints
from jobsphere.realtime.hints import Hint

_BOTH = ("customer_id", "contractor_id")
_OF_CUSTOMER = [Hint("job", "job_id", ("customer_id",), topic="job")]
_OF_JOB = [Hint("job", "job_id", _BOTH, topic="job")]
_OF_PROPOSAL = [Hint("proposal", "proposal_id", _BOTH)]

HINTS: hints.Table = {
    JobPublished: _OF_CUSTOMER,
    JobUpdated: _OF_CUSTOMER,
    JobExpired: _OF_CUSTOMER,
    JobCancelled: _OF_JOB,
    JobAssigned: _OF_JOB,
    JobMoved: _OF_JOB,
    ProposalSubmitted: _OF_PROPOSAL,
    ProposalWithdrawn: _OF_PROPOSAL,
    ProposalShortlisted: _OF_PROPOSAL,
    ProposalRejected: _OF_PROPOSAL,
    ProposalAccepted: _OF_PROPOSAL,
}

announce = hints.announcer(HINTS, name="jobs.live")


def may_watch_job(actor: Actor, name: str) -> bool:
    """Say whether somebody may hear that the job with this id changes: whoever may read its page."""
    try:
        get_job_for(actor, UUID(name))
    except (NotFound, ValueError):
        return False
    return True
