"""What staff take away because it broke a rule of the house, and put back when an appeal is right.

Each verb returns, or gets back, what was taken away; who keeps it is moderation's business.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.types import Visibility
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor, require_right
from jobsphere.users.types import Right

REMOVED = "[Removed: this broke a rule of the house]"


def remove_job(*, actor: Actor, job_id: UUID) -> Mapping[str, Any] | None:
    """Take a job out of sight of everybody but its parties; None when it was not in sight.

    What was agreed on it goes on. Raises Forbidden without the right "moderation".
    """
    if not _show(actor, job_id, "job.remove", Visibility.PUBLIC, Visibility.HIDDEN):
        return None
    return {"visibility": Visibility.PUBLIC.value}


def put_job_back(*, actor: Actor, job_id: UUID, removed: Mapping[str, Any]) -> None:
    """Show a job again that staff had taken out of sight; raises Forbidden without the right "moderation"."""
    _show(actor, job_id, "job.put_back", Visibility.HIDDEN, Visibility(removed.get("visibility", Visibility.PUBLIC)))


def remove_proposal_text(*, actor: Actor, proposal_id: UUID) -> Mapping[str, Any] | None:
    """Take the words of a proposal away, not its price; None when there is nothing to take. Raises Forbidden."""
    _require(actor)
    row = Proposal.objects.filter(pk=proposal_id).exclude(message=REMOVED).first()
    if row is None or not _say(row.pk, {"message": row.message}, REMOVED):
        return None
    audit.record(actor=actor, verb="proposal.remove_text", target_type="proposal", target_id=row.pk)
    return {"message": row.message}


def put_proposal_text_back(*, actor: Actor, proposal_id: UUID, removed: Mapping[str, Any]) -> None:
    """Put the words of a proposal back, unless its author has written others. Raises Forbidden."""
    _require(actor)
    if "message" in removed and _say(proposal_id, {"message": REMOVED}, str(removed["message"])):
        audit.record(actor=actor, verb="proposal.put_text_back", target_type="proposal", target_id=proposal_id)


def _show(actor: Actor, job_id: UUID, verb: str, before: Visibility, after: Visibility) -> bool:
    _require(actor)
    moved = update_where(Job, {"pk": job_id, "visibility": before}, visibility=after, updated_at=clock.now())
    if moved:
        audit.record(actor=actor, verb=verb, target_type="job", target_id=job_id)
    return moved


def _say(proposal_id: UUID, before: Mapping[str, str], after: str) -> bool:
    return update_where(Proposal, {"pk": proposal_id, **before}, message=after, updated_at=clock.now())


def _require(actor: Actor) -> None:
    require_transaction()
    require_right(actor, Right.MODERATION)
