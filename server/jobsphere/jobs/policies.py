"""Who may see and do what with jobs and proposals; the only way to an object from outside."""

from uuid import UUID

from django.db.models import Q

from jobsphere.jobs import rules
from jobsphere.jobs.errors import OwnJob
from jobsphere.jobs.models import Job, Proposal, SavedSearch
from jobsphere.jobs.types import JobStatus, ProposalStatus, Visibility
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.errors import NotFound
from jobsphere.moderation import policies as moderation
from jobsphere.moderation.types import RestrictedAct
from jobsphere.profiles import policies as profiles

_NO_JOB = "There is no such job, or it is not for you."
_NO_PROPOSAL = "There is no such proposal, or it is not for you."


def visible_jobs(viewer: Actor) -> Q:
    """Return which jobs the viewer may see: public ones that were published, and their own."""
    if viewer.is_admin:
        return Q()
    public = Q(visibility=Visibility.PUBLIC) & ~Q(status=JobStatus.DRAFT)
    return public if viewer.id is None else public | own_jobs(viewer)


def own_jobs(viewer: Actor) -> Q:
    """Return which jobs the viewer is a party of."""
    return Q(customer_id=viewer.id) | Q(contractor_id=viewer.id)


def visible_proposals(viewer: Actor) -> Q:
    """Return which proposals the viewer may see: those they made, and those for their jobs.

    A union, since "or" across two tables has no index: PostgreSQL then reads everybody's proposals (tests/plans).
    """
    if viewer.is_admin:
        return Q()
    made = Proposal.objects.filter(contractor_id=viewer.id).values("pk")
    received = Proposal.objects.filter(job__customer_id=viewer.id).values("pk")
    return Q(pk__in=made.union(received))


def get_job_for(actor: Actor, job_id: UUID) -> Job:
    """Return a job that the actor may see; raises NotFound."""
    return _job(visible_jobs(actor), job_id)


def can_read_job_files(actor: Actor, job_id: UUID) -> bool:
    """Say whether the pictures and papers of a job are for the actor: who sees the job sees them."""
    return Job.objects.filter(visible_jobs(actor), pk=job_id).exists()


def may_change_job_files(actor: Actor, job_id: UUID) -> bool:
    """Say whether the actor may set them: who posted the job, as long as it can be edited."""
    editable = rules.JOB.sources("edit")
    return Job.objects.filter(pk=job_id, customer_id=actor.known_id(), status__in=editable).exists()


def can_read_proposal_files(actor: Actor, proposal_id: UUID) -> bool:
    """Say whether what comes with a proposal is for the actor: its two sides."""
    return actor.id is not None and Proposal.objects.filter(visible_proposals(actor), pk=proposal_id).exists()


def may_change_proposal_files(actor: Actor, proposal_id: UUID) -> bool:
    """Say whether the actor may set them: who proposes, until somebody has answered."""
    editable = rules.PROPOSAL.sources("edit")
    return Proposal.objects.filter(pk=proposal_id, contractor_id=actor.known_id(), status__in=editable).exists()


def get_own_job_for(actor: Actor, job_id: UUID) -> Job:
    """Return a job that the actor posted; raises NotFound for everybody else."""
    return _job(Q(customer_id=actor.known_id()), job_id)


def get_cancellable_job_for(actor: Actor, job_id: UUID) -> Job:
    """Return a job that the actor posted or may moderate; raises NotFound for everybody else."""
    return _job(Q() if actor.is_admin else Q(customer_id=actor.known_id()), job_id)


def get_job_to_propose_on(actor: Actor, job_id: UUID) -> Job:
    """Return an open job that the actor may answer.

    Raises NotFound, OwnJob, Forbidden without the role, ProfileRequired, WrongStatus, AccountRestricted, and
    NotBetweenYou when one of the two has blocked the other.
    """
    job = get_job_for(actor, job_id)
    if job.customer_id == actor.id:
        raise OwnJob("You posted this job, so you cannot propose to do it.")
    profiles.require_contractor_profile(actor)
    rules.JOB.next(JobStatus(job.status), "propose", party=rules.CANDIDATE)
    if job.visibility != Visibility.PUBLIC:
        raise NotFound(_NO_JOB)
    moderation.require_unrestricted(actor, RestrictedAct.PROPOSING)
    moderation.require_not_blocked(actor.known_id(), job.customer_id, doing="propose to do this job")
    return job


def get_proposal_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """Return a proposal that the actor may see; raises NotFound."""
    return _proposal(visible_proposals(actor), proposal_id)


def get_own_proposal_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """Return a proposal that the actor made; raises NotFound for everybody else."""
    return _proposal(Q(contractor_id=actor.known_id()), proposal_id)


def get_received_proposal_for(actor: Actor, proposal_id: UUID) -> Proposal:
    """Return a proposal for a job that the actor posted; raises NotFound for everybody else."""
    return _proposal(Q(job__customer_id=actor.known_id()), proposal_id)


def get_saved_search_for(actor: Actor, search_id: UUID) -> SavedSearch:
    """Return one of the actor's own searches; raises NotFound for anybody else's."""
    found = SavedSearch.objects.filter(pk=search_id, user_id=actor.known_id()).first()
    if found is None:
        raise NotFound("There is no such saved search.")
    return found


def may_write_about_job(sender: Actor, recipient_id: UUID, job_id: UUID) -> bool:
    """Say whether the sender may begin to write: the customer and those who answered or were hired, to each other."""
    pair = {sender.known_id(), recipient_id}
    job = Job.objects.filter(pk=job_id, customer_id__in=pair).first()
    if job is None or len(pair) != 2:
        return False
    (other,) = pair - {job.customer_id}
    return job.contractor_id == other or Proposal.objects.filter(job=job, contractor_id=other).exists()


def party_of_job(viewer: Actor, *, customer_id: UUID, contractor_id: UUID | None) -> str | None:
    """Return what the viewer is to a job, in the words of rules.JOB; None for a visitor."""
    if viewer.id is None:
        return None
    if viewer.id == customer_id:
        return CUSTOMER
    if viewer.id == contractor_id:
        return CONTRACTOR
    if viewer.is_admin:
        return ADMIN
    return rules.CANDIDATE if viewer.is_contractor else None


def allowed_on_job(status: JobStatus, party: str | None, *, answered: bool = False) -> list[str]:
    """Return the actions that the screens offer; who has answered a job cannot do so again."""
    if party is None:
        return []
    return [each for each in rules.JOB.allowed(status, party) if not (answered and each == "propose")]


def allowed_on_proposal(viewer: Actor, proposal: Proposal, *, offered: bool = False) -> list[str]:
    """Return the actions that the viewer may take on a proposal.

    A customer chooses only while the job is open, and makes no second offer while one lives (`offered`).
    """
    status = ProposalStatus(proposal.status)
    if viewer.id == proposal.contractor_id:
        return rules.PROPOSAL.allowed(status, CONTRACTOR)
    if viewer.id != proposal.job.customer_id or proposal.job.status != JobStatus.OPEN:
        return []
    return [each for each in rules.PROPOSAL.allowed(status, CUSTOMER) if not (offered and each == "offer")]


def _job(condition: Q, job_id: UUID) -> Job:
    found = Job.objects.filter(condition, pk=job_id).first()
    if found is None:
        raise NotFound(_NO_JOB)
    return found


def _proposal(condition: Q, proposal_id: UUID) -> Proposal:
    found = Proposal.objects.select_related("job").filter(condition, pk=proposal_id).first()
    if found is None:
        raise NotFound(_NO_PROPOSAL)
    return found
