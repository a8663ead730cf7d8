"""The limits of attempts and letters, over any history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobsphere.users import rules
from jobsphere.users.rules import Limit, letter_wait
from jobsphere.users.services.attempts import network_of

LIMITS = [
    *rules.KNOWN_DEVICE,
    *rules.UNKNOWN_PAIR,
    *rules.UNKNOWN_ACCOUNT,
    *rules.ADDRESS,
    *rules.SECOND_FACTOR_KNOWN,
    *rules.SECOND_FACTOR_UNKNOWN,
    *rules.REAUTHENTICATION,
]
#: A busy machine is no fault of the rules.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@patient
@given(st.sampled_from(LIMITS), st.lists(st.integers(0, 7200), max_size=60))
def test_no_history_of_attempts_gets_more_than_its_limit_in_a_period(limit: Limit, gaps: list[int]):
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    used, began_at, taken = 0, moment - limit.period, []
    for gap in gaps:
        moment += timedelta(seconds=gap)
        count = limit.count(used, began_at, moment)
        if count is None:
            assert limit.free_at(began_at) > moment  # whoever is refused is told when to come back
            continue
        began_at = moment if count == 1 else began_at
        used = count
        taken.append((began_at, moment))
    for began in {began for began, _ in taken}:
        within = [at for start, at in taken if start == began]
        assert len(within) <= limit.allowed
        assert max(within) < began + limit.period


@patient
@given(st.sampled_from(LIMITS))
def test_a_limit_ends_exactly_when_it_said(limit: Limit):
    began = datetime(2026, 11, 21, tzinfo=UTC)
    ends = limit.free_at(began)
    assert limit.count(limit.allowed, began, ends - timedelta(microseconds=1)) is None
    assert limit.count(limit.allowed, began, ends) == 1


@patient
@given(st.lists(st.integers(0, 600), max_size=60))
def test_however_patiently_one_asks_no_more_letters_go_out_than_promised(gaps: list[int]):
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    sent: list[datetime] = []
    for gap in gaps:
        moment += timedelta(seconds=gap)
        lately = [at for at in reversed(sent) if at > moment - rules.LETTERS_PERIOD]
        if not letter_wait(lately, moment):
            sent.append(moment)
    for at in sent:
        assert sum(at <= each < at + rules.LETTERS_PERIOD for each in sent) <= rules.LETTERS_PER_ASKER


@pytest.mark.parametrize(
    "address,network",
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_household_counts_as_one(address, network):
    assert network_of(address) == network
