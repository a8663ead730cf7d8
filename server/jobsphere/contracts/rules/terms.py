"""What an offer may say: milestones that add up, a slot in the future, an expiry; and timers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.money import Money, total

DEFAULT_EXPIRY = timedelta(days=3)
SHORTEST_EXPIRY = timedelta(hours=1)
#: An authorisation may lapse after 4 d 18 h (DESIGN §4, pitfalls), so no offer lives longer than this.
LONGEST_EXPIRY = timedelta(days=4)
#: How long before the authorisation ends the offer must have expired: time to capture, with retries.
AUTHORIZATION_MARGIN = timedelta(hours=12)
MAX_MILESTONES = 50
LONGEST_SLOT = timedelta(days=31)
MAX_LOGGED_MINUTES = 24 * 60


#: What the part is called that a deposit pays for.
DEPOSIT = "Deposit"


class FundingShape(StrEnum):
    """When the customer pays what was agreed; pinned on the offer (ADR 0030)."""

    #: All of it when the offer is accepted.
    UPFRONT = "upfront"
    #: The first milestone when the offer is accepted, each other one before its work starts.
    BY_MILESTONE = "by_milestone"
    #: A deposit when the offer is accepted, the balance before the work that it covers starts.
    DEPOSIT = "deposit"
    #: By the hour: each week at its cap, before it starts; the clock makes the weeks (ADR 0033, the hours app).
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Funding:
    """How an offer is paid; `deposit` and `balance_due_on` belong to the shape of that name."""

    shape: FundingShape = FundingShape.UPFRONT
    deposit: Money | None = None
    #: By when the customer is asked to have paid the balance in; None: before its work starts.
    balance_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class MilestoneTerms:
    """One milestone as the customer writes it."""

    title: str
    amount: Money
    description: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """When a booking takes place."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What the customer offers, besides to whom and on what job."""

    amount: Money
    milestones: tuple[MilestoneTerms, ...] = field(default=())
    message: str = ""
    expires_at: datetime | None = None
    slot: Slot | None = None
    funding: Funding = Funding()
    #: The most that the contractor may claim as expenses, on top of the amount; None: nothing, until both agree on it.
    expense_cap: Money | None = None


def problems_of(terms: OfferTerms, *, now: datetime) -> list[FieldError]:
    """Return what is wrong with the terms, with pointers into the body of the offer; empty when they are sound."""
    if problems := _funding_problems(terms, today=now.date()):
        return problems
    planned, what = (terms.amount, "the offer") if terms.funding.deposit is None else balance_of(terms)
    return [
        *_milestone_problems(planned, terms.milestones, what),
        *_expiry_problems(terms.expires_at, now),
        *_slot_problems(terms.slot, now),
        *_cap_problems(terms),
    ]


def _funding_problems(terms: OfferTerms, *, today: date) -> list[FieldError]:
    how, amount = terms.funding, terms.amount
    is_deposit = how.shape is FundingShape.DEPOSIT
    if how.shape is FundingShape.BY_MILESTONE and len(terms.milestones) < 2:
        text = "To pay milestone by milestone, plan at least two milestones."
        return [FieldError("/milestones", "too-few", text)]
    if not is_deposit and (how.deposit is not None or how.balance_due_on is not None):
        pointer = "/deposit" if how.deposit is not None else "/balance_due_on"
        return [FieldError(pointer, "not-a-deposit", "This belongs to the funding 'deposit' alone.")]
    if not is_deposit:
        return []
    if how.deposit is None:
        return [FieldError("/deposit", "required", "Say how large the deposit is.")]
    if how.deposit.currency != amount.currency:
        return [FieldError("/deposit/currency", "currency", f"Use the currency of the offer, {amount.currency}.")]
    if not 0 < how.deposit.amount < amount.amount:
        return [FieldError("/deposit", "out-of-range", f"A deposit is more than nothing and less than {amount}.")]
    if how.balance_due_on is not None and how.balance_due_on < today:
        return [FieldError("/balance_due_on", "past", "The balance is due today or later.")]
    return []


def balance_of(terms: OfferTerms) -> tuple[Money, str]:
    """Return what is paid after the deposit, and what it is called."""
    assert terms.funding.deposit is not None, "only a deposit leaves a balance"
    balance = terms.amount - terms.funding.deposit
    return balance, "the balance after the deposit"


def _milestone_problems(amount: Money, milestones: Sequence[MilestoneTerms], what: str) -> list[FieldError]:
    if len(milestones) > MAX_MILESTONES:
        return [FieldError("/milestones", "too-many", f"At most {MAX_MILESTONES} milestones.")]
    foreign = [
        FieldError(f"/milestones/{index}/amount", "currency", f"Use the currency of the offer, {amount.currency}.")
        for index, each in enumerate(milestones)
        if each.amount.currency != amount.currency
    ]
    if foreign or not milestones:
        return foreign
    if (planned := total((each.amount for each in milestones), amount.currency)) != amount:
        text = f"The milestones add up to {planned}, {what} is {amount}. They must be the same."
        return [FieldError("/milestones", "sum", text)]
    return []


