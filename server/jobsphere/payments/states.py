"""Moving a payment: one guarded update along the table in rules.py, and the event that goes with it."""

from functools import partial
from typing import Any, TypeVar

from django.db import transaction

from jobsphere.db.composed import refresh
from jobsphere.db.guarded import update_where
from jobsphere.kit.errors import WrongStatus
from jobsphere.outbox import services as outbox
from jobsphere.payments.events import PaymentEvent
from jobsphere.payments.models import Payment
from jobsphere.payments.rules import PAYMENT, STATUS_OF, PaymentDetail
from jobsphere.watch.metrics import payment_came_to

Happening = TypeVar("Happening", bound=PaymentEvent)


def advance(payment: Payment, action: str, /, **changes: Any) -> bool:
    """Take the action if the payment's present state has it, and say whether it was taken; the row is refreshed.

    When someone else is faster the new state is judged again, so an observation is never lost and never repeated.
    """
    while row := PAYMENT.table.get((PaymentDetail(payment.detail), action)):
        seen = {"pk": payment.pk, "detail": payment.detail}
        moved = update_where(Payment, seen, detail=row.to, status=STATUS_OF[row.to], **changes)
        refresh(payment)
        if moved:
            count = partial(payment_came_to, payment.detail, gateway=payment.gateway, currency=payment.currency)
            transaction.on_commit(count, robust=True)
            return True
    return False


def require(payment: Payment, action: str, party: str, /, **changes: Any) -> None:
    """Take the action, or raise WrongStatus (409) with what is possible instead."""
    if not advance(payment, action, **changes):
        raise WrongStatus(action, payment.detail, PAYMENT.allowed(PaymentDetail(payment.detail), party))


def tell(kind: type[Happening], payment: Payment, **fields: Any) -> None:
    """Publish a payment event with what all of them carry."""
    outbox.publish(
        kind(
            payment_id=payment.pk,
            payer_id=payment.payer_id,
            payee_id=payment.payee_id,
            purpose_type=payment.purpose_type,
            purpose_id=payment.purpose_id,
            amount=payment.money(payment.amount),
            **fields,
        )
    )
