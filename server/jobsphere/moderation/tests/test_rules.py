"""What a verdict must say, how often one may report, and the middle of spans."""

from datetime import UTC, datetime, timedelta

import pytest

from jobsphere.kit.errors import InvalidInput, WrongStatus
from jobsphere.moderation import rules
from jobsphere.moderation.tests.conftest import verdict
from jobsphere.moderation.types import AppealStatus, CaseStatus, HouseRule, RestrictedAct, RestrictionStatus

NOW = datetime(2026, 11, 21, tzinfo=UTC)
MESSAGING = frozenset({RestrictedAct.MESSAGING})


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        (verdict("warn", rule=None), "/rule"),
        (verdict("dismiss", remove_content=True), "/remove_content"),
        (verdict("warn", unfounded=True), "/unfounded"),
        (verdict("restrict", acts=frozenset()), "/acts"),
        (verdict("suspend", acts=MESSAGING), "/acts"),
        (verdict("warn", days=3), "/days"),
        (verdict("suspend", days=0), "/days"),
        (verdict("restrict", days=rules.MAX_DAYS + 1), "/days"),
    ],
)
def test_a_verdict_that_lacks_something_names_it(given, pointer):
    with pytest.raises(InvalidInput) as refused:
        rules.check_verdict(given)
    assert [each.pointer for each in refused.value.errors] == [pointer]


@pytest.mark.parametrize("measure", ["dismiss", "remove", "warn", "restrict", "suspend"])
def test_each_measure_can_be_said_in_full(measure):
    rules.check_verdict(verdict(measure))


def test_unfounded_reports_pause_their_author_until_the_oldest_is_forgotten():
    at = [NOW - timedelta(days=day) for day in (1, 5, 20)]
    assert rules.paused_until(at[:2], NOW) is None
    assert rules.paused_until(at, NOW) == at[2] + rules.UNFOUNDED_PERIOD
    assert rules.paused_until(at, NOW + timedelta(days=11)) is None
    assert rules.paused_until([NOW, *at], NOW) == at[1] + rules.UNFOUNDED_PERIOD


def test_the_median_is_the_middle():
    hours = [timedelta(hours=each) for each in (9, 1, 4)]
    assert rules.median([]) is None
    assert rules.median(hours) == timedelta(hours=4)
    assert rules.median([*hours, timedelta(hours=6)]) == timedelta(hours=5)


def test_what_is_decided_stays_decided():
    assert rules.CASE.final() == {CaseStatus.DECIDED}
    assert rules.APPEAL.final() == {AppealStatus.UPHELD, AppealStatus.OVERTURNED}
    assert rules.RESTRICTION.final() == {RestrictionStatus.EXPIRED, RestrictionStatus.LIFTED}
    with pytest.raises(WrongStatus):
        rules.CASE.next(CaseStatus.OPEN, "decide")


def test_every_rule_of_the_house_has_words():
    assert set(rules.HOUSE_RULES) == set(HouseRule)
    assert all(each.title and each.text for each in rules.HOUSE_RULES.values())
