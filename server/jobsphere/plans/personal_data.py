"""What plans hold about a person. What was paid stays with the books; nothing is charged any more when they leave."""

from jobsphere.kit import clock
from jobsphere.plans.models import Period, Standing, Subscription
from jobsphere.plans.rules.lifecycle import LIVE, OPEN, PeriodStatus, SubscriptionStatus
from jobsphere.users.personal_data import Data, Subject, table


def export(subject: Subject) -> Data:
    """Return the plans of a person, what they paid, and where they stand."""
    plans = Subscription.objects.filter(owner_id=subject.id)
    paid = ("subscription_id", "number", "kind", "status", "starts_at", "ends_at", "currency", "price", "credit")
    return {
        "plans": table(plans, "id", "audience", "status", "ends_at", "cancels_at_end", "reason", "created_at"),
        "plan_periods": table(Period.objects.filter(subscription__in=plans), *paid, "amount", "refunded", "paid_at"),
        "standings": table(Standing.objects.filter(owner_id=subject.id), "audience", "since", "leaves_at"),
    }


def erase(subject: Subject) -> None:
    """End what still goes on; what is taken all the same is applied to nothing, and so goes back."""
    plans = Subscription.objects.filter(owner_id=subject.id)
    Period.objects.filter(subscription__in=plans, status__in=OPEN).update(status=PeriodStatus.VOID, reason="left")
    plans.filter(status__in=LIVE).update(status=SubscriptionStatus.ENDED, closed_at=clock.now(), reason="left")
    Standing.objects.filter(owner_id=subject.id).delete()
