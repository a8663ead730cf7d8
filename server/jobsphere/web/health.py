"""Health endpoints that tell the truth: live is "the process answers", ready is "it can do its work".

`ready` is for load balancers, which only need the number: 503 when something vital is missing. A stranger learns "ok",
"degraded" or "unavailable"; what is wrong with which part is told to whoever may read the metrics.
"""

import shutil
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from jobsphere.kit import clock
from jobsphere.watch import checks, figures
from jobsphere.watch.figures import Figure
from jobsphere.web.watching import may_look

#: The database's clock and ours: tokens, leases and deadlines come out wrong beyond this; seconds.
SKEW = 5


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether this process can do its work: 503 without what is vital, "degraded" when something else is wrong."""
    found = checks.results()
    wrong = {name for name, result in found.items() if result != checks.OK}
    lost = wrong & checks.vital()
    body: dict[str, object] = {"status": "unavailable" if lost else "degraded" if wrong else "ok"}
    if may_look(request):
        body["checks"] = found
    answer = JsonResponse(body, status=503 if lost else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone()[0] == 1)


_migrated = False


def _migrations() -> bool:
    """Look until everything is applied; from then on it stays so for this process."""
    global _migrated
    if not _migrated:
        _migrated = not waiting_migrations()
    return _migrated


def waiting_migrations() -> int:
    """Return how many migrations are not applied to this database."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _cache() -> bool:
    cache.set("health", "ok", 5)
    return bool(cache.get("health") == "ok")


def free_bytes() -> dict[str, int]:
    """Return the room on the disks that we write to."""
    places = {"data": settings.DATA_DIR, "upload": settings.UPLOAD_DIR}
    return {name: shutil.disk_usage(place).free for name, place in places.items() if place.exists()}


def _disk() -> bool:
    return min(free_bytes().values()) >= settings.DISK_MINIMUM_BYTES


def clock_skew() -> float:
    """Return by how many seconds the database's clock is ahead of ours; an embedded one has no clock of its own."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    return (theirs - clock.machine_now()).total_seconds()


def _clock() -> bool:
    return abs(clock_skew()) < SKEW


NAMES = {
    "jobsphere_check": "Whether a part works (1): what /health/ready looks at.",
    "jobsphere_disk_free_bytes": "Room on the disks of DATA_DIR and UPLOAD_DIR.",
    "jobsphere_clock_skew_seconds": "By how much the database's clock is ahead of this machine's.",
    "jobsphere_build_info": "What runs here.",
}


def _read() -> list[Figure]:
    found = [
        Figure("jobsphere_check", int(result == checks.OK), {"check": name})
        for name, result in checks.results().items()
    ]
    found += [Figure("jobsphere_disk_free_bytes", free, {"place": place}) for place, free in free_bytes().items()]
    found.append(
        Figure("jobsphere_build_info", 1, {"release": settings.RELEASE, "environment": settings.JOBSPHERE_ENV})
    )
    try:
        found.append(Figure("jobsphere_clock_skew_seconds", clock_skew()))
    except Exception:  # noqa: BLE001  the check says so
        return found
    return found


def register() -> None:
    """Register what this app looks at."""
    for name, look in (("database", _database), ("migrations", _migrations), ("cache", _cache), ("disk", _disk)):
        checks.register(name, look, vital=True)
    checks.register("clock", _clock, vital=False)
    figures.register("web", _read, NAMES)
