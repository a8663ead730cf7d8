"""Which documents each movement of money makes (ADR 0028): a table in code, one function an event."""

from uuid import UUID

from jobsphere.escrow.events import EscrowChargedBack, EscrowRefunded, EscrowReleased, EscrowRestored, EscrowSetAside
from jobsphere.escrow.types import HoldStatus, HoldView
from jobsphere.invoices.rules import Draft, DraftLine, InvoiceKind, InvoiceType, drafts
from jobsphere.kit.money import Money

_K, _INVOICE, _CREDIT = InvoiceKind, InvoiceType.INVOICE, InvoiceType.CREDIT_NOTE


def of_funding(holds: tuple[HoldView, ...]) -> tuple[Draft, ...]:
    """Commission at acceptance, a line for each milestone; what was set aside since is in the line that it was in."""
    fees: dict[UUID, Money] = {}
    for hold in holds:
        funded = hold.set_aside_from or hold.id
        fees[funded] = fees.get(funded, Money.zero(hold.amount.currency)) + hold.platform_fee
    return drafts((_K.PLATFORM_FEE, _INVOICE, [DraftLine(hold_id, fee) for hold_id, fee in fees.items()]))


def of_setting_aside(event: EscrowSetAside) -> tuple[Draft, ...]:
    """The commission on a part goes with the part: a credit note on the one, an invoice on the other."""
    return drafts(
        (_K.PLATFORM_FEE, _CREDIT, [DraftLine(event.hold_id, event.platform_fee)]),
        (_K.PLATFORM_FEE, _INVOICE, [DraftLine(event.part_id, event.platform_fee)]),
    )


def of_release(event: EscrowReleased) -> tuple[Draft, ...]:
    """The work, at all that the customer has paid for it and not got back; and the commission at completion."""
    work = event.payout + event.service_fee + _or_nothing(event.platform_fee, event.payout)
    return drafts(
        (_K.WORK, _INVOICE, [DraftLine(event.hold_id, work)]),
        (_K.SERVICE_FEE, _INVOICE, [DraftLine(event.hold_id, event.service_fee)]),
    )


def of_refund(event: EscrowRefunded) -> tuple[Draft, ...]:
    """Credit notes on what was invoiced; a fee that stays is the customer's from now on, not the contractor's."""
    platform = _or_nothing(event.from_platform_fee, event.amount)
    if event.taken_back is not None:
        return _work_undone(event.hold_id, event.amount, platform, _or_nothing(event.from_service_fee, event.amount))
    return _called_off(event.hold_id, platform, _or_nothing(event.kept_fee, event.amount))


def of_chargeback(event: EscrowChargedBack) -> tuple[Draft, ...]:
    """The same as a refund, from wherever the bank took it."""
    platform = _or_nothing(event.from_platform_fee, event.amount)
    if event.stood == HoldStatus.RELEASED:
        return _work_undone(event.hold_id, event.amount, platform, _or_nothing(event.from_service_fee, event.amount))
    if event.stood == HoldStatus.REFUNDED:
        return drafts((_K.KEPT_FEE, _CREDIT, [DraftLine(event.hold_id, event.amount)]))
    return _called_off(event.hold_id, platform, _or_nothing(event.kept_fee, event.amount))


def of_restoration(event: EscrowRestored) -> tuple[Draft, ...]:
    """What a lost chargeback had undone is invoiced again."""
    platform = DraftLine(event.hold_id, _or_nothing(event.to_platform_fee, event.amount))
    if event.stands != HoldStatus.RELEASED:
        return drafts((_K.PLATFORM_FEE, _INVOICE, [platform]))
    return drafts(
        (_K.WORK, _INVOICE, [DraftLine(event.hold_id, event.amount)]),
        (_K.PLATFORM_FEE, _INVOICE, [platform]),
        (_K.SERVICE_FEE, _INVOICE, [DraftLine(event.hold_id, _or_nothing(event.to_service_fee, event.amount))]),
    )


def of_payout_fee(fee: Money, *, given_back: bool) -> tuple[Draft, ...]:
    """What a contractor pays for speed, or gets back because there was none."""
    return drafts((_K.PAYOUT_FEE, _CREDIT if given_back else _INVOICE, [DraftLine(None, fee)]))


def of_plan(amount: Money, *, given_back: bool) -> tuple[Draft, ...]:
    """What a person pays for a period of their plan, or gets back."""
    return drafts((_K.PLAN, _CREDIT if given_back else _INVOICE, [DraftLine(None, amount)]))


def _work_undone(hold_id: UUID, amount: Money, platform: Money, service: Money) -> tuple[Draft, ...]:
    return drafts(
        (_K.WORK, _CREDIT, [DraftLine(hold_id, amount)]),
        (_K.PLATFORM_FEE, _CREDIT, [DraftLine(hold_id, platform)]),
        (_K.SERVICE_FEE, _CREDIT, [DraftLine(hold_id, service)]),
    )


def _called_off(hold_id: UUID, platform: Money, kept: Money) -> tuple[Draft, ...]:
    return drafts(
        (_K.PLATFORM_FEE, _CREDIT, [DraftLine(hold_id, platform + kept)]),
        (_K.KEPT_FEE, _INVOICE, [DraftLine(hold_id, kept)]),
    )


def _or_nothing(amount: Money | None, like: Money) -> Money:
    return Money.zero(like.currency) if amount is None else amount
