"""Runs one claimed task and notes how it ended: done, again later, or dead."""

from traceback import format_exception
from uuid import UUID

import structlog
from django.db.models import F

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.scrubbing import scrub_text
from jobsphere.outbox import delivery, queue
from jobsphere.outbox.errors import GiveUp, LeaseLost, NotYourTurn, Postpone, WorkerDied
from jobsphere.outbox.models import DeadLetter
from jobsphere.outbox.queue import Claim
from jobsphere.outbox.rules import backoff
from jobsphere.outbox.subscriptions import DEFAULT_RETRY, job_named, subscriber
from jobsphere.outbox.types import Retry
from jobsphere.watch import tracing
from jobsphere.watch.context import taken_up
from jobsphere.watch.metrics import TASK_SECONDS, timed

logger = structlog.get_logger("jobsphere.outbox")


def run(held: Claim) -> None:
    """Run the task and note its end. Raises only what the database raises while noting it."""
    # What a periodic task does is traced by the id of its run, as no request began it.
    ids = {"task_id": str(held.id), "handler": held.handler, "attempt": held.attempt}
    handler, parent = known_name(held), str(held.kwargs.get("traceparent") or "")
    with (
        taken_up(held.kwargs, request_id=held.id.hex, **ids),
        timed(TASK_SECONDS, handler, unless_told="lost") as timing,
        tracing.span(f"run {handler}", kind="CONSUMER", parent=parent, attempt=held.attempt) as span,
    ):
        timing.outcome = _run(held)
        tracing.note(span, failed=timing.outcome in ("retry", "dead"), outcome=timing.outcome)


def _run(held: Claim) -> str:
    """Return how it ended: done, later, lost, retry or dead."""
    try:
        _call(held)
    except NotYourTurn as pause:
        with edge_transaction():
            queue.postpone(held, after=pause.delay)
        with edge_transaction():
            delivery.look_again(held.handler, UUID(held.args[1]), held.id)
        return "later"
    except Postpone as pause:
        with edge_transaction():
            queue.postpone(held, after=pause.delay)
        return "later"
    except LeaseLost:
        logger.warning("task was taken over by another worker")
        return "lost"
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever a handler raises is noted, never lost
        note_failure(held, error)
        return "dead" if _was_last(held, error) else "retry"
    return "done"


def known_name(held: Claim) -> str:
    """Return the name of what is called, if the code knows it: metrics have a line for each."""
    try:
        return subscriber(held.handler).name if held.task_path == queue.DELIVER else job_named(held.handler).name
    except LookupError:
        return "(unknown)"


def _call(held: Claim) -> None:
    if held.task_path == queue.DELIVER:
        # The handler's writes and the completion of its task commit together, so no crash can repeat them.
        with edge_transaction():
            delivery.hand_over(held.args[0], UUID(held.args[1]))
            _done(held)
        if delivery.is_ordered(held.handler):
            with edge_transaction():
                delivery.wake_next(held.handler, UUID(held.args[1]))
        return
    queue.task_at(held.task_path).call(*held.args, **held.kwargs)
    with edge_transaction():
        _done(held)


def _done(held: Claim) -> None:
    if not queue.mark_done(held):
        raise LeaseLost


def note_failure(held: Claim, error: BaseException) -> None:
    """Queue the task again after a back-off, or make it a dead letter when its attempts are used up."""
    name, trace = type(error).__qualname__, presentable("".join(format_exception(error)))
    if _was_last(held, error):
        with edge_transaction():
            if queue.mark_failed(held, error=name, trace=trace):
                _bury(held, presentable(f"{name}: {error}"), trace)
                logger.error("task is dead", error=name, exception=trace)
        return
    wait = backoff(policy_of(held), held.attempt)
    with edge_transaction():
        kept = queue.mark_for_retry(held, after=wait, error=name, trace=trace)
    if kept:
        shown = {"exception": trace} if held.attempt == 1 else {}
        logger.warning("task failed", error=name, retry_in_seconds=round(wait.total_seconds(), 1), **shown)
    else:
        # Its transaction was committed (an on_commit callback failed), or another worker has the task.
        logger.error("failed after the task was settled", error=name, exception=trace)


def _was_last(held: Claim, error: BaseException) -> bool:
    return isinstance(error, GiveUp) or held.attempt >= policy_of(held).attempts


def recover(held: Claim) -> None:
    """Queue the task of a worker that is gone, or bury it when it keeps killing workers."""
    note_failure(held, WorkerDied("the worker was gone before the task was finished"))


def presentable(text: str) -> str:
    """Return what may be kept of a failure: without secrets, and without what PostgreSQL cannot store."""
    return scrub_text(text).replace("\0", "\N{REPLACEMENT CHARACTER}")


def policy_of(held: Claim) -> Retry:
    """Return when the task is tried again; the default for what the code does not know (any more, or yet)."""
    try:
        return subscriber(held.handler).retry if held.task_path == queue.DELIVER else job_named(held.handler).retry
    except LookupError:
        return DEFAULT_RETRY


def _bury(held: Claim, error: str, trace: str) -> None:
    now = clock.now()
    last = {"error": error, "traceback": trace, "last_failed_at": now}
    # A periodic task that fails for a day is one dead letter, not one for each of its runs.
    if _is_periodic(held):
        letters = DeadLetter.objects.filter(handler=held.handler, replayed_at=None, dropped_at=None)
        if letters.update(attempts=F("attempts") + held.attempt, **last):
            return
    DeadLetter.objects.create(
        task_path=held.task_path,
        handler=held.handler,
        args=held.args,
        kwargs=held.kwargs,
        attempts=held.attempt,
        first_failed_at=held.first_failed_at or now,
        **last,
    )


def _is_periodic(held: Claim) -> bool:
    try:
        return held.task_path == queue.RUN_JOB and job_named(held.handler).every is not None
    except LookupError:
        return False
