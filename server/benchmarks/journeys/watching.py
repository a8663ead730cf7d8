"""The server side seen from outside: processor time and memory from /proc, queue, connections and tables by SQL."""

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks.journeys.stage import Stage

_TICKS = os.sysconf("SC_CLK_TCK")

_FIGURES = """
SELECT (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND run_after <= now()),
    (SELECT coalesce(extract(epoch FROM now() - min(greatest(enqueued_at, run_after))), 0)::float
        FROM django_tasks_database_dbtaskresult WHERE status = 'READY' AND run_after <= now()),
    (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'),
    (SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'),
    (SELECT count(*) FROM outbox_deadletter)
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One look."""

    at: float
    #: Seconds of processor time so far, and bytes of memory, by process of the topology with what it has started.
    cpu: dict[str, float]
    memory: dict[str, int]
    waiting: int
    oldest: float
    connections: int
    failed: int
    dead: int


def look(stage: Stage, at: float) -> Sample:
    """Look at everything once."""
    cpu: dict[str, float] = {}
    memory: dict[str, int] = {}
    parents = _family()
    for name, process in stage.processes.items():
        if process.child and process.child.poll() is None:
            pids = _descendants(process.child.pid, parents)
            cpu[name] = sum(map(_seconds, pids))
            memory[name] = sum(map(_private, pids))
    with psycopg.connect(f"{stage.database}/jobsphere") as connection:
        row = connection.execute(_FIGURES).fetchone()
    assert row
    return Sample(at, cpu, memory, *row)


def tables(stage: Stage) -> dict[str, tuple[int, int]]:
    """Return rows and bytes (with indexes) of every table that has any."""
    with psycopg.connect(f"{stage.database}/jobsphere", autocommit=True) as connection:
        connection.execute("ANALYZE")
        rows = connection.execute(
            "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples > 0"
        ).fetchall()
    return {name: (count, size) for name, count, size in rows}


def _family() -> dict[int, list[int]]:
    """Return the children of every process."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _read(entry / "stat")):
            children[int(stat.rpartition(")")[2].split()[1])].append(int(entry.name))
    return children


def _descendants(pid: int, children: dict[int, list[int]]) -> list[int]:
    return [pid, *(each for child in children.get(pid, []) for each in _descendants(child, children))]


def _seconds(pid: int) -> float:
    """Return processor time, with that of children who have ended."""
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / _TICKS if fields else 0.0


def _private(pid: int) -> int:
    """Return the bytes that would be free without this process; memory shared with others counts in parts."""
    match = re.search(r"^Pss:\s+(\d+)", _read(Path(f"/proc/{pid}/smaps_rollup")), re.M)
    return int(match[1]) * 1024 if match else 0


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
