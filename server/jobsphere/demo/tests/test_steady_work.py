"""The stories of hours and of a plan: what `make run` shows of them, told through the real verbs in seconds."""

from datetime import timedelta
from typing import Any

import pytest

from jobsphere.contracts import selectors as contracts
from jobsphere.demo import hours, subscriptions
from jobsphere.demo.city import housework
from jobsphere.demo.people import Citizen
from jobsphere.demo.timeline import Timeline
from jobsphere.demo.trades import TRADES
from jobsphere.hours.models import HourlyDeal, Week
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.plans.models import Period, Subscription
from tests.marketplace import make_profile
from tests.stories.people import books

PLACE = ("Kenton, Portland", 45.5830, -122.6870)


@pytest.mark.parametrize(("weekday", "hour"), [(0, 9), (6, 20)])
def test_hours_and_a_plan_stand_as_the_city_shows_them(
    transactional_db: None, sandbox: Any, taxonomy: None, casey: Actor, sam: Actor, ada: Actor, weekday: int, hour: int
) -> None:
    """Whatever the day of the week on which somebody starts it."""
    today = clock.now().astimezone(hours.ZONE).replace(hour=hour)
    now = today + timedelta(days=(weekday - today.weekday()) % 7)
    clock.set_offset(now - clock.machine_now())
    make_profile(sam, categories=(TRADES[2].category,), skills=(TRADES[2].tasks[0].skill,))
    customer, contractor = Citizen(casey, PLACE), Citizen(sam, PLACE, TRADES[2])
    timeline = Timeline(housework=housework)
    for begins, story in (hours.story(now, customer, contractor), subscriptions.story(now, ada, contractor)):
        timeline.add(begins, story)
    timeline.play(now, lambda share: None)
    weeks = {week.number: week for week in Week.objects.all()}
    assert HourlyDeal.objects.get().status == "running"
    assert set(weeks) == set(range(1, hours.WEEKS + 3))
    assert [weeks[number].status for number in (1, 2, 3)] == ["closed"] * 3
    assert (weeks[3].disputed_amount, weeks[3].disputed_minutes) == (137_50, 150)
    contract_id, doubted = weeks[1].deal.contract_id, weeks[3].disputed_milestone_id
    assert contract_id
    assert doubted
    shown = {each.id: each for each in contracts.contract(casey, contract_id).milestones}
    assert [shown[weeks[number].milestone_id].status for number in (1, 2, 3)] == ["released"] * 3
    assert shown[doubted].status == "submitted", "nobody has answered"
    assert (Subscription.objects.get().status, Period.objects.filter(status="paid").count()) == ("active", 2)
    books()
