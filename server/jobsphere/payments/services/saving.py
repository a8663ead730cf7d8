"""Cards that people keep: save, go on after 3-D Secure, choose the usual one, remove."""

from dataclasses import dataclass
from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict, InvalidInput, WrongStatus
from jobsphere.outbox import services as outbox
from jobsphere.payments import asking, policies, registry
from jobsphere.payments.events import MethodRemoved
from jobsphere.payments.looking import look_at_saving
from jobsphere.payments.models import SavedMethod
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import MOST_SAVED, OperationKind, SavedMethodStatus


@dataclass(frozen=True, slots=True)
class Means:
    """How a payment is paid: whose customer it is at the gateway, and by which method of theirs."""

    gateway: str
    method: str
    customer: str


def save_method(*, actor: Actor, payment_method: str, gateway: str = "") -> UUID:
    """Keep a card for payments while its owner is away; returns its id. It can pay once it is `saved`.

    Raises InvalidInput where the gateway keeps no cards, and Conflict for more than MOST_SAVED.
    """
    require_transaction()
    name = gateway or registry.default_gateway()
    if name not in registry.in_use():
        raise InvalidInput.at("/gateway", "unknown-gateway", f"Payments are not made at '{name}' here.")
    if not registry.gateway(name).capabilities.saved_methods:
        text = f"Cards cannot be kept at {name}. Pay each time instead."
        raise InvalidInput.at("/gateway", "keeps-no-cards", text)
    mine = SavedMethod.objects.filter(owner_id=actor.known_id())
    if mine.filter(status=SavedMethodStatus.SAVED).count() >= MOST_SAVED:
        raise Conflict(f"You have {MOST_SAVED} cards already. Remove one first.")
    row = SavedMethod.objects.create(owner_id=actor.known_id(), gateway=name)
    start(
        OperationKind.SAVE_METHOD,
        subject_type="saved_method",
        subject_id=row.pk,
        gateway=name,
        key=f"save:{row.pk}",
        request={"payment_method": payment_method, "customer": customer_of(actor.known_id(), name)},
    )
    audit.record(actor=actor, verb="method.keep", target_type="saved-method", target_id=row.pk)
    return row.pk


def confirm_saved_method(*, actor: Actor, method_id: UUID) -> UUID:
    """Look again after the owner has proven who they are; harmless when it is known already. Raises NotFound."""
    require_transaction()
    row = policies.get_saved_method_for(actor, method_id)
    if row.status == SavedMethodStatus.ACTION_REQUIRED:
        asking.soon(look_at_saving, row.pk)
    return row.pk


def use_by_default(*, actor: Actor, method_id: UUID) -> UUID:
    """Charge this card where none is named. Raises NotFound, WrongStatus unless it is saved."""
    require_transaction()
    row = policies.get_saved_method_for(actor, method_id)
    if row.status != SavedMethodStatus.SAVED:
        raise WrongStatus("default", row.status)
    SavedMethod.objects.filter(owner_id=row.owner_id, is_default=True).update(is_default=False)
    update_where(SavedMethod, {"pk": row.pk, "status": SavedMethodStatus.SAVED}, is_default=True)
    audit.record(actor=actor, verb="method.default", target_type="saved-method", target_id=row.pk)
    return row.pk


def remove_method(*, actor: Actor, method_id: UUID) -> UUID:
    """Keep a card no longer: it pays nothing from now on. The newest of the others is the usual one then.

    Raises NotFound; again is harmless.
    """
    require_transaction()
    row = policies.get_saved_method_for(actor, method_id)
    changes = {"status": SavedMethodStatus.REMOVED, "is_default": False, "action": None, "closed_at": clock.now()}
    if not update_where(SavedMethod, {"pk": row.pk, "status": row.status}, **changes):
        raise WrongStatus("remove", SavedMethod.objects.values_list("status", flat=True).get(pk=row.pk))
    if row.is_default:
        others = SavedMethod.objects.filter(owner_id=row.owner_id, status=SavedMethodStatus.SAVED)
        newest = others.order_by("-pk").values_list("pk", flat=True).first()
        if newest is not None:
            SavedMethod.objects.filter(pk=newest).update(is_default=True)
    if row.method_ref:
        start(
            OperationKind.FORGET_METHOD,
            subject_type="saved_method",
            subject_id=row.pk,
            gateway=row.gateway,
            key=f"forget:{row.pk}",
            request={"method": row.method_ref},
        )
    audit.record(actor=actor, verb="method.remove", target_type="saved-method", target_id=row.pk)
    outbox.publish(MethodRemoved(saved_method_id=row.pk, owner_id=row.owner_id), actor=actor)
    return row.pk


def means_of(payer_id: UUID, payment_method: str | None) -> Means | None:
    """Return how a saved card pays that is named by its id; None for every other token.

    Raises InvalidInput when it is not the payer's, or not kept any more.
    """
    try:
        method_id = UUID(payment_method or "")
    except ValueError:
        return None
    row = SavedMethod.objects.filter(pk=method_id, owner_id=payer_id, status=SavedMethodStatus.SAVED).first()
    if row is None:
        raise InvalidInput.at("/payment_method", "not-saved", "This card is not kept any more. Choose another one.")
    return Means(row.gateway, row.method_ref, row.customer_ref)


def customer_of(payer_id: UUID, gateway: str) -> str:
    """Return who the payer is at the gateway; empty when it has kept nothing of theirs."""
    known = SavedMethod.objects.filter(owner_id=payer_id, gateway=gateway).exclude(customer_ref="")
    return known.order_by("pk").values_list("customer_ref", flat=True).first() or ""
