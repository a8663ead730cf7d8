"""What an offer may say, and the timers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobsphere.contracts.rules import terms as rules
from jobsphere.contracts.rules.terms import MilestoneTerms, OfferTerms, Slot
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def usd(amount: int) -> Money:
    return Money(amount, "USD")


def part(amount: Money, title: str = "Part") -> MilestoneTerms:
    return MilestoneTerms(title, amount, due_on=date(2026, 6, 1))


@pytest.mark.parametrize(
    "terms",
    [
        OfferTerms(usd(100)),
        OfferTerms(usd(100), (part(usd(40)), part(usd(60)))),
        OfferTerms(usd(100), expires_at=NOW + HOUR),
        OfferTerms(usd(100), expires_at=NOW + 4 * DAY),
        OfferTerms(usd(100), slot=Slot(NOW + HOUR, NOW + 2 * HOUR)),
        OfferTerms(usd(50), tuple(part(usd(1)) for _ in range(50))),
    ],
)
def test_sound_terms_have_no_problems(terms):
    assert rules.problems_of(terms, now=NOW) == []


@pytest.mark.parametrize(
    "terms, pointer, code",
    [
        (OfferTerms(usd(100), (part(usd(40)), part(usd(61)))), "/milestones", "sum"),
        (OfferTerms(usd(100), (part(usd(99)),)), "/milestones", "sum"),
        (OfferTerms(usd(100), (part(usd(40)), part(Money(60, "EUR")))), "/milestones/1/amount", "currency"),
        (OfferTerms(usd(51), tuple(part(usd(1)) for _ in range(51))), "/milestones", "too-many"),
        (OfferTerms(usd(100), expires_at=NOW + HOUR - timedelta(seconds=1)), "/expires_at", "too-early"),
        (OfferTerms(usd(100), expires_at=NOW - DAY), "/expires_at", "too-early"),
        (OfferTerms(usd(100), expires_at=NOW + 4 * DAY + timedelta(seconds=1)), "/expires_at", "too-late"),
        (OfferTerms(usd(100), slot=Slot(NOW, NOW + HOUR)), "/starts_at", "past"),
        (OfferTerms(usd(100), slot=Slot(NOW + HOUR, NOW + HOUR)), "/ends_at", "order"),
        (OfferTerms(usd(100), slot=Slot(NOW + HOUR, NOW + 32 * DAY)), "/ends_at", "too-long"),
    ],
)
def test_a_problem_names_the_field(terms, pointer, code):
    (problem,) = rules.problems_of(terms, now=NOW)
    assert (problem.pointer, problem.code) == (pointer, code)
    assert problem.detail


def test_a_plain_job_is_one_milestone():
    (only,) = rules.milestones_of(OfferTerms(usd(100)), title="Paint the fence")
    assert (only.title, only.amount) == ("Paint the fence", usd(100))


def test_an_offer_expires_after_three_days_or_as_asked_and_a_booking_before_it_starts():
    assert rules.expiry_of(OfferTerms(usd(1)), now=NOW) == NOW + 3 * DAY
    assert rules.expiry_of(OfferTerms(usd(1), expires_at=NOW + DAY), now=NOW) == NOW + DAY
    tomorrow = Slot(NOW + DAY, NOW + DAY + HOUR)
    assert rules.expiry_of(OfferTerms(usd(1), slot=tomorrow), now=NOW) == NOW + DAY
    far = Slot(NOW + 20 * DAY, NOW + 21 * DAY)
    assert rules.expiry_of(OfferTerms(usd(1), slot=far), now=NOW) == NOW + 3 * DAY


def test_an_offer_ends_half_a_day_before_its_authorisation():
    wanted = NOW + 4 * DAY
    assert rules.expiry_under_authorization(wanted, None) == wanted
    assert rules.expiry_under_authorization(wanted, NOW + 7 * DAY) == wanted
    assert rules.expiry_under_authorization(wanted, NOW + 4 * DAY) == NOW + timedelta(days=3, hours=12)


@pytest.mark.parametrize("days, due", [(0, 0), (3.4, 0), (3.5, 1), (5.9, 1), (6, 2), (6.9, 2)])
def test_a_release_after_a_week_has_reminders_at_half_time_and_a_day_before(days, due):
    assert rules.reminders_due(NOW, NOW + 7 * DAY, now=NOW + timedelta(days=days)) == due


@pytest.mark.parametrize("length, hours, due", [(2, 23, 0), (2, 24, 1), (2, 47, 1), (1, 11, 0), (1, 12, 1), (1, 23, 1)])
def test_a_short_time_has_one_reminder(length, hours, due):
    assert rules.reminders_due(NOW, NOW + length * DAY, now=NOW + hours * HOUR) == due


def test_time_is_logged_by_minutes_or_by_start_and_end():
    assert rules.minutes_of(None, None, 90, now=NOW) == 90
    assert rules.minutes_of(NOW - 2 * HOUR, NOW - HOUR, None, now=NOW) == 60
    assert rules.minutes_of(NOW - timedelta(seconds=61), NOW, None, now=NOW) == 2, "a begun minute counts"
    assert rules.minutes_of(NOW - 2 * HOUR, None, 30, now=NOW) == 30


@pytest.mark.parametrize(
    "started, ended, minutes, pointer",
    [
        (None, None, None, "/minutes"),
        (NOW - HOUR, NOW, 60, "/minutes"),
        (None, NOW, None, "/started_at"),
        (NOW, NOW - HOUR, None, "/ended_at"),
        (NOW, NOW, None, "/ended_at"),
        (NOW - HOUR, NOW + HOUR, None, "/ended_at"),
        (NOW + HOUR, None, 30, "/started_at"),
        (None, None, 0, "/minutes"),
        (None, None, -5, "/minutes"),
        (None, None, 24 * 60 + 1, "/minutes"),
        (NOW - 2 * DAY, NOW, None, "/minutes"),
    ],
)
def test_time_that_makes_no_sense_is_refused_with_its_field(started, ended, minutes, pointer):
    with pytest.raises(InvalidInput) as refusal:
        rules.minutes_of(started, ended, minutes, now=NOW)
    assert [error.pointer for error in refusal.value.errors] == [pointer]
