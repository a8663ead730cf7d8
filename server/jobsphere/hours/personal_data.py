"""What hours hold about a person. Deals and weeks stay with their contracts; words lose the person, timers go."""

from django.db.models import Q

from jobsphere.hours.models import HourlyDeal, Timer, Week
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return deals by the hour and their weeks."""
    mine = HourlyDeal.objects.filter(_party(subject))
    terms = ("rate_amount", "currency", "weekly_cap", "time_zone", "weeks", "ended_at", "end_reason", "created_at")
    figures = ("starts_on", "minutes", "billed_minutes", "amount", "disputed_minutes", "dispute_reason")
    return {
        "hourly_deals": table(mine, "id", "status", "title", *terms),
        "weeks": table(Week.objects.filter(deal__in=mine), "deal_id", "status", *figures),
        "timer": table(Timer.objects.filter(contractor_id=subject.id), "note", "started_at", "stops_at"),
    }


def erase(subject: Subject) -> None:
    """Take the person out of every free word; a timer that runs is deleted."""
    deals = HourlyDeal.objects.filter(_party(subject))
    scrub(deals, ("title", "end_reason"), subject)
    scrub(Week.objects.filter(deal__in=deals), ("dispute_reason",), subject)
    Timer.objects.filter(contractor_id=subject.id).delete()


def _party(subject: Subject) -> Q:
    return Q(customer_id=subject.id) | Q(contractor_id=subject.id)
