"""What `manage.py doctor` looks at: each part that the marketplace needs is tried; what is wrong has a remedy.

Nothing is changed but a scratch file in the file store, which is deleted again.
"""

import difflib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.mail import get_connection
from django.db import connection

from jobsphere.backups import places
from jobsphere.backups.engines import postgresql
from jobsphere.backups.errors import BackupError
from jobsphere.files import stores
from jobsphere.kit import clock
from jobsphere.outbox import selectors as outbox
from jobsphere.payments import health
from jobsphere.web.health import waiting_migrations

#: A disk with less than this will soon refuse writes.
LITTLE_ROOM = 1_000_000_000
OLD_BACKUP = timedelta(days=2)
#: A task that was due for so long waits for a worker that is not there.
LATE = timedelta(minutes=10)


class Unwell(Exception):
    """Something does not work; the text says what, and what to do about it."""


class Remark(Exception):
    """Something works, and yet the operator should know."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one part: `state` is ok, remark or unwell."""

    part: str
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that was read: its value (never a secret's), and where that came from."""

    name: str
    value: str
    source: str


def examine() -> Iterator[Finding]:
    """Try every part, one after the other; a part that fails stops no other."""
    for part, look in PARTS.items():
        try:
            yield Finding(part, "ok", look())
        except Remark as remark:
            yield Finding(part, "remark", str(remark))
        except Unwell as fault:
            yield Finding(part, "unwell", str(fault))
        except Exception as error:  # noqa: BLE001  whatever is wrong is the answer
            yield Finding(part, "unwell", f"{type(error).__name__}: {error}")


def variables() -> list[Variable]:
    """Return every variable that was read, by name."""
    return [
        Variable(name, _shown(name, asked.default, asked.source), asked.source)
        for name, asked in sorted(settings.ENVIRONMENT.items())
    ]


def misspelt() -> list[tuple[str, str]]:
    """Return variables that are set and that nobody reads, beside the one that was probably meant."""
    known = [name for asked in settings.ENVIRONMENT for name in (asked, f"{asked}_FILE")]
    strangers = sorted(set(os.environ) - set(known))
    found = ((name, difflib.get_close_matches(name, known, n=1, cutoff=0.87)) for name in strangers)
    return [(name, close[0]) for name, close in found if close]


def _settings() -> str:
    if wrong := misspelt():
        raise Remark("; ".join(f"{name} is set, but nobody reads it: is {meant} meant?" for name, meant in wrong))
    if settings.PRODUCTION:
        return "production, and nothing insecure"
    missing = len(settings.INSECURE)
    return f"development; {missing} settings stand between this and production (`doctor --production` names them)"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor == "sqlite":
        return f"SQLite, {settings.DATABASES['default']['NAME']}"
    version = connection.pg_version // 10_000  # type: ignore[attr-defined]
    if version < 15:
        raise Unwell(f"PostgreSQL {version} is older than 15, the oldest that is tested: upgrade it.")
    return f"PostgreSQL {version}"


def _migrations() -> str:
    if waiting := waiting_migrations():
        raise Unwell(f"{waiting} migrations are not applied: run `manage.py bootstrap`.")
    return "all applied"


def _cache() -> str:
    word = secrets.token_hex(4)
    cache.set("doctor", word, 10)
    if cache.get("doctor") != word:
        raise Unwell("What was written cannot be read again.")
    if not settings.REDIS_URL:
        if settings.PRODUCTION:
            raise Remark("Each process counts rate limits by itself: set REDIS_URL once there is more than one.")
        return "in each process (no REDIS_URL)"
    return "Redis"


def _mail() -> str:
    if not settings.EMAIL_URL:
        return "printed (no EMAIL_URL)"
    with get_connection(fail_silently=False):
        return f"the server takes our sign-in; letters come from {settings.DEFAULT_FROM_EMAIL}"


def _files() -> str:
    name = f"do/doctor-{secrets.token_hex(8)}"
    store = stores.of(stores.current())
    store.save(name, ContentFile(b"doctor"))
    try:
        with store.open(name) as content:
            if content.read() != b"doctor":
                raise Unwell(f"{stores.current()} does not give back what was written.")
    finally:
        store.delete(name)
    return f"{stores.current()}: written, read, deleted"


def _room() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LITTLE_ROOM:
        raise Unwell(f"Only {free // 1_000_000} MB are free in {settings.DATA_DIR}: make room, or move DATA_DIR.")
    return f"{free // 1_000_000_000} GB free in {settings.DATA_DIR}"


def _gateways() -> str:
    states = health.states(settings.GATEWAYS)
    if paused := [name for name in settings.GATEWAYS if not health.answers(states.get(name))]:
        raise Unwell(f"No new payments go to {', '.join(paused)}: see the page Gateways, or GET /api/admin/gateways/.")
    return ", ".join(settings.GATEWAYS)


def _worker() -> str:
    queue = outbox.queue_health()
    if queue.dead_letters:
        raise Unwell(f"{queue.dead_letters} dead letters: read them with `manage.py dead_letters list`, then replay.")
    if queue.oldest_due > LATE:
        minutes = queue.oldest_due.total_seconds() / 60
        raise Unwell(f"A task has waited for {minutes:.0f} minutes: is `manage.py worker` (or `serve`) running?")
    return f"{queue.due} tasks due, {queue.scheduled} for later"


def _backups() -> str:
    if connection.vendor == "postgresql":
        try:
            postgresql.program("pg_dump")
        except BackupError as error:
            raise Unwell(str(error)) from error
    newest = places.newest()
    if newest is None:
        fault = Unwell if settings.PRODUCTION else Remark
        raise fault("There is none: run `manage.py backup`.")
    age = clock.machine_now() - newest
    if settings.BACKUP_DAILY and age > OLD_BACKUP:
        raise Unwell(f"The newest is {age.days} days old: look at the dead letters of backups.back_up.")
    return f"{len(places.names())}, the newest of {newest:%Y-%m-%d %H:%M} UTC"


#: In the order in which one needs the other.
PARTS: dict[str, Callable[[], str]] = {
    "settings": _settings,
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "files": _files,
    "disk": _room,
    "mail": _mail,
    "gateways": _gateways,
    "worker": _worker,
    "backups": _backups,
}

#: What may hold a password, a key, or an address with one in it.
_SECRET = ("KEY", "SECRET", "PASSWORD", "URL", "CREDENTIALS", "DSN", "TOKEN")
#: Addresses that everybody may know.
_PUBLIC = {"PUBLIC_URL", "SOCKET_URL", "FCM_URL", "STRIPE_PUBLISHABLE_KEY"}


def _shown(name: str, default: str, source: str) -> str:
    if source == "default":
        return "" if name == "SECRET_KEY" else default
    if source.endswith("_FILE") or (name not in _PUBLIC and any(word in name for word in _SECRET)):
        return "set"
    return os.environ.get(name, "")
