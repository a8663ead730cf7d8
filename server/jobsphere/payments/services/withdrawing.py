"""Money out: from the wallet to the payee's bank."""

from uuid import UUID

from jobsphere.audit import services as audit
from jobsphere.db.composed import get, refresh
from jobsphere.db.guarded import move, update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.errors import InvalidInput, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.errors import InsufficientBalance
from jobsphere.ledger.types import AccountKind, account
from jobsphere.outbox import services as outbox
from jobsphere.payments import books, policies, registry, selectors, wallets, withdrawal_terms
from jobsphere.payments.earnings import take_payee_turn
from jobsphere.payments.errors import InstantNotAvailable, PayoutFeeChanged
from jobsphere.payments.events import PayoutCancelled, PayoutNotCovered, PayoutRequested
from jobsphere.payments.models import Payee, PayeeAccount, Payout
from jobsphere.payments.observations.payouts import tell_payout
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import (
    PAYEE,
    PAYOUT,
    OperationKind,
    PayoutSchedule,
    PayoutSpeed,
    PayoutStatus,
    whole_steps,
)
from jobsphere.payments.types import PayoutView
from jobsphere.payments.withholding import is_withheld, refuse_withheld


def request_withdrawal(
    *, actor: Actor, amount: Money, speed: PayoutSpeed = PayoutSpeed.STANDARD, fee: Money | None = None
) -> PayoutView:
    """Send money from the actor's wallet to their bank. `amount` leaves the wallet; an instant one costs the `fee` that
    the actor was shown, out of it.

    Raises PayoutsNotEnabled while every gate is closed, BankCoolingOff after a change of the bank account, InvalidInput
    below the minimum, InsufficientBalance when the wallet holds less, InstantNotAvailable, PayoutFeeChanged, and
    PayoutsNotCovered when no gateway of theirs holds enough of ours; nothing has changed then.
    """
    require_transaction()
    return _withdraw(actor, actor.known_id(), amount, speed=speed, seen_fee=fee)


def withdraw_on_schedule(*, payee_id: UUID) -> tuple[PayoutView, ...]:
    """Withdraw all that a payee with a schedule has, in each currency that reaches the minimum, theirs and ours.

    A weekly schedule has one round on its day; an automatic one goes whenever it is asked.
    """
    require_transaction()
    take_payee_turn(payee_id)
    payee = get(Payee, pk=payee_id)
    if payee.schedule == PayoutSchedule.MANUAL or is_withheld(payee_id) or not _is_round(payee):
        return ()
    ready = [amount for amount in wallets.available(payee_id) if amount.amount >= _least(payee, amount.currency)]
    return tuple(_withdraw(SYSTEM, payee_id, whole_steps(amount), automatic=True) for amount in ready)


def _is_round(payee: Payee) -> bool:
    """Say whether it is time, and remember that a weekly round was held today."""
    if payee.schedule != PayoutSchedule.WEEKLY:
        return True
    today = clock.now().date()
    if today.weekday() != payee.weekday or payee.last_round == today:
        return False
    return update_where(Payee, {"pk": payee.pk, "turns": payee.turns}, last_round=today)


def _least(payee: Payee, currency: str) -> int:
    return max(withdrawal_terms.minimum(currency).amount, int(payee.minimums.get(currency, 0)), 1)


def cancel_withdrawal(*, actor: Actor, payout_id: UUID) -> PayoutView:
    """Take a withdrawal back before it is sent; raises WrongStatus once it is, NotFound for a stranger."""
    payout = policies.get_payout_for(actor, payout_id)
    ended = {"completed_at": clock.now()}
    if not move(Payout, payout.pk, from_status=PayoutStatus.REQUESTED, to_status=PayoutStatus.CANCELLED, **ended):
        refresh(payout)
        raise WrongStatus("cancel", payout.status, PAYOUT.allowed(PayoutStatus(payout.status), PAYEE))
    back = (books.in_transit(payout), books.wallet(payout))
    books.book_payout(payout, "payout.cancelled", back, fee=(books.payout_fee(payout), books.wallet(payout)))
    refresh(payout)
    _record(actor, "payout.cancel", payout)
    tell_payout(PayoutCancelled, payout)
    return selectors.view_of_payout(payout)


