"""Another price, with notice: the customer agrees, or the series ends where it would begin. Never more than agreed."""

from datetime import date
from uuid import UUID

from jobsphere.db.composed import refresh
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.payments import routing
from jobsphere.repeats import policies
from jobsphere.repeats.errors import PriceNotNow
from jobsphere.repeats.events import PriceAgreed, PriceProposed, PriceWithdrawn, RepeatEnded
from jobsphere.repeats.models import Repeat
from jobsphere.repeats.rules.lifecycle import PRICE_NOTICE
from jobsphere.repeats.services.making import PRICE
from jobsphere.repeats.services.turns import rhythm, take_step, tell, wait_for


def propose_price(*, actor: Actor, repeat_id: UUID, amount: Money, new_from: date) -> None:
    """Propose another price from a day on, at least PRICE_NOTICE from now. Raises NotFound, WrongStatus, InvalidInput.

    One that was agreed, and holds by then, is the old price; another open proposal is replaced.
    """
    row, party = _turn(actor, repeat_id, "propose_price")
    settle_price(row)
    earliest = (clock.now() + PRICE_NOTICE).astimezone(rhythm(row).zone).date()
    if new_from < earliest:
        text = f"A new price is told {PRICE_NOTICE.days} days ahead: {earliest.isoformat()} or later."
        raise InvalidInput.at("/new_from", "too-early", text)
    if amount.currency != row.currency:
        raise InvalidInput.at("/amount/currency", "currency", f"This series is in {row.currency}.")
    if amount.amount <= 0:
        raise InvalidInput.at("/amount", "positive", "The amount must be greater than zero.")
    if problem := routing.problem_with(amount):
        raise InvalidInput([problem])
    if row.new_agreed_at is not None:
        raise PriceNotNow("The customer has agreed to a new price that does not hold yet. Wait until it does.")
    Repeat.objects.filter(pk=row.pk).update(new_amount=amount.amount, new_from=new_from, new_agreed_at=None)
    old = Money(row.amount, row.currency)
    tell(
        actor,
        row,
        "propose_price",
        PriceProposed,
        by=party,
        amount=old,
        new_amount=amount,
        new_from=new_from.isoformat(),
    )


def agree_price(*, actor: Actor, repeat_id: UUID, amount: Money) -> None:
    """Agree to exactly this price, as it was shown. Raises NotFound, WrongStatus, PriceNotNow when it is another."""
    row, party = _turn(actor, repeat_id, "agree_price")
    if row.new_amount is None or row.new_from is None or row.new_agreed_at is not None:
        raise PriceNotNow("There is no price to answer. Look at the series again.")
    if amount != Money(row.new_amount, row.currency):
        raise PriceNotNow("The proposed price is another one now. Look at it again before you agree.")
    Repeat.objects.filter(pk=row.pk).update(new_agreed_at=clock.now())
    tell(actor, row, "agree_price", PriceAgreed, by=party, new_amount=amount, new_from=row.new_from.isoformat())


def decline_price(*, actor: Actor, repeat_id: UUID) -> None:
    """Say no to a new price: the series ends; contracts that exist stay. Raises as agree_price."""
    row, party = _turn(actor, repeat_id, "decline_price")
    if row.new_amount is None or row.new_agreed_at is not None:
        raise PriceNotNow("There is no price to answer. Look at the series again.")
    take_step(row, "decline_price", party, closed_at=clock.now(), reason=PRICE)
    tell(actor, row, "end", RepeatEnded, by=party, reason=PRICE)


def withdraw_price(*, actor: Actor, repeat_id: UUID) -> None:
    """Take a proposed price back, before the customer has agreed. Raises as agree_price."""
    row, party = _turn(actor, repeat_id, "withdraw_price")
    if row.new_amount is None or row.new_agreed_at is not None:
        raise PriceNotNow("There is no open price to take back. Look at the series again.")
    Repeat.objects.filter(pk=row.pk).update(new_amount=None, new_from=None)
    tell(actor, row, "withdraw_price", PriceWithdrawn, by=party)


def settle_price(row: Repeat) -> None:
    """Make a price that was agreed the price, once every date that is to come falls under it."""
    agreed = row.new_amount is not None and row.new_from is not None and row.new_agreed_at is not None
    if agreed and rhythm(row).day(row.next_number) >= row.new_from:  # type: ignore[operator]
        Repeat.objects.filter(pk=row.pk).update(
            amount=row.new_amount, new_amount=None, new_from=None, new_agreed_at=None
        )
        refresh(row)


def _turn(actor: Actor, repeat_id: UUID, action: str) -> tuple[Repeat, str]:
    policies.get_repeat_for(actor, repeat_id)
    row = wait_for(repeat_id)
    return row, policies.require(actor, row, action)
