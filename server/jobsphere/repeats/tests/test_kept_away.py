"""What staff or the two themselves decide between two dates of a series: no new deal comes of it, and no charge."""

from datetime import timedelta

import pytest

from jobsphere.contracts.models import Contract
from jobsphere.db.transactions import edge_transaction
from jobsphere.moderation import services as moderation
from jobsphere.moderation.tests.conftest import decided as decided
from jobsphere.moderation.tests.conftest import mo as mo
from jobsphere.moderation.tests.conftest import notes as notes
from jobsphere.moderation.types import RestrictedAct
from jobsphere.payments.models import Payment
from jobsphere.repeats.models import Occurrence
from jobsphere.repeats.tests.test_repeats import due, told
from tests.stories.people import books


def nothing_new(before: dict[str, int]) -> None:
    """The next date is left out, nothing was taken for it, and what ran goes on."""
    one = Occurrence.objects.latest("number")
    assert (one.status, one.contract_id) == ("skipped", None)
    assert Contract.objects.get().status == "active"
    assert Payment.objects.filter(captured_amount__gt=0).count() == 1
    assert books() == before


@pytest.mark.parametrize("blocker", ["customer", "contractor"])
def test_a_block_between_two_dates_lets_the_next_one_go(series, casey, pat, tick, blocker):
    repeat = series()
    before = books()
    one, other = (casey, pat) if blocker == "customer" else (pat, casey)
    with edge_transaction():
        moderation.block_person(actor=one, person_id=other.known_id())
    tick(until=due(repeat))
    nothing_new(before)
    assert {"booking.updated/repeat_skipped"} <= told(casey) & told(pat)


def test_who_may_not_take_work_is_given_none_until_they_may_again(series, casey, pat, tick, decided):
    repeat = series()
    before = books()
    decided("restrict", acts=frozenset({RestrictedAct.PROPOSING}), days=8)
    tick(until=due(repeat))
    nothing_new(before)
    tick(timedelta(days=8))
    assert Occurrence.objects.latest("number").status == "made"
    assert Contract.objects.filter(status="active").count() == 2