def _expiry_problems(expires_at: datetime | None, now: datetime) -> list[FieldError]:
    if expires_at is None:
        return []
    if expires_at < now + SHORTEST_EXPIRY:
        return [FieldError("/expires_at", "too-early", "Give the contractor at least an hour to answer.")]
    if expires_at > now + LONGEST_EXPIRY:
        days = LONGEST_EXPIRY.days
        text = f"A card keeps the money reserved for only a few days: at most {days} days from now."
        return [FieldError("/expires_at", "too-late", text)]
    return []


def _slot_problems(slot: Slot | None, now: datetime) -> list[FieldError]:
    if slot is None:
        return []
    if slot.starts_at <= now:
        return [FieldError("/starts_at", "past", "A booking starts in the future.")]
    if slot.ends_at <= slot.starts_at:
        return [FieldError("/ends_at", "order", "A booking ends after it starts.")]
    if slot.ends_at - slot.starts_at > LONGEST_SLOT:
        return [FieldError("/ends_at", "too-long", f"A booking lasts at most {LONGEST_SLOT.days} days.")]
    return []


def _cap_problems(terms: OfferTerms) -> list[FieldError]:
    cap, currency = terms.expense_cap, terms.amount.currency
    if cap is None or cap.currency == currency:
        return []
    return [FieldError("/expense_cap/currency", "currency", f"Use the currency of the offer, {currency}.")]


def milestones_of(terms: OfferTerms, *, title: str) -> tuple[MilestoneTerms, ...]:
    """Return the milestones; a plain job is one (C25) with the job's title. A deposit is the first of them."""
    if terms.funding.deposit is None:
        return terms.milestones or (MilestoneTerms(title=title, amount=terms.amount),)
    deposit = MilestoneTerms(title=DEPOSIT, amount=terms.funding.deposit)
    balance, _ = balance_of(terms)
    return (deposit, *(terms.milestones or (MilestoneTerms(title=title, amount=balance),)))


def due_now(terms: OfferTerms, *, title: str) -> Money:
    """Return what is reserved with the offer and taken when it is accepted."""
    if terms.funding.shape is FundingShape.UPFRONT:
        return terms.amount
    return milestones_of(terms, title=title)[0].amount


def expiry_of(terms: OfferTerms, *, now: datetime) -> datetime:
    """Return when the offer expires: as asked, else after the default; a booking no later than it starts."""
    wanted = terms.expires_at or now + DEFAULT_EXPIRY
    return min(wanted, terms.slot.starts_at) if terms.slot else wanted


def expiry_under_authorization(expires_at: datetime, authorized_until: datetime | None) -> datetime:
    """Return the expiry moved forward, if need be, so that the offer ends before its authorisation does."""
    return min(expires_at, authorized_until - AUTHORIZATION_MARGIN) if authorized_until else expires_at


def reminders_due(submitted_at: datetime, release_at: datetime, *, now: datetime) -> int:
    """Return how many of the two reminders of an automatic release are due by now: at half time, a day before."""
    half = submitted_at + (release_at - submitted_at) / 2
    moments = {half, max(half, release_at - timedelta(days=1))}
    return sum(moment <= now for moment in moments)


def minutes_of(started_at: datetime | None, ended_at: datetime | None, minutes: int | None, *, now: datetime) -> int:
    """Return how long somebody worked, from a start and an end, or as said; at least one minute, at most a day.

    Raises InvalidInput, which names the field, for neither, both, the future, or a wrong order.
    """
    if (ended_at is None) == (minutes is None):
        raise InvalidInput.at("/minutes", "required", "Give minutes, or a start and an end.")
    if minutes is not None:
        worked = minutes
    else:
        assert ended_at is not None, "one of the two is given"
        if started_at is None:
            raise InvalidInput.at("/started_at", "required", "Give a start with the end.")
        if ended_at <= started_at:
            raise InvalidInput.at("/ended_at", "order", "The end is after the start.")
        worked = -(-(ended_at - started_at) // timedelta(minutes=1))
    latest = ended_at or started_at
    if latest and latest > now:
        raise InvalidInput.at("/ended_at" if ended_at else "/started_at", "future", "Log time that has passed.")
    if not 1 <= worked <= MAX_LOGGED_MINUTES:
        raise InvalidInput.at("/minutes", "out-of-range", f"One entry has 1 to {MAX_LOGGED_MINUTES} minutes.")
    return worked
