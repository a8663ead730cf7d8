"""What the sandbox remembers, in a SQLite file of its own.

It commits independently of our database, as a real gateway does: when our transaction rolls back, the money
there has still moved. Safe from several threads and processes: every visit is one IMMEDIATE transaction, on one
connection a process.
"""

import json
import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, account TEXT NOT NULL,
    created INTEGER NOT NULL, body TEXT NOT NULL, hidden TEXT NOT NULL, refers TEXT NOT NULL, grouped TEXT NOT NULL,
    operation TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS objects_kind ON objects (kind, account, seq);
CREATE INDEX IF NOT EXISTS objects_refers ON objects (refers, kind);
CREATE INDEX IF NOT EXISTS objects_grouped ON objects (grouped, kind) WHERE grouped <> '';
CREATE INDEX IF NOT EXISTS objects_operation ON objects (operation, kind) WHERE operation <> '';
CREATE TABLE IF NOT EXISTS balances (
    account TEXT NOT NULL, currency TEXT NOT NULL, total INTEGER NOT NULL, PRIMARY KEY (account, currency));
CREATE TABLE IF NOT EXISTS unavailable (
    account TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL, until INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    account TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL,
    created INTEGER NOT NULL, PRIMARY KEY (account, key));
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS events_state ON events (state, seq);
CREATE TABLE IF NOT EXISTS timers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, action TEXT NOT NULL, object_id TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS timers_due ON timers (due);
CREATE TABLE IF NOT EXISTS faults (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, target TEXT NOT NULL, skip INTEGER NOT NULL,
    times INTEGER, argument TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, line TEXT NOT NULL, account TEXT NOT NULL,
    key TEXT NOT NULL, status INTEGER NOT NULL, replayed INTEGER NOT NULL);
"""

#: How many requests the log keeps.
_LOG_LENGTH = 2000

#: What an operator may change; seconds, basis points or minor units.
DEFAULT_SETTINGS: dict[str, int] = {
    "clock_offset": 0,
    "fee_basis_points": 0,
    "fee_fixed": 0,
    "dispute_fee": 1500,
    "settlement_seconds": 0,
    "authorization_seconds": 7 * 24 * 3600,
    "payout_in_transit_after": 10,
    "payout_paid_after": 30,
    "payout_instant_after": 5,
    "refund_outcome_after": 24 * 3600,
    "search_lag": 0,
    "down": 0,
}


class SandboxState:
    """The file (or ":memory:") and the clock; everything else in this package reads and writes through it."""

    def __init__(
        self, path: str | Path, now: Callable[[], datetime], *, defaults: Mapping[str, int] = DEFAULT_SETTINGS
    ) -> None:
        self.defaults = defaults
        self._path = str(path)
        self._clock = now
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._depth = 0
        self._moment: int | None = None
        #: The request being carried out, for the events that it makes.
        self.request: dict[str, str | None] = {"id": None, "idempotency_key": None}

    # --- the database

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the sandbox for one visit; nested visits join the outer one. Any exception undoes it."""
        with self._lock:
            database = self._open()
            if self._depth:
                yield
                return
            database.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
            except BaseException:
                database.execute("ROLLBACK")
                raise
            else:
                database.execute("COMMIT")
            finally:
                self._depth = 0

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo a part of a visit when it raises."""
        self.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK TO part")
            raise
        finally:
            self.execute("RELEASE part")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        with self._lock:
            return self._open().execute(sql, values)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Run a query."""
        with self._lock:
            return self._open().execute(sql, values).fetchall()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        """A forked process must not use its parent's connection."""
        if self._connection is None or self._owner != os.getpid():
            if self._path != ":memory:":
                Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
            database.row_factory = sqlite3.Row
            _prepare(database)
            self._connection, self._owner, self._depth = database, os.getpid(), 0
        return self._connection

    # --- time

    def now(self) -> int:
        """Return the sandbox's Unix time: the injected clock, moved by the operator."""
        if self._moment is not None:
            return self._moment
        return int(self._clock().timestamp()) + self.setting("clock_offset")

    def outside_now(self) -> int:
        """Return the injected clock's Unix time, not moved: the receiver's clock judges a signature's age."""
        return int(self._clock().timestamp())

    @contextmanager
    def at(self, moment: int) -> Iterator[None]:
        """Let something happen at the moment it was due, though it is noticed later."""
        self._moment = moment
        try:
            yield
        finally:
            self._moment = None

    @contextmanager
    def asked_by(self, request_id: str, key: str) -> Iterator[None]:
        """Name the request on the events that are made meanwhile."""
        self.request = {"id": request_id, "idempotency_key": key or None}
        try:
            yield
        finally:
            self.request = {"id": None, "idempotency_key": None}

    # --- settings and secrets

    def setting(self, name: str) -> int:
        """Return a setting of `defaults`."""
        return int(self._value(name) or self.defaults[name])

    def set_setting(self, name: str, value: int) -> None:
        """Change a setting of `defaults`; raises KeyError for any other name."""
        self.defaults[name]
        self._set_value(name, str(value))

    def secret(self, name: str, prefix: str) -> str:
        """Return a secret that is made once and then stays: every process of an installation must know the same."""
        with self.transaction():
            value = self._value(name)
            if not value:
                value = prefix + secrets.token_hex(16)
                self._set_value(name, value)
            return value

    @property
    def secret_key(self) -> str:
        """The API key that may do everything."""
        return self.secret("secret_key", "sk_test_")

    @property
    def publishable_key(self) -> str:
        """The API key for browsers, good only together with a payment's client secret."""
        return self.secret("publishable_key", "pk_test_")

    @property
    def webhook_secret(self) -> str:
        """What events are signed with."""
        return self.secret("webhook_secret", "whsec_")

    def _value(self, name: str) -> str:
        row = self.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else ""

    def _set_value(self, name: str, value: str) -> None:
        self.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    # --- the log

    def log(self, *, line: str, account: str, key: str, status: int, replayed: bool) -> None:
        """Remember a request; status 0 means that its connection was cut."""
        cursor = self.execute(
            "INSERT INTO requests (at, line, account, key, status, replayed) VALUES (?, ?, ?, ?, ?, ?)",
            (self.now(), line, account, key, status, int(replayed)),
        )
        self.execute("DELETE FROM requests WHERE seq <= ?", ((cursor.lastrowid or 0) - _LOG_LENGTH,))


def _prepare(database: sqlite3.Connection) -> None:
    """Make the tables. Switching to WAL does not wait for others by itself, so that is tried again for a while."""
    for attempt in range(200):
        try:
            database.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:
            if attempt == 199:
                raise
            time.sleep(0.02)
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}COMMIT;")


def dump(value: Any) -> str:
    """Write JSON compactly."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def days(number: float) -> int:
    """Return that many days in seconds."""
    return int(timedelta(days=number).total_seconds())
