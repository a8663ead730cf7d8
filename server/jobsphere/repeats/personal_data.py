"""What series hold about a person. They stay with the contracts they made, and end when one of the two leaves."""

from django.db.models import Q, QuerySet

from jobsphere.kit import clock
from jobsphere.repeats.models import Repeat
from jobsphere.repeats.rules.lifecycle import LIVE, RepeatStatus
from jobsphere.users.personal_data import Data, Subject, scrub, table


def export(subject: Subject) -> Data:
    """Return the series of a person."""
    columns = ("id", "status", "title", "every", "first_day", "time_zone", "amount", "currency", "reason", "created_at")
    return {"repeats": table(_mine(subject), *columns)}


def erase(subject: Subject) -> None:
    """End what still goes on, and take the person out of every free word."""
    mine = _mine(subject)
    mine.filter(status__in=LIVE).update(status=RepeatStatus.ENDED, closed_at=clock.now())
    scrub(mine, ("title", "reason"), subject)


def _mine(subject: Subject) -> "QuerySet[Repeat]":
    return Repeat.objects.filter(Q(customer_id=subject.id) | Q(contractor_id=subject.id))
