"""Running a look at the gateway right after the commit, with the queue behind it in case that fails."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from jobsphere.kit import clock
from jobsphere.outbox import services as outbox
from jobsphere.payments.rules import QUEUE_BEHIND


def soon(look: Callable[[str], None], subject_id: UUID) -> None:
    """Look after the commit, so that a person sees the result in the same request, and once more from the queue."""
    outbox.enqueue(look, subject_id, run_after=clock.now() + QUEUE_BEHIND)
    transaction.on_commit(lambda: look(str(subject_id)), robust=True)
