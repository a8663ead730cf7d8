"""Who is alive: each worker renews a lease, and the tasks of one that does not are queued again."""

import os
import socket
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.outbox import queue
from jobsphere.outbox.models import WorkerLease
from jobsphere.outbox.queue import Claim, machine_now

LEASE = timedelta(seconds=60)
#: How often a worker renews its lease.
BEAT = timedelta(seconds=5)
#: A claim of our own is not called lost before this age: its thread may not have told us of it yet.
GRACE = timedelta(seconds=30)


def machine() -> str:
    """Return a short name of this machine and its process numbering, so that a process id means something."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii")
        space = f"{boot}{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        space = socket.gethostname()
    return sha256(space.encode()).hexdigest()[:12]


def new_worker() -> str:
    """Return the name of a new worker: machine, process, and something unique."""
    return f"{machine()}:{os.getpid()}:{uuid7().hex[-12:]}"


def renew(worker: str, *, lasting: timedelta = LEASE) -> None:
    """Say that the worker is alive."""
    with edge_transaction():
        WorkerLease.objects.update_or_create(worker=worker, defaults={"expires_at": machine_now() + lasting})


def end(worker: str) -> None:
    """Say that the worker has stopped."""
    with edge_transaction():
        WorkerLease.objects.filter(worker=worker).delete()


def abandoned(worker: str, in_hand: Collection[UUID]) -> list[Claim]:
    """Return the running tasks whose worker is gone, and those of `worker` itself that it does not have in hand.

    The latter happen when the database was away at the moment a task's end should have been noted.
    """
    claims = queue.running()
    if not claims:
        return []
    now = machine_now()
    alive = set(WorkerLease.objects.filter(expires_at__gt=now).values_list("worker", flat=True))
    lost = []
    for claim, holder in claims:
        if holder == worker:
            if claim.id not in in_hand and claim.started_at < now - GRACE:
                lost.append(claim)
        elif holder not in alive or was_killed(holder):
            lost.append(claim)
    return lost


def was_killed(worker: str) -> bool:
    """Say whether the worker ran on this machine and its process does not exist any more.

    Spares waiting for the lease to expire after a crash and restart on one machine.
    """
    where, pid, _ = worker.split(":")
    if where != machine():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def prune() -> None:
    """Forget leases that expired long ago."""
    with edge_transaction():
        WorkerLease.objects.filter(expires_at__lt=machine_now() - timedelta(days=1)).delete()
