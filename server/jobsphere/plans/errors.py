"""What can stand in the way of a plan."""

from jobsphere.kit.errors import Conflict


class AlreadySubscribed(Conflict):
    """You have a plan of this kind already: change that one instead."""

    code = "already-subscribed"
    title = "You have a plan already"


class PlanChanged(Conflict):
    """The price is another one than was shown: look at the plans again."""

    code = "plan-changed"
    title = "The price has changed"


class PlanNotForYou(Conflict):
    """This plan is closed, or for others: look at the plans again."""

    code = "plan-not-for-you"
    title = "This plan cannot be chosen"


class PlanPaymentOpen(Conflict):
    """A payment of this plan is under way: finish it, or wait until it is known."""

    code = "plan-payment-open"
    title = "A payment is under way"


class PlanNeedsCard(Conflict):
    """A plan is renewed while you are away, so keep a card first."""

    code = "plan-needs-card"
    title = "Keep a card first"


class PriceTooSoon(Conflict):
    """Who has the plan is told of another price two weeks before it holds: choose a later day."""

    code = "price-too-soon"
    title = "This is too soon"


class NothingToRefund(Conflict):
    """Nothing, or less than that, of this period was paid and has not gone back already."""

    code = "nothing-to-refund"
    title = "There is nothing to give back"
