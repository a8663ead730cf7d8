"""Restrictions: made by a decision, ended by the clock, by staff, or by an appeal."""

from datetime import timedelta
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.composed import get
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import NotFound, WrongStatus
from jobsphere.moderation import policies
from jobsphere.moderation.events import RestrictionEnded
from jobsphere.moderation.models import Decision, Restriction
from jobsphere.moderation.rules import RESTRICTION
from jobsphere.moderation.selectors.restrictions import suspension_of
from jobsphere.moderation.types import Measure, RestrictedAct, RestrictionStatus, Verdict
from jobsphere.outbox.services import publish
from jobsphere.users.selectors import find_person
from jobsphere.users.services import deactivate_person, reactivate_person


def restrict(decision: Decision, verdict: Verdict) -> None:
    """Put what a decision says about a person into force; a suspension closes the account at once."""
    suspends = verdict.measure is Measure.SUSPEND
    acts = set(RestrictedAct) if suspends else verdict.acts
    open_ = find_person(user_id=decision.person_id) is not None
    Restriction.objects.create(
        decision=decision,
        person_id=decision.person_id,
        suspends=suspends,
        was_closed=suspends and not open_,
        until=decision.created_at + timedelta(days=verdict.days) if verdict.days else None,
        **{str(act): act in acts for act in RestrictedAct},
    )
    if suspends and open_:
        # Who decided it is in the trail of the decision; closing the account needs a right that they may not hold.
        deactivate_person(actor=SYSTEM, user_id=decision.person_id, reason=f"Suspended by decision {decision.id}")


def lift_restriction(*, actor: Actor, restriction_id: UUID, reason: str) -> UUID:
    """End a restriction early; returns its case. Raises Forbidden, NotFound, WrongStatus when it has ended."""
    require_transaction()
    policies.require_moderator(actor)
    row = Restriction.objects.filter(pk=restriction_id).select_related("decision__case").first()
    if row is None:
        raise NotFound("There is no such restriction.")
    policies.require_impartial(actor, row.decision.case)
    end(row, "lift", actor=actor, reason=reason)
    return row.decision.case_id


def expire_restriction(restriction_id: UUID) -> bool:
    """End a restriction whose time is over; say whether this call did it."""
    require_transaction()
    row = get(Restriction, pk=restriction_id)
    if row.status != RestrictionStatus.ACTIVE or row.until is None or row.until > clock.now():
        return False
    end(row, "expire", actor=SYSTEM, reason="Its time is over.")
    return True


def end(row: Restriction, action: str, *, actor: Actor, reason: str) -> None:
    """End a restriction and open the account again, unless another suspension or its owner keeps it closed."""
    status = RESTRICTION.next(RestrictionStatus(row.status), action)
    if not move(Restriction, row.id, from_status=row.status, to_status=status, ended_at=clock.now()):
        raise WrongStatus(action, get(Restriction, pk=row.pk).status)
    if row.suspends and not row.was_closed:
        _open_account(row, reason)
    detail = {"reason": reason, "decision_id": row.decision_id}
    record(actor=actor, verb=f"restriction.{action}", target_type="restriction", target_id=row.id, detail=detail)
    publish(RestrictionEnded(restriction_id=row.id, person_id=row.person_id, how=status.value), actor=actor)


def _open_account(row: Restriction, reason: str) -> None:
    other = suspension_of(row.person_id)
    if other is None and find_person(user_id=row.person_id) is None:
        reactivate_person(actor=SYSTEM, user_id=row.person_id, reason=reason)
    elif other and other.was_closed:
        # The account was closed by the suspension that ends now, not by its owner.
        Restriction.objects.filter(pk=other.pk).update(was_closed=False)
