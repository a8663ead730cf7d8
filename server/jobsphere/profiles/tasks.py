"""What happens to papers when nobody does anything: their owner is reminded, and one day they end."""

from datetime import timedelta

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.words import Phrase
from jobsphere.notifications.services import tell
from jobsphere.outbox.subscriptions import periodic
from jobsphere.profiles.models import Verification
from jobsphere.profiles.types import VerificationStatus
from jobsphere.profiles.verification import rules, services


@periodic(every=timedelta(hours=6))
def end_and_remind() -> None:
    """End papers whose last day is over; remind owners 30, 7 and 1 days before that. A transaction a paper."""
    today = clock.now().date()
    soon = today + timedelta(days=max(rules.REMINDERS))
    rows = Verification.objects.filter(status=VerificationStatus.APPROVED, expires_on__lte=soon)
    for row in rows.order_by("pk").iterator():
        with edge_transaction():
            if row.expires_on is not None and row.expires_on < today:
                services.lapse(row.id)
            else:
                _remind(row)


def _remind(row: Verification) -> None:
    assert row.expires_on is not None
    days = rules.reminder_due(row.expires_on, clock.now().date(), row.reminded_at_days)
    if days is None:
        return
    unchanged = {"pk": row.pk, "status": VerificationStatus.APPROVED, "expires_on": row.expires_on}
    if not update_where(Verification, unchanged, reminded_at_days=days):
        return
    tell(
        user_id=row.person_id,
        message="account.verification/ends",
        params={"kind": Phrase(f"paper.{row.kind}"), "ends": row.expires_on},
        metadata={"verification_id": row.id},
        key=f"verification.reminder:{row.id}:{days}",
    )
