"""Money of a plan that goes back: by its owner's cancelling, by staff, or by a bank."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from jobsphere.db.guarded import update_where
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import credit, debit
from jobsphere.payments import services as payments
from jobsphere.payments.events import ChargebackEvent, ChargebackLost, ChargebackReinstated
from jobsphere.plans import books, policies
from jobsphere.plans.errors import NothingToRefund
from jobsphere.plans.events import PlanChargedBack, PlanEnded, PlanRefunded, PlanRestored
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.rules.lifecycle import HOLDING, LIVE, SYSTEM, PeriodStatus
from jobsphere.plans.services.charging import both, drop, open_period
from jobsphere.plans.services.turns import take_step, tell, wait_for

NOT_BEGUN, REFUNDED, CHARGEBACK = "It was cancelled before it began.", "refunded", "chargeback"


def give_back_ahead(row: Subscription, *, actor: Actor) -> datetime | None:
    """Give back what is paid and has not begun, inside a turn; returns until when the plan holds then."""
    ahead = row.periods.filter(status=PeriodStatus.PAID, cut_at=None, starts_at__gt=clock.now()).order_by("starts_at")
    until = None
    for one in ahead:
        until = until or one.starts_at
        Period.objects.filter(pk=one.pk).update(cut_at=one.starts_at)
        if one.kept:
            _refund(row, one, one.kept, actor=actor, reason=NOT_BEGUN)
        if row.counted:
            Subscription.objects.filter(pk=row.pk).update(counted=F("counted") - 1)
    return until


def refund_period(
    *, actor: Actor, period_id: UUID, reason: str, amount: Money | None = None, end: bool = False
) -> UUID:
    """Give a period's money back, all that is left or a part, for those who account for the money; returns its
    subscription's id. `end`: the plan ends at once as well.

    Raises Forbidden, NotFound, NothingToRefund for more than is left, PaymentIsDisputed.
    """
    require_finance(actor)
    policies.get_period_for(actor, period_id)
    row, one = both(period_id)
    wanted = amount or one.kept
    if wanted.currency != one.currency or not 0 < wanted.amount <= one.kept.amount:
        raise NothingToRefund(f"Of this period {one.kept} is left.")
    _refund(row, one, wanted, actor=actor, reason=reason)
    if end:
        end_now(row, actor=actor, reason=REFUNDED)
    return row.pk


def end_now(row: Subscription, *, actor: Actor, reason: str) -> None:
    """End a subscription at once, inside its turn: no new offer has its fees; running contracts keep theirs."""
    now = clock.now()
    if one := open_period(row):
        drop(one, SYSTEM, reason=reason)
    for each in row.periods.filter(status__in=HOLDING, cut_at=None, ends_at__gt=now):
        Period.objects.filter(pk=each.pk).update(cut_at=max(now, each.starts_at))
    if row.status in LIVE:
        take_step(row, "end", SYSTEM, closed_at=now, reason=reason)
        tell(actor, row, "end", PlanEnded, reason=reason)


def note_chargeback(event: ChargebackEvent) -> None:
    """A bank takes a period's money back: the plan ends; whose loss it is, is known later."""
    seen = Period.objects.values_list("subscription_id", flat=True).get(pk=event.purpose_id)
    end_now(wait_for(seen), actor=actors.SYSTEM, reason=CHARGEBACK)


def bear_loss(event: ChargebackLost) -> None:
    """The bank has taken it for good: our income bears it."""
    row, one = both(event.purpose_id)
    lost = min(event.lost, one.kept)
    if not lost:
        return
    legs = [debit(books.revenue(one.currency), lost)]
    payments.bear_loss(chargeback_id=event.chargeback_id, legs=legs, amount=lost, part=f"period:{one.pk}")
    Period.objects.filter(pk=one.pk).update(charged_back=F("charged_back") + lost.amount)
    tell(actors.SYSTEM, row, "charge_back", PlanChargedBack, period_id=one.pk, amount=lost)


def take_back_loss(event: ChargebackReinstated) -> None:
    """The bank has given it back after all; the plan stays ended."""
    row, one = both(event.purpose_id)
    back = min(event.back, one.money(one.charged_back))
    if not back:
        return
    legs = [credit(books.revenue(one.currency), back)]
    payments.return_loss(chargeback_id=event.chargeback_id, legs=legs, amount=back, part=f"period:{one.pk}")
    Period.objects.filter(pk=one.pk).update(charged_back=F("charged_back") - back.amount)
    tell(actors.SYSTEM, row, "restore", PlanRestored, period_id=one.pk, amount=back)


def _refund(row: Subscription, one: Period, amount: Money, *, actor: Actor, reason: str) -> None:
    assert one.payment_id is not None, "what was paid has a payment"
    room = {"pk": one.pk, "refunded": one.refunded, "charged_back": one.charged_back}
    if not update_where(Period, room, refunded=one.refunded + amount.amount):
        raise NothingToRefund("Somebody was faster. Look again.")
    payments.refund_payment(
        actor=actor,
        payment_id=one.payment_id,
        amount=amount,
        reason=reason,
        funded_by=[debit(books.revenue(one.currency), amount)],
    )
    tell(actor, row, "refund", PlanRefunded, period_id=one.pk, amount=amount, reason=reason)
