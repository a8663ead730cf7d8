"""Builders for tests of money: a purpose of our own, so that no higher app is needed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger import services as ledger_services
from jobsphere.ledger.types import AccountKind, account, credit
from jobsphere.outbox.subscriptions import listen
from jobsphere.payments import books, selectors, services
from jobsphere.payments.events import PaymentCaptured
from jobsphere.payments.models import GatewayOperation, Payment
from jobsphere.payments.types import PaymentView, PayoutView

#: Payments for this purpose are applied when they are captured; for any other nobody listens.
WANTED = "test.wanted"
UNWANTED = "test.unwanted"


@listen(PaymentCaptured)
def apply_to_wallet(event: PaymentCaptured) -> None:
    """Give the whole payment to its payee, as an app on a higher floor would do with its own books."""
    if event.purpose_type != WANTED or event.payee_id is None:
        return
    payment = selectors.payment_view(event.payment_id)
    posted = ledger_services.post(
        code="test.applied",
        reference=str(payment.id),
        legs=[
            books.collected(payment.id, payment.captured, gateway=payment.gateway, prepaid=payment.prepaid),
            credit(account(AccountKind.WALLET, payment.amount.currency, event.payee_id), payment.captured),
        ],
        source_type="payment",
        source_id=payment.id,
    )
    services.mark_applied(payment_id=payment.id, transfer_id=posted.id)
    services.mark_released(payment_id=payment.id, payout=payment.captured, complete=True)


def usd(amount: int) -> Money:
    """Return dollars in cents."""
    return Money(amount, "USD")


def pay(
    payer: Actor,
    payee: Actor,
    amount: Money | None = None,
    *,
    card: str | None = "pm_card_visa",
    purpose: str = WANTED,
    capture: str = "manual",
    gateway: str | None = None,
) -> PaymentView:
    """Start a payment in an edge of its own and return it as it stands after the first attempt."""
    with edge_transaction():
        started = services.start_payment(
            actor=payer,
            payer_id=payer.known_id(),
            payee_id=payee.known_id(),
            amount=amount or usd(100_00),
            purpose_type=purpose,
            purpose_id=uuid7(),
            payment_method=card,
            capture=capture,
            gateway=gateway,
        )
    return look(started.id, payer)


def look(payment_id: UUID, viewer: Actor = SYSTEM) -> PaymentView:
    """Return a payment as it stands."""
    return selectors.payment(viewer, payment_id)


def do(verb: Any, **arguments: Any) -> Any:
    """Run a verb in an edge of its own."""
    with edge_transaction():
        return verb(**arguments)


def captured(payer: Actor, payee: Actor, amount: Money | None = None, **options: Any) -> PaymentView:
    """Return a payment that was captured and, if it is wanted, applied."""
    payment = pay(payer, payee, amount, **options)
    do(services.capture_payment, actor=SYSTEM, payment_id=payment.id)
    return look(payment.id, payer)


def connected(sandbox: Any, payee: Actor, *, bank: str = "000123456789") -> str:
    """Connect a payee who completes all that the gateway asks; return their id at the gateway."""
    do(services.connect_payee, actor=payee)
    account_id = sandbox.objects("account")[-1]["id"]
    sandbox.complete_onboarding(account_id, bank=bank)
    do(services.refresh_payee, actor=payee)
    return str(account_id)


def withdraw(payee: Actor, amount: Money) -> PayoutView:
    """Withdraw in an edge of its own and return the payout as it stands after the first attempt."""
    requested = do(services.request_withdrawal, actor=payee, amount=amount)
    return selectors.payout(payee, requested.id)


def operation(subject_id: UUID, kind: str) -> GatewayOperation:
    """Return the one operation of a kind on a subject."""
    return GatewayOperation.objects.get(subject_id=subject_id, kind=kind)


def balance(kind: AccountKind, owner: UUID | str = "", currency: str = "USD") -> int:
    """Return an account's natural balance in minor units."""
    return ledger.balance_of(account(kind, currency, owner)).amount


def gateway_id(payment_id: UUID) -> str:
    """Return the gateway's id of a payment."""
    return Payment.objects.get(pk=payment_id).gateway_id


def assert_sound_books() -> None:
    """Every check that `manage.py reconcile` runs finds nothing."""
    assert {name: found for name, found in checks.run().items() if found} == {}


def later(seconds: float) -> None:
    """Move the marketplace's clock, and with it the sandbox's; the clean slate puts it back."""
    clock.set_offset(clock.offset() + timedelta(seconds=seconds))
