"""What the clock does: offers expire, silence releases money, reminders come before."""

from uuid import UUID

from jobsphere.contracts.events import OfferExpired, ReleaseReminder
from jobsphere.contracts.models import Contract, Milestone, Offer
from jobsphere.contracts.rules.lifecycles import OPEN_OFFERS, SYSTEM, ContractStatus, MilestoneStatus, OfferStatus
from jobsphere.contracts.rules.terms import reminders_due
from jobsphere.contracts.services.closing import close_offer
from jobsphere.contracts.services.completion import release
from jobsphere.contracts.services.turns import contract_facts, settle, take_turn
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.errors import Conflict
from jobsphere.outbox import services as outbox


def expire_offer(*, offer_id: UUID) -> bool:
    """Expire an offer whose time has passed, and void its authorisation; False when it was answered meanwhile."""
    require_transaction()
    offer = get(Offer, "job", pk=offer_id)
    if OfferStatus(offer.status) not in OPEN_OFFERS or offer.expires_at > clock.now():
        return False
    try:
        with savepoint():
            close_offer(offer, "expire", OfferExpired, actor=actors.SYSTEM, party=SYSTEM)
    except Conflict:
        return False
    return True


def release_unanswered(*, milestone_id: UUID) -> bool:
    """Release a milestone whose time for an answer has passed (C5); False when it was answered or is held."""
    require_transaction()
    seen = get(Milestone, "contract", pk=milestone_id)
    if not _is_due(seen):
        return False
    assert seen.contract_id is not None, "a submitted milestone has a contract"
    contract, _ = take_turn(actors.SYSTEM, seen.contract_id, "release")
    milestone = get(Milestone, "contract", pk=milestone_id)
    if not _is_due(milestone):
        return False
    release(milestone, contract, action="release", actor=actors.SYSTEM, party=SYSTEM, reason="no answer in time")
    settle(contract, actor=actors.SYSTEM)
    return True


def remind_of_release(*, milestone_id: UUID) -> bool:
    """Tell the parties that silence will release the money, at half time and a day before; False when told already."""
    require_transaction()
    milestone = get(Milestone, "contract", pk=milestone_id)
    contract = milestone.contract
    if contract is None or milestone.submitted_at is None or milestone.auto_release_at is None or contract.is_frozen:
        return False
    due = reminders_due(milestone.submitted_at, milestone.auto_release_at, now=clock.now())
    waiting = {"pk": milestone.pk, "status": MilestoneStatus.SUBMITTED, "reminders_sent__lt": due}
    if not update_where(Milestone, waiting, reminders_sent=due):
        return False
    event = ReleaseReminder(
        **contract_facts(contract),
        milestone_id=milestone.pk,
        milestone_title=milestone.title,
        release_at=milestone.auto_release_at,
    )
    outbox.publish(event)
    return True


def _is_due(milestone: Milestone) -> bool:
    contract: Contract | None = milestone.contract
    return (
        contract is not None
        and contract.status == ContractStatus.ACTIVE
        and not contract.is_frozen
        and milestone.status == MilestoneStatus.SUBMITTED
        and milestone.auto_release_at is not None
        and milestone.auto_release_at <= clock.now()
    )
