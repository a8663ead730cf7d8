"""Health endpoints that tell the truth: live is "the process answers", ready is "it can do its work"."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Say whether database, migrations and cache are usable; 503 names what is not."""
    checks = {
        "database": _check(_database),
        "migrations": _check(_migrations),
        "cache": _check(_cache),
    }
    healthy = all(result == "ok" for result in checks.values())
    return JsonResponse(
        {"status": "ok" if healthy else "unavailable", "checks": checks},
        status=200 if healthy else 503,
    )


def _check(probe: Callable[[], bool]) -> str:
    try:
        return "ok" if probe() else "not ready"
    except Exception as error:  # noqa: BLE001  whatever is wrong is the answer
        return type(error).__name__


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
