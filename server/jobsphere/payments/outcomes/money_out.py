"""Onboarding of payees, transfer, payout, reversal."""

from typing import Any

from jobsphere.db.composed import get
from jobsphere.db.guarded import update_where
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.payments import asking, books
from jobsphere.payments.gateways.base import (
    DeclineCode,
    Declined,
    Gateway,
    ObjectKind,
    Ok,
    Outcome,
    PayeeOnboarding,
    PayeeStatus,
    PayoutSnapshot,
    Rejected,
    RejectedCode,
    TransferReversalSnapshot,
    TransferSnapshot,
)
from jobsphere.payments.looking import look_at_payee
from jobsphere.payments.models import PayeeAccount, Payout
from jobsphere.payments.observations.payees import observe_payee
from jobsphere.payments.observations.payouts import fail_payout, finish_return, observe_payout
from jobsphere.payments.operations.intents import start
from jobsphere.payments.operations.kinds import Kind, Operation, Settled, register
from jobsphere.payments.rules import OperationKind, PayoutSpeed, PayoutStatus


@register
class Transfer(Kind):
    """Move the money from our balance at the gateway to the payee's."""

    kind = OperationKind.TRANSFER

    def begin(self, operation: Operation) -> bool:
        """Close the door for a cancellation; a withdrawal that was cancelled before is never sent."""
        return _begin(operation, PayoutStatus.TRANSFERRING)

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[TransferSnapshot]:
        return gateway.transfer(**_outward(operation))

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        return gateway.find_by_operation(
            kind=ObjectKind.TRANSFER, operation_id=str(operation.id), since=operation.first_sent_at
        )

    def waits_out(self, outcome: Declined) -> bool:
        """Our own balance may not be available yet."""
        return outcome.code is DeclineCode.BALANCE_INSUFFICIENT

    def record(self, operation: Operation, outcome: Settled) -> None:
        if isinstance(outcome, Ok):
            _transferred(operation, outcome.object)
        else:
            _refused(operation, outcome)


@register
class PayOut(Kind):
    """Send the money from the payee's balance to their bank."""

    kind = OperationKind.PAY_OUT

    def begin(self, operation: Operation) -> bool:
        return _begin(operation, PayoutStatus.PAYING)

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[PayoutSnapshot]:
        return gateway.pay_out(**_outward(operation), speed=operation.request.get("speed", PayoutSpeed.STANDARD))

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        return gateway.find_by_operation(
            kind=ObjectKind.PAYOUT,
            operation_id=str(operation.id),
            since=operation.first_sent_at,
            payee_id=operation.request["payee"],
        )

    def waits_out(self, outcome: Declined) -> bool:
        """What was transferred may not be available yet."""
        return outcome.code is DeclineCode.BALANCE_INSUFFICIENT

    def record(self, operation: Operation, outcome: Settled) -> None:
        if isinstance(outcome, Ok):
            observe_payout(operation.subject_id, outcome.object)
        else:
            _refused(operation, outcome)


@register
class ReverseTransfer(Kind):
    """Take the money of a failed payout back from the payee's balance."""

    kind = OperationKind.REVERSE_TRANSFER

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[TransferReversalSnapshot]:
        return gateway.reverse_transfer(
            transfer_id=operation.request["transfer"],
            amount=Money.from_json(operation.request["amount"]),
            idempotency_key=operation.key,
            operation_id=str(operation.id),
        )

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        return gateway.find_by_operation(
            kind=ObjectKind.TRANSFER_REVERSAL,
            operation_id=str(operation.id),
            since=operation.first_sent_at,
            parent_id=operation.request["transfer"],
        )

    def waits_out(self, outcome: Declined) -> bool:
        """The bank may not have sent it back yet."""
        return outcome.code is DeclineCode.BALANCE_INSUFFICIENT

    def record(self, operation: Operation, outcome: Settled) -> None:
        """Without the money there is nothing to put back: a refusal leaves the payout returning, for finance."""
        if isinstance(outcome, Ok):
            finish_return(operation.subject_id)


@register
class Onboard(Kind):
    """Make the payee at the gateway, and a link on which they complete what it asks."""

    kind = OperationKind.ONBOARD

    def send(self, gateway: Gateway, operation: Operation) -> Outcome[PayeeOnboarding]:
        request = operation.request
        return gateway.onboard_payee(
            idempotency_key=operation.key,
            operation_id=str(operation.id),
            email=request["email"],
            country=request["country"],
            return_url=request["return_url"],
            refresh_url=request["refresh_url"],
            payee_id=request["payee"],
            metadata={"user": request["user"]},
        )

    def find(self, gateway: Gateway, operation: Operation) -> Outcome[Any]:
        """A payee that exists needs only a new link."""
        if operation.request["payee"]:
            return Ok(None)
        return gateway.find_by_operation(
            kind=ObjectKind.PAYEE, operation_id=str(operation.id), since=operation.first_sent_at
        )

    def record(self, operation: Operation, outcome: Settled) -> None:
        if not isinstance(outcome, Ok):
            return
        if isinstance(outcome.object, PayeeStatus):
            observe_payee(operation.subject_id, outcome.object)
            return
        found: PayeeOnboarding = outcome.object
        update_where(
            PayeeAccount,
            {"pk": operation.subject_id, "gateway_id__in": ["", found.payee_id]},
            gateway_id=found.payee_id,
            onboarding_url=found.url,
            onboarding_expires_at=found.expires_at,
        )
        asking.soon(look_at_payee, operation.subject_id)


def _begin(operation: Operation, to: PayoutStatus) -> bool:
    update_where(Payout, {"pk": operation.subject_id, "status": PayoutStatus.REQUESTED}, status=to)
    return Payout.objects.filter(pk=operation.subject_id, status=to, returning=False).exists()


def _outward(operation: Operation) -> dict[str, Any]:
    return {
        "payee_id": operation.request["payee"],
        "amount": Money.from_json(operation.request["amount"]),
        "idempotency_key": operation.key,
        "operation_id": str(operation.id),
        "metadata": {"payout": str(operation.subject_id)},
    }


def _transferred(operation: Operation, snapshot: TransferSnapshot) -> None:
    """Book where the money is now, and go on to the bank."""
    moved = update_where(
        Payout,
        {"pk": operation.subject_id, "status": PayoutStatus.TRANSFERRING, "returning": False},
        status=PayoutStatus.PAYING,
        transferred=True,
        transfer_gateway_id=snapshot.gateway_id,
    )
    if not moved:
        return
    payout = get(Payout, pk=operation.subject_id)
    ours = books.at_gateway(payout.gateway, payout.currency)
    books.book_payout(payout, "payout.transferred", (books.at_payees(payout.gateway, payout.currency), ours))
    start(
        OperationKind.PAY_OUT,
        subject_type="payout",
        subject_id=payout.pk,
        gateway=payout.gateway,
        key=f"payout:{payout.pk}",
        request=operation.request,
    )


def _refused(operation: Operation, outcome: Settled) -> None:
    """No money has moved in this step; a reused key says nothing, so then a person looks."""
    if isinstance(outcome, Declined):
        fail_payout(operation.subject_id, outcome.code, outcome.message)
        if outcome.code is DeclineCode.PAYEE_RESTRICTED:
            account_id = Payout.objects.values_list("account_id", flat=True).get(pk=operation.subject_id)
            outbox.enqueue(look_at_payee, account_id)
    elif isinstance(outcome, Rejected) and outcome.code is not RejectedCode.KEY_REUSED:
        fail_payout(operation.subject_id, "rejected", "The payment gateway refused it. We have been told.")
