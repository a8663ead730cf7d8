"""`make bench-realtime`: our socket against a bare ASGI + Redis server, in the same run, in turns.

Both serve under uvicorn with the same options, on a Redis, to the same clients. Ours checks tokens against PostgreSQL,
numbers and limits; the rival does nothing but deliver. Each of ROUNDS rounds starts fresh processes and measures:

- memory: what a process holds more with SOCKETS idle sockets than with one, divided by their number (PSS);
- delivery: RATE messages a second, each to one of the sockets, from a third process; moments from saying to hearing;
- fan-out: one message to 1,000 watchers, again and again; processor time of the server for each delivery.

The median round counts. Exit code 1 when a bar is missed.
"""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.database import bench_database
from benchmarks.realtime_clients import Client, connect

SOCKETS = int(os.environ.get("SOCKETS", "5000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
RATE, SECONDS = 200, 10
WATCHERS, BROADCASTS = 1000, 100
TICKS = os.sysconf("SC_CLK_TCK")
SERVER = Path(__file__).resolve().parents[1]
PORT = 18_400


@dataclass
class Measured:
    """One side in one round."""

    memory: float = 0
    failures: int = 0
    p50: float = 0
    p99: float = 0
    fan_out: float = 0
    more: dict[str, float] = field(default_factory=dict)


@contextmanager
def serving(side: str) -> Iterator[int]:
    """Run a server of one side; yields its process id."""
    module = "benchmarks.realtime_ours:application" if side == "ours" else "benchmarks.realtime_bare:application"
    code = (
        "import sys, uvicorn\n"
        "import benchmarks.database as database; database.set_up_django()\n"
        "from jobsphere.realtime.serving import OPTIONS, listening\n"
        f"options = OPTIONS if {side == 'ours'} else OPTIONS | dict(lifespan='off')\n"
        f"uvicorn.Server(uvicorn.Config({module!r}, **options)).run([listening('127.0.0.1', {PORT})])\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=SERVER, env=os.environ.copy())
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


async def round_of(side: str, names: list[str], tokens: list[str]) -> Measured:
    """Measure one side once."""
    measured, moments = Measured(), list[int]()
    with serving(side) as pid:
        first = await first_socket(tokens[0], moments)
        await asyncio.sleep(3)
        before = memory(pid)
        clients = [first, *await connect_all(tokens[1:], moments)]
        await asyncio.sleep(5)
        measured.memory = (memory(pid) - before) / (len(clients) - 1)
        await speaking(side, "whisper", RATE, RATE * SECONDS, names)
        measured.p50, measured.p99 = percentiles(moments, RATE * SECONDS)
        measured.fan_out, watchers = await fan_out(side, pid, clients, names, moments)
        if side == "ours":
            await stored(pid, names, moments, measured)
        measured.failures = sum(client.lost for client in clients)
        for client in clients:
            client.transport.close()
    assert watchers == WATCHERS
    return measured


async def first_socket(token: str, moments: list[int]) -> Client:
    """Return the first socket, once the server answers."""
    for _ in range(300):
        try:
            return (await connect(PORT, [token], moments.append))[0]
        except OSError:
            await asyncio.sleep(0.1)
    raise SystemExit("The server did not come up.")


async def connect_all(tokens: list[str], moments: list[int]) -> list[Client]:
    return await connect(PORT, tokens, moments.append)


async def fan_out(
    side: str, pid: int, clients: list[Client], names: list[str], moments: list[int]
) -> tuple[float, int]:
    """Return the server's microseconds for a delivery, and how many watched."""
    watchers = clients[:WATCHERS]
    for client in watchers:
        client.say('{"type":"watch","data":{"topic":"bench"}}')
    await asyncio.wait_for(asyncio.gather(*[client.watching for client in watchers]), 60)
    await asyncio.sleep(5)
    moments.clear()
    # What a server does beside (heartbeats, looks at the counters) is its cost, too: nothing is taken off.
    used, _ = await processor_while(
        pid, speaking(side, "broadcast", 10, BROADCASTS, names, moments, WATCHERS * BROADCASTS)
    )
    return 1e6 * used / (WATCHERS * BROADCASTS), len(watchers)


async def stored(pid: int, names: list[str], moments: list[int], measured: Measured) -> None:
    """Measure what the rival does not do: numbered frames that are written first."""
    moments.clear()
    await speaking("ours", "push", RATE, RATE * SECONDS, names)
    measured.more["push_p50"], measured.more["push_p99"] = percentiles(moments, RATE * SECONDS)
    moments.clear()
    crowd = names[:WATCHERS]
    used = await processor_while(pid, speaking("ours", "push-all", 2, 20, crowd, moments, 20 * WATCHERS))
    measured.more["push_fan_out"] = 1e6 * used[0] / (20 * WATCHERS)


async def speaking(
    side: str, how: str, rate: float, count: int, names: list[str], moments: list[int] | None = None, expected: int = 0
) -> None:
    """Let the third process speak, and wait until everything has been heard."""
    arguments = [sys.executable, "-m", "benchmarks.realtime_speaking", side, how, str(rate), str(count)]
    process = await asyncio.create_subprocess_exec(*arguments, cwd=SERVER, stdin=asyncio.subprocess.PIPE)
    await process.communicate(" ".join(names).encode())
    assert process.returncode == 0
    deadline = time.monotonic() + 20
    while moments is not None and len(moments) < expected and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    assert moments is None or len(moments) == expected, f"{len(moments)} of {expected} arrived"


async def processor_while(pid: int, work: Awaitable[None]) -> tuple[float, float]:
    """Return the processor seconds that a process used meanwhile, and the seconds that passed."""
    before, began = processor(pid), time.monotonic()
    await work
    return processor(pid) - before, time.monotonic() - began


def processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Return the kilobytes that a process holds (PSS: what it shares counts in part)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1])
    raise SystemExit("This needs Linux.")


def percentiles(moments: list[int], expected: int) -> tuple[float, float]:
    """Return the median and the 99th percentile in milliseconds; every message must have come."""
    assert len(moments) == expected, f"{len(moments)} of {expected} arrived"
    ordered = sorted(moments)
    return ordered[len(ordered) // 2] / 1e6, ordered[len(ordered) * 99 // 100] / 1e6


def people() -> tuple[list[str], list[str]]:
    """Make people who are signed in; returns their ids and tokens."""
    from datetime import timedelta

    from jobsphere.kit.ids import uuid7
    from jobsphere.users.models import Session, User
    from jobsphere.users.rules import Method, credential_now
    from jobsphere.users.tokens import sign_access_token

    now = credential_now()
    ends = now + timedelta(hours=6)
    rows = [User(id=uuid7(), email=f"bench{number}@example.com", name="Bench") for number in range(SOCKETS)]
    User.objects.bulk_create(rows, batch_size=1000)
    sessions = [
        Session(
            id=uuid7(),
            user_id=row.id,
            authenticated_at=now,
            last_used_at=now,
            expires_at=ends,
            client="web",
            method=Method.PASSWORD,
            refresh_fingerprint=uuid7().hex,
        )
        for row in rows
    ]
    Session.objects.bulk_create(sessions, batch_size=1000)
    tokens = [sign_access_token(user_id=each.user_id, session_id=each.id, expires_at=ends) for each in sessions]
    return [str(row.id) for row in rows], tokens


def main() -> int:
    """Measure in turns, print the table, and say whether the bars were met."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if not os.environ.get("REDIS_URL"):
        raise SystemExit("This needs a Redis: set REDIS_URL, or run `make bench-realtime`.")
    print(f"load {os.getloadavg()[0]:.1f}; {SOCKETS} sockets, {ROUNDS} rounds", file=sys.stderr, flush=True)
    with bench_database():
        names, tokens = people()
        from django.db import connections

        connections.close_all()
        rounds: dict[str, list[Measured]] = {"bare": [], "ours": []}
        for _ in range(ROUNDS):
            for side, every in rounds.items():
                given = (names, tokens) if side == "ours" else (names, names)
                every.append(asyncio.run(round_of(side, *given)))
                print(side, every[-1], f"load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
    return report(rounds)


def report(rounds: dict[str, list[Measured]]) -> int:
    """Print one line for each bar."""
    rows = [
        ("memory of an idle socket, KB", "memory", 2.0),
        (f"delivery 1:1 at {RATE}/s, p50 ms", "p50", 2.0),
        (f"delivery 1:1 at {RATE}/s, p99 ms", "p99", None),
        (f"fan-out 1 -> {WATCHERS}, processor us a delivery", "fan_out", 3.0),
    ]
    met = True
    print("| what | ours | bare | ratio | bar |\n| --- | ---: | ---: | ---: | ---: |")
    for title, name, bar in rows:
        ours, bare = (median(getattr(each, name) for each in rounds[side]) for side in ("ours", "bare"))
        met = met and (bar is None or ours / bare <= bar)
        print(f"| {title} | {ours:.2f} | {bare:.2f} | {ours / bare:.2f} | {'told' if bar is None else f'<= {bar:g}'} |")
    failures, theirs = (sum(each.failures for each in rounds[side]) for side in ("ours", "bare"))
    print(f"| sockets that failed, of {SOCKETS} in each round | {failures} | {theirs} | | 0 |")
    for title, name in (
        (f"stored and numbered 1:1 at {RATE}/s, p50 ms with its transaction", "push_p50"),
        ("the same, p99 ms", "push_p99"),
        (f"stored and numbered, 1 -> {WATCHERS} people, processor us a delivery", "push_fan_out"),
    ):
        print(f"| {title} | {median(each.more[name] for each in rounds['ours']):.2f} | - | | told |")
    return 0 if met and not failures else 1


if __name__ == "__main__":
    sys.exit(main())
