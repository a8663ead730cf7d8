"""Money out: from the wallet to the payee's bank."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.guarded import move
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import InvalidInput, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.payments import books, policies, registry, selectors
from jobsphere.payments.errors import PayoutsNotEnabled
from jobsphere.payments.events import PayoutCancelled, PayoutRequested
from jobsphere.payments.models import PayeeAccount, Payout
from jobsphere.payments.observations.payouts import tell_payout
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import PAYEE, PAYOUT, OperationKind, PayoutStatus, minimum_withdrawal, whole_steps
from jobsphere.payments.types import PayoutView


def request_withdrawal(*, actor: Actor, amount: Money) -> PayoutView:
    """Send money from the actor's wallet to their bank.

    Raises PayoutsNotEnabled while the gateway's gate is closed, InvalidInput below the minimum, and
    InsufficientBalance when the wallet holds less; nothing has changed then.
    """
    require_transaction()
    name = registry.default_gateway()
    account = PayeeAccount.objects.filter(user_id=actor.known_id(), gateway=name).first()
    return _withdraw(actor, account, amount, automatic=False)


def withdraw_automatically(*, account_id: UUID) -> tuple[PayoutView, ...]:
    """Withdraw all that a payee with an automatic schedule has, in each currency that reaches the minimum."""
    require_transaction()
    account = PayeeAccount.objects.get(pk=account_id)
    balances = selectors.wallet(SYSTEM, account.user_id).balances
    due = [each.available for each in balances if each.available.amount >= minimum_withdrawal(each.available.currency)]
    return tuple(_withdraw(SYSTEM, account, whole_steps(amount), automatic=True) for amount in due)


def cancel_withdrawal(*, actor: Actor, payout_id: UUID) -> PayoutView:
    """Take a withdrawal back before it is sent; raises WrongStatus once it is, NotFound for a stranger."""
    payout = policies.get_payout_for(actor, payout_id)
    ended = {"completed_at": clock.now()}
    if not move(Payout, payout.pk, from_status=PayoutStatus.REQUESTED, to_status=PayoutStatus.CANCELLED, **ended):
        payout.refresh_from_db()
        raise WrongStatus("cancel", payout.status, PAYOUT.allowed(PayoutStatus(payout.status), PAYEE))
    books.book_payout(payout, "payout.cancelled", (books.in_transit(payout), books.wallet(payout)))
    payout.refresh_from_db()
    _record(actor, "payout.cancel", payout)
    tell_payout(PayoutCancelled, payout)
    return selectors.view_of_payout(payout)


def _withdraw(actor: Actor, account: PayeeAccount | None, amount: Money, *, automatic: bool) -> PayoutView:
    account = _open_gate(account)
    minimum = Money(minimum_withdrawal(amount.currency), amount.currency)
    if amount < minimum:
        raise InvalidInput.at("/amount", "below-minimum", f"The smallest withdrawal is {minimum}.")
    if amount != (payable := whole_steps(amount)):
        raise InvalidInput.at("/amount", "step", f"A bank cannot move the last digit. Withdraw {payable} instead.")
    payout = Payout.objects.create(
        account=account,
        payee_id=account.user_id,
        gateway=account.gateway,
        currency=amount.currency,
        amount=amount.amount,
        automatic=automatic,
    )
    books.book_payout(payout, "payout.requested", (books.wallet(payout), books.in_transit(payout)))
    _send(payout, account)
    _record(actor, "payout.request", payout)
    tell_payout(PayoutRequested, payout)
    return selectors.view_of_payout(payout)


def _open_gate(account: PayeeAccount | None) -> PayeeAccount:
    if account is None:
        raise PayoutsNotEnabled
    if not account.payouts_enabled or account.currently_due:
        raise PayoutsNotEnabled(tuple(account.currently_due), account.disabled_reason)
    return account


def _send(payout: Payout, account: PayeeAccount) -> None:
    """Ask the gateway after the commit: by way of the payee's own balance where payees have one."""
    connected = registry.gateway(payout.gateway).capabilities.connected_payouts
    start(
        OperationKind.TRANSFER if connected else OperationKind.PAY_OUT,
        subject_type="payout",
        subject_id=payout.pk,
        gateway=payout.gateway,
        key=f"transfer:{payout.pk}" if connected else f"payout:{payout.pk}",
        request={"payee": account.gateway_id, "amount": payout.total().to_json()},
    )


def _record(actor: Actor, verb: str, payout: Payout) -> None:
    audit.record(actor=actor, verb=verb, target_type="payout", target_id=payout.pk, detail={"amount": payout.total()})
