"""What the worker does for streams: forget."""

from datetime import timedelta

from django.db.models import OuterRef, Subquery

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.outbox.subscriptions import periodic
from jobsphere.realtime.models import Frame, Stream
from jobsphere.realtime.rules import KEEP, KEEP_FRAMES


@periodic(every=timedelta(minutes=15))
def prune() -> None:
    """Delete frames that are too old, or too many for one person; who was away for longer asks for everything."""
    allowed = Subquery(Stream.objects.filter(pk=OuterRef("user_id")).values("last_seq")[:1]) - KEEP_FRAMES
    with edge_transaction():
        Frame.objects.filter(created_at__lt=clock.now() - KEEP).delete()
    with edge_transaction():
        Frame.objects.filter(seq__lte=allowed).delete()
