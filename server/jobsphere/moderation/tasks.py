"""What happens when nobody does anything: restrictions end, staff are reminded, evidence is thrown away."""

from datetime import timedelta

from django.conf import settings

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.moderation.handlers import alarm_of_overdue
from jobsphere.moderation.models import Appeal, Case, Decision, Report, Restriction
from jobsphere.moderation.services import expire_restriction
from jobsphere.moderation.types import AppealStatus, CaseStatus, RestrictionStatus
from jobsphere.outbox.subscriptions import periodic


@periodic(every=timedelta(minutes=5))
def end_restrictions() -> None:
    """End restrictions whose time is over, each in a transaction of its own."""
    due = Restriction.objects.filter(status=RestrictionStatus.ACTIVE, until__lte=clock.now())
    for restriction_id in list(due.order_by("until").values_list("pk", flat=True)):
        with edge_transaction():
            expire_restriction(restriction_id)


@periodic(every=timedelta(hours=1))
def remind_of_the_overdue() -> None:
    """Tell staff, once for each, of reports and appeals that wait for longer than was promised."""
    late = {"alarmed_at": None, "answer_by__lte": clock.now()}
    cases = Case.objects.filter(status__in=[CaseStatus.OPEN, CaseStatus.CLAIMED], **late)
    appeals = Appeal.objects.filter(status=AppealStatus.OPEN, **late)
    for what, rows in (("cases", cases), ("appeals", appeals)):
        for row in rows.order_by("answer_by"):
            with edge_transaction():
                if update_where(type(row), {"pk": row.pk, "alarmed_at": None}, alarmed_at=clock.now()):
                    alarm_of_overdue(what, row.pk)


@periodic(every=timedelta(days=1))
def forget_old_evidence() -> None:
    """Empty the evidence of cases that were decided so long ago that nobody can appeal any more."""
    before = clock.now() - timedelta(days=max(settings.MODERATION_EVIDENCE_DAYS, settings.APPEAL_DAYS))
    with edge_transaction():
        old = Report.objects.filter(case__decided_at__lte=before).exclude(
            case__decision__appeal__status=AppealStatus.OPEN
        )
        Decision.objects.filter(case__reports__in=old).exclude(removed={}).update(removed={})
        Report.objects.filter(pk__in=old.values("pk")).exclude(snapshot={}).update(snapshot={}, words="")
