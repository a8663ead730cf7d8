"""A period is paid once: by the card that is kept, while its owner is away or there, or not at all (ADR 0035).

Each try is a payment of its own, and the next one begins only when the last one is known to have failed. What is taken
for a period that was given up meanwhile is applied to nothing, so payments refunds it by itself.
"""

from datetime import datetime
from uuid import UUID

from jobsphere.db.composed import get
from jobsphere.db.transactions import edge_transaction, require_transaction
from jobsphere.kit import actor as actors
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict
from jobsphere.kit.money import Money
from jobsphere.outbox import services as outbox
from jobsphere.outbox.subscriptions import job
from jobsphere.payments import selectors as payments_read
from jobsphere.payments import services as payments
from jobsphere.payments.events import PaymentCaptured, PaymentEvent
from jobsphere.payments.types import PaymentDetail
from jobsphere.plans import books
from jobsphere.plans.events import PlanEnded, PlanLapsed, PlanNeedsOwner, PlanPaid, PlanRefused
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.rules.dates import BillingCycle, begins
from jobsphere.plans.rules.lifecycle import (
    HOLDING,
    MOST_TRIES,
    OPEN,
    OWNER,
    RENEW_BEFORE,
    SYSTEM,
    TRY_AGAIN_AFTER,
    PeriodKind,
    PeriodStatus,
    SubscriptionStatus,
)
from jobsphere.plans.selectors.versions import version_at
from jobsphere.plans.services.turns import name_of, take_period_step, take_step, tell, wait_for

PURPOSE = "plan"
#: What a bank says that wants to see its customer (payments.DeclineCode).
ASKS = "authentication_failed"
NO_CARD, UNPAID, CANCELLED = "no-card", "unpaid", "cancelled"


def renew(*, subscription_id: UUID) -> bool:
    """Ask for the next period, or end what was cancelled; False when neither is due.

    Two workers at once: the second waits for the first one's turn and finds nothing due any more; the database knows a
    period of a subscription once in any case.
    """
    row = wait_for(subscription_id)
    now = clock.now()
    if row.status != SubscriptionStatus.ACTIVE or row.next_at is None or row.next_at > now:
        return False
    if open_period(row):
        return False
    if row.cancels_at_end:
        take_step(row, "end", SYSTEM, closed_at=now, reason=CANCELLED)
        tell(actors.SYSTEM, row, "end", PlanEnded, reason=CANCELLED)
        return True
    charge(row, _write_renewal(row, now), actor=actors.SYSTEM, away=True)
    return True


def try_again(*, period_id: UUID) -> bool:
    """Ask the card once more, when it is time; False when it is not, or somebody was faster."""
    row, one = both(period_id)
    if one.status != PeriodStatus.FAILED or one.next_try_at is None or one.next_try_at > clock.now():
        return False
    charge(row, one, actor=actors.SYSTEM, away=True)
    return True


def charge(
    row: Subscription, one: Period, *, actor: Actor, away: bool, method: str = "", gateway: str = ""
) -> UUID | None:
    """Begin a payment of a period, inside its subscription's turn; None where there is no card to ask.

    `method` names a card, kept or not; by default the one that is kept for the plan.
    """
    kept = None if method else payments_read.usual_method(row.owner_id, row.method_id)
    if not method and kept is None:
        _need_owner(row, one, NO_CARD)
        return None
    payment = payments.start_payment(
        actor=actor,
        payer_id=row.owner_id,
        amount=one.money(one.amount),
        purpose_type=PURPOSE,
        purpose_id=one.pk,
        payment_method=method or str(kept.id if kept else ""),
        gateway=gateway or None,
        capture="automatic",
        description=name_of(one.version.plan),
        off_session=away,
    )
    party = SYSTEM if away else OWNER
    take_period_step(one, "charge", party, payment_id=payment.id, tries=one.tries + 1, next_try_at=None, reason="")
    return payment.id


def note_capture(event: PaymentCaptured) -> None:
    """A period is paid: its tier holds. What was given up meanwhile is not applied, and so goes back by itself."""
    row, one = both(event.purpose_id)
    if one.payment_id != event.payment_id or one.status != PeriodStatus.CHARGING:
        return
    transfer = books.book_paid(payments_read.payment_view(event.payment_id))
    payments.mark_applied(payment_id=event.payment_id, transfer_id=transfer.id)
    payments.mark_released(payment_id=event.payment_id, payout=Money.zero(one.currency), complete=True)
    take_period_step(one, "pay", SYSTEM, paid_at=clock.now(), next_try_at=None)
    _go_on(row, one)
    tell(
        actors.SYSTEM,
        row,
        "pay",
        PlanPaid,
        period_id=one.pk,
        payment_id=event.payment_id,
        kind=one.kind,
        amount=event.amount,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
    )


def note_failure(event: PaymentEvent, *, code: str) -> None:
    """The card was refused: asked again tomorrow, three times in all; what only the owner can do is theirs at once."""
    row, one = both(event.purpose_id)
    if one.payment_id != event.payment_id or one.status != PeriodStatus.CHARGING:
        return
    if one.kind != PeriodKind.RENEWAL or code == ASKS or one.tries >= MOST_TRIES:
        _need_owner(row, one, code)
        return
    again_at = clock.now() + TRY_AGAIN_AFTER
    take_period_step(one, "refuse", SYSTEM, next_try_at=again_at, reason=code[:64])
    take_step(row, "fail", SYSTEM)
    tell(
        actors.SYSTEM,
        row,
        "refuse",
        PlanRefused,
        period_id=one.pk,
        amount=one.money(one.amount),
        reason=code,
        again_at=again_at,
    )


