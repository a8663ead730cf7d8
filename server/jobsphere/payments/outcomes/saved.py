"""Keep a card; keep it no longer. Neither moves money."""

from typing import Any

from django.conf import settings

from jobsphere.db.composed import get
from jobsphere.payments.gateways.base import Declined, Gateway, Ok, Outcome, SavedMethodSnapshot
from jobsphere.payments.models import SavedMethod
from jobsphere.payments.observations.saved import fail_saving, observe_saving
from jobsphere.payments.operations.kinds import Kind, Operation, Settled, register
from jobsphere.payments.rules import OperationKind


@register
class SaveMethod(Kind):
    """Keep the card. Repeating it under its key is harmless, and under a new one keeps it once more: no money moves."""

    kind = OperationKind.SAVE_METHOD
    makes_object = False

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[SavedMethodSnapshot]:
        row = get(SavedMethod, "owner", pk=operation.subject_id)
        return gateway.save_method(
            payment_method=operation.request["payment_method"],
            customer_id=operation.request["customer"],
            idempotency_key=operation.key,
            operation_id=str(operation.id),
            payer_email=row.owner.email,
            return_url=f"{settings.PUBLIC_URL}/settings/cards?method={row.pk}",
        )

    def record(self, operation: Operation, outcome: Settled) -> None:
        if isinstance(outcome, Ok):
            observe_saving(operation.subject_id, outcome.object)
        else:
            fail_saving(operation.subject_id, outcome.message if isinstance(outcome, Declined) else "")


@register
class ForgetMethod(Kind):
    """Have the gateway keep it no longer; with us it pays nothing since it was removed."""

    kind = OperationKind.FORGET_METHOD
    makes_object = False

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        return gateway.forget_method(method_id=operation.request["method"], idempotency_key=operation.key)

    def record(self, operation: Operation, outcome: Settled) -> None:
        """Nothing here depends on it; a refusal alarms like every other."""
