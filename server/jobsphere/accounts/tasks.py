"""What happens to accounts when nobody does anything: erasures that are due, exports and changes that are over."""

from datetime import timedelta

from jobsphere.accounts import cleaning
from jobsphere.accounts.models import Closure, DataExport, EmailChange
from jobsphere.accounts.services.closing import erase
from jobsphere.accounts.types import ChangeStatus, ClosureKind, ClosureStatus, ExportStatus
from jobsphere.db.guarded import move
from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs
from jobsphere.kit import clock
from jobsphere.outbox.subscriptions import periodic
from jobsphere.users.services.email_change import credential_now


@periodic(every=timedelta(hours=1))
def erase_what_is_due() -> None:
    """Erase accounts whose grace period is over, each in a transaction of its own; one that fails stops no other."""
    due = Closure.objects.filter(
        kind=ClosureKind.DELETION, status__in=[ClosureStatus.CLOSED, ClosureStatus.BLOCKED], until__lte=clock.now()
    )
    for closure_id in list(due.order_by("pk").values_list("pk", flat=True)):
        with edge_transaction():
            erase(closure_id)


@periodic(every=timedelta(hours=1))
def end_what_is_over() -> None:
    """Delete exports that nobody fetched in time, and end changes of address that were not finished."""
    for row in DataExport.objects.filter(status=ExportStatus.READY, expires_at__lte=clock.now()):
        with edge_transaction():
            over = move(DataExport, row.id, from_status=ExportStatus.READY, to_status=ExportStatus.EXPIRED, filename="")
        if over:
            blobs.discard(row.filename)
    for change in EmailChange.objects.filter(status=ChangeStatus.PENDING, expires_at__lte=credential_now()):
        with edge_transaction():
            move(EmailChange, change.id, from_status=ChangeStatus.PENDING, to_status=ChangeStatus.EXPIRED)


@periodic(every=timedelta(days=1))
def clean_up_nightly() -> None:
    """Remove what is too old to be kept, and keep a report of it; fails when a table could not be cleaned."""
    cleaning.clean_up(source="nightly")