def give_up(*, period_id: UUID) -> bool:
    """End what nobody has paid in time; False when it is not time, or nobody knows yet whether it was paid."""
    row, one = both(period_id)
    if one.status not in OPEN or one.give_up_at > clock.now() or _is_unknown(one):
        return False
    drop(one, SYSTEM, reason=UNPAID)
    if one.kind == PeriodKind.FIRST:
        take_step(row, "end", SYSTEM, closed_at=clock.now(), reason=UNPAID)
        tell(actors.SYSTEM, row, "end", PlanEnded, reason=UNPAID)
    elif one.kind == PeriodKind.RENEWAL:
        take_step(row, "lapse", SYSTEM, closed_at=clock.now(), reason=UNPAID)
        tell(actors.SYSTEM, row, "lapse", PlanLapsed)
    return True


def drop(one: Period, party: str, *, reason: str) -> None:
    """Give an open period up, inside its subscription's turn; a payment under way is voided, or refunded later."""
    was = one.status
    take_period_step(one, "give_up", party, reason=reason)
    if one.payment_id and was == PeriodStatus.CHARGING:
        outbox.enqueue(void_unwanted, one.payment_id)


@job(name="plans.void_unwanted")
def void_unwanted(payment_id: str) -> None:
    """Give up a payment whose period was given up; one that was taken meanwhile is refunded by itself."""
    try:
        with edge_transaction():
            payments.void_payment(actor=actors.SYSTEM, payment_id=UUID(payment_id), reason=UNPAID)
    except Conflict:
        return


def both(period_id: UUID) -> tuple[Subscription, Period]:
    """Take the turn of a period's subscription and return both as they are now."""
    require_transaction()
    row = wait_for(Period.objects.values_list("subscription_id", flat=True).get(pk=period_id))
    return row, get(Period, "version__plan", pk=period_id)


def open_period(row: Subscription) -> Period | None:
    """Return the period that is not paid and not given up, if there is one."""
    return row.periods.select_related("version__plan").filter(status__in=OPEN).first()


def next_number(row: Subscription) -> int:
    """Return the number of the period that is written next."""
    last = row.periods.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def due_at(ends_at: datetime, *, free: bool = False) -> datetime:
    """Return when the next period is asked for: a trial costs nothing before it is over."""
    return ends_at if free else ends_at - RENEW_BEFORE


def _write_renewal(row: Subscription, now: datetime) -> Period:
    """Write the next period at its version of that day; time that passed while nothing ran costs nobody anything."""
    assert row.ends_at is not None, "an active subscription has an end"
    plan = row.next_plan or row.plan
    every = BillingCycle(plan.every)
    is_late = row.ends_at + RENEW_BEFORE < now
    if is_late or every != row.plan.every:
        starts_at = now if is_late else row.ends_at
        ends_at = begins(starts_at, every, 1)
    else:
        starts_at, ends_at = (begins(row.first_at, every, row.counted + each) for each in (0, 1))
    version = version_at(plan, starts_at)
    return Period.objects.create(
        subscription=row,
        number=next_number(row),
        version=version,
        kind=PeriodKind.RENEWAL,
        starts_at=starts_at,
        ends_at=ends_at,
        currency=plan.currency,
        price=version.price,
        amount=version.price,
        give_up_at=max(row.ends_at, now + RENEW_BEFORE),
    )


def _go_on(row: Subscription, one: Period) -> None:
    """Let the subscription be what its newest paid period says."""
    plan = one.version.plan
    follows = one.kind == PeriodKind.RENEWAL and plan.every == row.plan.every
    if follows and begins(row.first_at, BillingCycle(plan.every), row.counted) == one.starts_at:
        first_at, counted = row.first_at, row.counted + 1
    else:
        first_at, counted = one.starts_at, 1
    if one.kind == PeriodKind.UPGRADE:
        _cut_others(row, one)
    take_step(
        row,
        "start" if one.kind == PeriodKind.FIRST else "renew",
        SYSTEM,
        plan=plan,
        next_plan=None,
        first_at=first_at,
        counted=counted,
        ends_at=one.ends_at,
        next_at=due_at(one.ends_at),
        cancels_at_end=False,
    )


def _cut_others(row: Subscription, one: Period) -> None:
    """What was unused of the periods before is in the credit of this one, so they hold no longer."""
    others = row.periods.filter(status__in=HOLDING, cut_at=None, ends_at__gt=one.starts_at).exclude(pk=one.pk)
    for each in others:
        Period.objects.filter(pk=each.pk).update(cut_at=max(each.starts_at, one.starts_at))


def _need_owner(row: Subscription, one: Period, reason: str) -> None:
    if one.status != PeriodStatus.NEEDS_OWNER:
        take_period_step(one, "need_owner", SYSTEM, next_try_at=None, reason=reason[:64])
    else:
        Period.objects.filter(pk=one.pk).update(reason=reason[:64])
    is_renewal = one.kind == PeriodKind.RENEWAL
    if is_renewal:
        take_step(row, "fail", SYSTEM)
    tell(
        actors.SYSTEM,
        row,
        "need_owner",
        PlanNeedsOwner,
        period_id=one.pk,
        amount=one.money(one.amount),
        reason=reason,
        pay_until=one.give_up_at,
        renewal=is_renewal,
    )


def _is_unknown(one: Period) -> bool:
    """Say whether a payment is under way that is known to wait for nobody: then nothing is concluded."""
    if one.status != PeriodStatus.CHARGING or one.payment_id is None:
        return False
    return payments_read.payment_view(one.payment_id).detail != PaymentDetail.ACTION_REQUIRED
