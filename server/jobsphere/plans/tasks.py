"""What runs by the clock. Each in a transaction of its own, so one fault stops no other."""

from datetime import timedelta

from jobsphere.outbox.rounds import one_by_one
from jobsphere.outbox.subscriptions import periodic
from jobsphere.plans import selectors, services

ROUND = 500


@periodic(every=timedelta(minutes=15))
def renew_plans() -> None:
    """Ask for what is due of every plan, ask refused cards again, end what was cancelled or is not paid."""
    one_by_one(selectors.to_renew(ROUND), lambda each: services.renew(subscription_id=each))
    one_by_one(selectors.to_try(ROUND), lambda each: services.try_again(period_id=each))
    one_by_one(selectors.to_give_up(ROUND), lambda each: services.give_up(period_id=each))


@periodic(every=timedelta(days=1))
def judge_people() -> None:
    """Look at everybody's last twelve months: months pass without anything happening."""
    one_by_one(selectors.people_to_judge(), services.judge_person)
