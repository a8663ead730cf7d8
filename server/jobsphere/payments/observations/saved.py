"""What the gateway says of a card that is to be kept."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.outbox import services as outbox
from jobsphere.payments.events import MethodSaved
from jobsphere.payments.gateways.base import SavedMethodSnapshot, SavingState
from jobsphere.payments.models import SavedMethod
from jobsphere.payments.rules import BEING_SAVED, SavedMethodStatus


def observe_saving(method_id: UUID, found: SavedMethodSnapshot) -> None:
    """Apply it; a card that is kept, refused or removed already stays so."""
    if found.status is SavingState.FAILED:
        fail_saving(method_id, found.failure_message)
        return
    known = {"gateway_id": found.gateway_id, "customer_ref": found.customer_id}
    waiting = {"pk": method_id, "status__in": sorted(BEING_SAVED)}
    if found.status is SavingState.ACTION_REQUIRED:
        action = {"url": found.action_url}
        update_where(SavedMethod, waiting, status=SavedMethodStatus.ACTION_REQUIRED, action=action, **known)
        return
    saved = update_where(
        SavedMethod,
        waiting,
        status=SavedMethodStatus.SAVED,
        action=None,
        method_ref=found.method_id,
        brand=found.brand[:32],
        last4=found.last4[:4],
        expires_month=found.expires_month,
        expires_year=found.expires_year,
        **known,
    )
    if saved:
        _welcome(get(SavedMethod, pk=method_id))


def _welcome(row: SavedMethod) -> None:
    """The first card of a person is the one that is charged."""
    others = SavedMethod.objects.filter(owner_id=row.owner_id, is_default=True).exists()
    if not others:
        SavedMethod.objects.filter(pk=row.pk).update(is_default=True)
    audit.record(actor=SYSTEM, verb="method.save", target_type="saved-method", target_id=row.pk)
    outbox.publish(MethodSaved(saved_method_id=row.pk, owner_id=row.owner_id))


def fail_saving(method_id: UUID, message: str) -> None:
    """The bank does not let it be kept; final, another try is another card."""
    text = (message or "The card was declined.")[:255]
    update_where(
        SavedMethod,
        {"pk": method_id, "status__in": sorted(BEING_SAVED)},
        status=SavedMethodStatus.FAILED,
        failure_message=text,
        action=None,
        closed_at=clock.now(),
    )
