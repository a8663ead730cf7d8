"""Where people stand: up at once, down with a month's notice (ADR 0035)."""

from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.guarded import take_turn
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox.services import publish
from jobsphere.plans.events import TierEvent, TierLeaving, TierLeft, TierReached
from jobsphere.plans.facts import facts_of
from jobsphere.plans.models import LoyaltyTier, Standing
from jobsphere.plans.rules.lifecycle import TIER_NOTICE, Audience
from jobsphere.plans.rules.tiers import Threshold, earned
from jobsphere.plans.thresholds import thresholds


def judge(*, person_id: UUID, audience: str) -> bool:
    """Look at what a person has done, and let them stand where that leads; False when nothing changes."""
    require_transaction()
    found = earned(thresholds(audience), facts_of(person_id, audience))
    row = _row(person_id, audience, exists_only=found is None)
    if row is None:
        return False
    take_turn(Standing, pk=row.pk)
    row = get(Standing, "tier", pk=row.pk)
    present = row.tier
    if found is not None and (present is None or found.rank > present.rank):
        return _move(row, found)
    if present is None or (found is not None and found.rank == present.rank):
        return _stay(row)
    return _lower(row, present, found)


def judge_person(person_id: UUID) -> bool:
    """Look at a person as contractor and as customer; False when nothing changes."""
    found = [judge(person_id=person_id, audience=audience) for audience in Audience]
    return any(found)


def _move(row: Standing, to: Threshold) -> bool:
    now = clock.now()
    Standing.objects.filter(pk=row.pk).update(tier_id=to.id, since=now, leaves_at=None, judged_at=now)
    _tell(row, "reach", TierReached, tier=to.name)
    return True


def _stay(row: Standing) -> bool:
    """Whoever is back up in time has lost nothing."""
    Standing.objects.filter(pk=row.pk).update(leaves_at=None, judged_at=clock.now())
    return row.leaves_at is not None


def _lower(row: Standing, present: LoyaltyTier, found: Threshold | None) -> bool:
    now = clock.now()
    if row.leaves_at is None:
        leaves_at = now + TIER_NOTICE
        Standing.objects.filter(pk=row.pk).update(leaves_at=leaves_at, judged_at=now)
        _tell(row, "warn", TierLeaving, tier=present.name, leaves_at=leaves_at)
        return True
    if row.leaves_at > now:
        Standing.objects.filter(pk=row.pk).update(judged_at=now)
        return False
    left = {"tier_id": found.id if found else None, "since": now, "leaves_at": None, "judged_at": now}
    Standing.objects.filter(pk=row.pk).update(**left)
    _tell(row, "leave", TierLeft, tier=present.name, next_tier=found.name if found else "")
    return True


def _row(person_id: UUID, audience: str, *, exists_only: bool) -> Standing | None:
    known = Standing.objects.filter(owner_id=person_id, audience=audience)
    row = known.first()
    if row is not None or exists_only:
        return row
    now = clock.now()
    try:
        with savepoint():
            return Standing.objects.create(owner_id=person_id, audience=audience, since=now, judged_at=now)
    except IntegrityError:
        return known.get()


def _tell(row: Standing, verb: str, event: type[TierEvent], *, tier: str, **fields: object) -> None:
    facts = {"standing_id": row.pk, "owner_id": row.owner_id, "audience": row.audience, "tier": tier, **fields}
    detail = {"tier": tier, "audience": row.audience, **fields}
    audit.record(actor=SYSTEM, verb=f"loyalty.{verb}", target_type="user", target_id=row.owner_id, detail=detail)
    publish(event(**facts), actor=SYSTEM)  # type: ignore[arg-type]
