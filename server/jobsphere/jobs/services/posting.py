"""What a customer does with a job until somebody is hired."""

from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.jobs import policies, rules
from jobsphere.jobs.events import JobCancelled, JobExpired, JobPublished, JobUpdated
from jobsphere.jobs.models import Job
from jobsphere.jobs.selectors.views import details_of
from jobsphere.jobs.services.moving import close_proposals, job_row, raise_wrong_status, take_step
from jobsphere.jobs.services.writing import columns, skill_ids
from jobsphere.jobs.types import JobDetails, JobStatus, RejectionReason, Visibility
from jobsphere.kit import clock
from jobsphere.kit.actor import ADMIN, CUSTOMER, SYSTEM, Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.moderation.policies import require_unrestricted
from jobsphere.moderation.types import RestrictedAct
from jobsphere.outbox import services as outbox
from jobsphere.profiles import policies as profiles


def create_job(*, actor: Actor, details: JobDetails, draft: bool = False) -> UUID:
    """Make a job, published at once unless it is to stay a draft; return its id.

    Raises Forbidden without the customer role, InvalidInput for wrong fields, AccountRestricted unless it is a draft.
    """
    require_transaction()
    profiles.require_customer(actor)
    rules.check_job(details, today=clock.now().date(), complete=not draft)
    skills = skill_ids(details.skills)
    job = Job.objects.create(
        customer_id=actor.known_id(), status=JobStatus.DRAFT, visibility=Visibility.PUBLIC, **columns(details)
    )
    job.skills.set(skills)
    audit.record(actor=actor, verb="job.create", target_type="job", target_id=job.pk)
    if not draft:
        _open(job, "publish", actor=actor)
    return job.pk


def update_job(*, actor: Actor, job_id: UUID, details: JobDetails) -> None:
    """Replace what a draft or an open job says.

    Raises NotFound for a stranger, WrongStatus once somebody is hired, InvalidInput for wrong fields.
    """
    require_transaction()
    job = policies.get_own_job_for(actor, job_id)
    status = rules.JOB.next(JobStatus(job.status), "edit", party=CUSTOMER)
    is_open = status is JobStatus.OPEN
    rules.check_job(details, today=_earliest(job, details), complete=is_open)
    changes = columns(details)
    skills = skill_ids(details.skills)
    if is_open:
        _keep_currency(job, changes)
        changes["expires_at"] = rules.expires_at(published=job.published_at or clock.now(), due_on=details.due_on)
    if not update_where(Job, {"pk": job.pk, "status": job.status}, **changes):
        raise_wrong_status(job.pk, "edit", CUSTOMER)
    job.skills.set(skills)
    audit.record(actor=actor, verb="job.edit", target_type="job", target_id=job.pk)
    if is_open:
        outbox.publish(JobUpdated(job_id=job.pk, customer_id=job.customer_id), actor=actor)


def publish_job(*, actor: Actor, job_id: UUID) -> None:
    """Show a draft to everybody; raises NotFound, WrongStatus, InvalidInput for what is missing."""
    require_transaction()
    job = policies.get_own_job_for(actor, job_id)
    rules.JOB.next(JobStatus(job.status), "publish", party=CUSTOMER)
    rules.check_job(details_of(job), today=clock.now().date(), complete=True)
    _open(job, "publish", actor=actor)


def repost_job(*, actor: Actor, job_id: UUID, details: JobDetails | None = None) -> None:
    """Open an expired job again, with new details if its dates have passed; raises like publish_job."""
    require_transaction()
    job = policies.get_own_job_for(actor, job_id)
    rules.JOB.next(JobStatus(job.status), "repost", party=CUSTOMER)
    wanted = details or details_of(job)
    rules.check_job(wanted, today=clock.now().date(), complete=True)
    changes = columns(wanted) if details else {}
    skills = skill_ids(wanted.skills)
    if details:
        _keep_currency(job, changes)
    _open(job, "repost", actor=actor, **changes)
    job.skills.set(skills)


def cancel_job(*, actor: Actor, job_id: UUID, reason: str = "") -> None:
    """Take an open job back: its customer, or an admin who moderates.

    Live proposals are rejected. Raises NotFound for a stranger, WrongStatus once somebody is hired.
    """
    require_transaction()
    job = policies.get_cancellable_job_for(actor, job_id)
    party = CUSTOMER if job.customer_id == actor.id else ADMIN
    cancel(job, reason, actor=actor, party=party)


def delete_draft(*, actor: Actor, job_id: UUID) -> None:
    """Throw a draft away; raises NotFound for a stranger, WrongStatus for what was published."""
    require_transaction()
    job = policies.get_own_job_for(actor, job_id)
    rules.JOB.next(JobStatus(job.status), "delete", party=CUSTOMER)
    Job.skills.through.objects.filter(job_id=job.pk).delete()
    if Job.objects.filter(pk=job.pk, status=JobStatus.DRAFT).delete()[0] == 0:
        raise_wrong_status(job.pk, "delete", CUSTOMER)
    audit.record(actor=actor, verb="job.delete", target_type="job", target_id=job.pk)


def expire_job(*, job_id: UUID) -> bool:
    """Close an open job whose time has passed; say whether this call did it."""
    require_transaction()
    job = job_row(job_id)
    due = job.status == JobStatus.OPEN and job.expires_at is not None and job.expires_at <= clock.now()
    if not due:
        return False
    take_step(job, "expire", actor=SYSTEM, party=rules.SYSTEM)
    outbox.publish(JobExpired(job_id=job.pk, customer_id=job.customer_id), actor=SYSTEM)
    return True


def cancel(job: Job, reason: str, *, actor: Actor, party: str) -> None:
    """Cancel a job in the name of a party, reject its live proposals, and tell everybody."""
    take_step(job, "cancel", actor=actor, party=party, detail={"reason": reason}, cancel_reason=reason)
    close_proposals(job, RejectionReason.JOB_CANCELLED, actor=actor)
    event = JobCancelled(job_id=job.pk, customer_id=job.customer_id, contractor_id=job.contractor_id, reason=reason)
    outbox.publish(event, actor=actor)


def _open(job: Job, action: str, *, actor: Actor, **changes: Any) -> None:
    require_unrestricted(actor, RestrictedAct.POSTING)
    now = clock.now()
    due_on = changes.get("due_on", job.due_on)
    changes |= {
        "feed_key": uuid7(),
        "published_at": now,
        "expires_at": rules.expires_at(published=now, due_on=due_on),
    }
    take_step(job, action, actor=actor, party=CUSTOMER, **changes)
    event = JobPublished(job_id=job.pk, customer_id=job.customer_id, title=job.title)
    outbox.publish(event, actor=actor)


def _earliest(job: Job, details: JobDetails) -> Any:
    """Return the first day that the dates may name: a date that stays as it was is not wrong for having passed."""
    today = clock.now().date()
    same = details.starts_on == job.starts_on and details.due_on == job.due_on
    return min([today, *(day for day in (job.starts_on, job.due_on) if day)]) if same else today


def _keep_currency(job: Job, changes: dict[str, Any]) -> None:
    """Refuse another currency once contractors may have answered in the first one."""
    if changes["currency"] != job.currency and job.proposal_count:
        detail = f"Proposals were made in {job.currency}; keep it, or post another job."
        raise InvalidInput.at("/budget/min/currency", "currency", detail)