def report_uncovered(*, payee_id: UUID, amount: Money) -> None:
    """Raise the alarm that a withdrawal was refused because no gateway holds enough of ours; in an edge of its own,
    as the refusal has undone everything else."""
    detail = {"amount": amount}
    audit.record(actor=SYSTEM, verb="payout.uncovered", target_type="payee", target_id=payee_id, detail=detail)
    outbox.publish(PayoutNotCovered(payee_id=payee_id, amount=amount))


def _withdraw(
    actor: Actor,
    payee_id: UUID,
    amount: Money,
    *,
    speed: PayoutSpeed = PayoutSpeed.STANDARD,
    seen_fee: Money | None = None,
    automatic: bool = False,
) -> PayoutView:
    # Everything that lowers a wallet waits here, so what is read below still holds when it is booked.
    take_payee_turn(payee_id)
    refuse_withheld(payee_id)
    accounts = withdrawal_terms.ready_accounts(_accounts(payee_id), amount.currency)
    instant = speed is PayoutSpeed.INSTANT
    arriving = _arriving(amount, instant=instant)
    if instant:
        accounts = _instant_accounts(accounts)
        _require_fee(amount - arriving, seen_fee)
    _require_funds(payee_id, amount)
    chosen = withdrawal_terms.covering(accounts, arriving)
    payout = Payout.objects.create(
        account=chosen,
        payee_id=payee_id,
        gateway=chosen.gateway,
        currency=amount.currency,
        amount=arriving.amount,
        fee=(amount - arriving).amount,
        speed=speed,
        automatic=automatic,
    )
    _book_request(payout)
    _send(payout, chosen)
    _record(actor, "payout.request", payout)
    tell_payout(PayoutRequested, payout)
    return selectors.view_of_payout(payout)


def _accounts(payee_id: UUID) -> list[PayeeAccount]:
    """Return a payee's accounts, the one at the gateway in use first."""
    rows = list(PayeeAccount.objects.filter(user_id=payee_id).order_by("id"))
    return sorted(rows, key=lambda row: row.gateway != registry.default_gateway())


def _arriving(amount: Money, *, instant: bool) -> Money:
    """Say what of an amount reaches the bank; raises InvalidInput for one that cannot be sent."""
    minimum = withdrawal_terms.minimum(amount.currency)
    if amount < minimum:
        raise InvalidInput.at("/amount", "below-minimum", f"The smallest withdrawal is {minimum}.")
    if not instant:
        if amount != (payable := whole_steps(amount)):
            raise InvalidInput.at("/amount", "step", f"A bank cannot move the last digit. Withdraw {payable} instead.")
        return amount
    arriving = whole_steps(amount - withdrawal_terms.instant_fee(amount))
    if arriving.amount <= 0:
        raise InvalidInput.at("/amount", "below-fee", "The fee would take all of it.")
    return arriving


def _instant_accounts(accounts: list[PayeeAccount]) -> list[PayeeAccount]:
    able = [each for each in accounts if withdrawal_terms.takes_instant(each)]
    if not able:
        raise InstantNotAvailable(withdrawal_terms.NO_INSTANT)
    return able


def _require_fee(fee: Money, seen: Money | None) -> None:
    if seen != fee:
        raise PayoutFeeChanged(fee)


def _require_funds(payee_id: UUID, amount: Money) -> None:
    there = ledger.balance_of(account(AccountKind.WALLET, amount.currency, payee_id))
    if there < amount:
        raise InsufficientBalance(available=there, needed=amount)


def _book_request(payout: Payout) -> None:
    out = (books.wallet(payout), books.in_transit(payout))
    books.book_payout(payout, "payout.requested", out, fee=(books.wallet(payout), books.payout_fee(payout)))


def _send(payout: Payout, account: PayeeAccount) -> None:
    """Ask the gateway after the commit: by way of the payee's own balance where payees have one."""
    connected = registry.gateway(payout.gateway).capabilities.connected_payouts
    start(
        OperationKind.TRANSFER if connected else OperationKind.PAY_OUT,
        subject_type="payout",
        subject_id=payout.pk,
        gateway=payout.gateway,
        key=f"transfer:{payout.pk}" if connected else f"payout:{payout.pk}",
        request={"payee": account.gateway_id, "amount": payout.total().to_json(), "speed": payout.speed},
    )


def _record(actor: Actor, verb: str, payout: Payout) -> None:
    detail = {"amount": payout.total(), "speed": payout.speed, "fee": payout.price()}
    audit.record(actor=actor, verb=verb, target_type="payout", target_id=payout.pk, detail=detail)
