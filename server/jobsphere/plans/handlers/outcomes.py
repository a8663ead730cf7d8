"""What becomes of a period's payment becomes of the period, in the same transaction. Inline."""

from jobsphere.outbox.subscriptions import listen
from jobsphere.payments.events import (
    ChargebackLost,
    ChargebackOpened,
    ChargebackReinstated,
    PaymentCaptured,
    PaymentFailed,
    PaymentVoided,
)
from jobsphere.plans.services import charging, returning


@listen(PaymentCaptured)
def note_payment(event: PaymentCaptured) -> None:
    """It is paid."""
    if event.purpose_type == charging.PURPOSE:
        charging.note_capture(event)


@listen(PaymentFailed)
def note_refusal(event: PaymentFailed) -> None:
    """It is not."""
    if event.purpose_type == charging.PURPOSE:
        charging.note_failure(event, code=event.code)


@listen(PaymentVoided)
def note_void(event: PaymentVoided) -> None:
    """Its payment was given up by hand."""
    if event.purpose_type == charging.PURPOSE:
        charging.note_failure(event, code="voided")


@listen(ChargebackOpened)
def end_contested(event: ChargebackOpened) -> None:
    """A bank takes it back: the plan ends. A mere question of the bank's ends nothing."""
    if event.purpose_type == charging.PURPOSE and not event.inquiry:
        returning.note_chargeback(event)


@listen(ChargebackLost)
def bear_loss(event: ChargebackLost) -> None:
    """It is gone for good."""
    if event.purpose_type == charging.PURPOSE:
        returning.bear_loss(event)


@listen(ChargebackReinstated)
def take_back_loss(event: ChargebackReinstated) -> None:
    """It came back after all."""
    if event.purpose_type == charging.PURPOSE:
        returning.take_back_loss(event)
