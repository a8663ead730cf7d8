"""A day in miniature: many lifecycles one after the other, while memory, queue and connections are watched."""

import statistics
import sys
from typing import Any

from benchmarks.journeys import telling, watching

#: Seconds between two looks.
LOOK = 10.0
#: The first part warms up: caches fill, threads and connections are made.
WARM_UP = 0.34
#: What a process may grow by, of its size after the warm-up, for each 100,000 requests of the whole server.
GROWTH = 0.10
#: Less than this is how an allocator breathes.
BREATH = 4 * 2**20
#: Tasks due that may wait at any moment: they come in bursts.
WAITING = 200


def soak(crowd: Any, pace: float, minutes: float) -> tuple[str, bool]:
    """Play at that pace for so long, look every ten seconds, and say what grew."""
    before = watching.tables(crowd.production)
    samples, requests, failed, errors = [], 0, 0, []
    for number in range(max(6, round(minutes * 60 / LOOK))):
        found = crowd.play(pace, LOOK)
        sample = watching.look(crowd.production, found["ended"])
        samples.append(sample)
        requests += found["steps"]["all"]["requests"]
        failed += found["steps"]["all"]["failed"]
        errors += found["errors"]
        memory = sum(sample.memory.values()) / 2**20
        print(f"{number}: {requests} requests, {memory:.0f} MB, {sample.waiting} waiting", file=sys.stderr, flush=True)
    after = watching.tables(crowd.production)
    steady = samples[int(len(samples) * WARM_UP) :]
    growth = {name: _growth(steady, name, requests / len(samples)) for name in steady[-1].memory if "-" in name}
    problems = [f"{name} grows" for name, (grown, allowed) in growth.items() if grown > allowed]
    halves = (steady[: len(steady) // 2], steady[len(steady) // 2 :])
    waiting = [statistics.median(each.waiting for each in part) for part in halves]
    if waiting[1] > max(waiting[0] * 1.5, WAITING):
        problems.append("the queue grows")
    if steady[-1].failed or steady[-1].dead or failed:
        problems.append("something failed")
    words = [
        f"Soak: {len(samples) * LOOK:.0f} s at {pace:g} times people's pace, {requests} requests, {failed} failed.",
        telling.table(
            ["process", "MB after warm-up", "MB at the end", "slope, MB each 100,000 requests", "allowed"],
            [_memory_row(steady, name, *growth[name], requests / len(samples)) for name in growth],
        ),
        telling.table(
            ["", "first half", "second half"],
            [
                ["tasks waiting, median", *waiting],
                [
                    "oldest waiting s, worst",
                    *(f"{max(each.oldest for each in part):.1f}" for part in halves),
                ],
                ["connections, most", *(max(each.connections for each in part) for part in halves)],
            ],
        ),
        _tables(before, after),
        f"What is wrong: {', '.join(problems)}. {'; '.join(errors[:5])}"
        if problems
        else "Nothing grew that should not.",
    ]
    return "\n\n".join(words), not problems


def _growth(samples: list[watching.Sample], name: str, requests_a_look: float) -> tuple[float, float]:
    """Return by how much the line through the process's sizes rises from first to last, and how much it may."""
    sizes = [each.memory[name] for each in samples]
    slope = statistics.linear_regression(range(len(sizes)), sizes).slope
    allowed = max(BREATH, sizes[0] * GROWTH * requests_a_look * len(sizes) / 100_000)
    return slope * (len(sizes) - 1), allowed


def _memory_row(
    samples: list[watching.Sample], name: str, grown: float, allowed: float, requests_a_look: float
) -> list[str]:
    per = 100_000 / (requests_a_look * len(samples)) / 2**20
    sizes = [samples[0].memory[name], samples[-1].memory[name]]
    return [name, *(f"{size / 2**20:.1f}" for size in sizes), f"{grown * per:.1f}", f"{allowed * per:.1f}"]


def _tables(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> str:
    """Return what a lifecycle leaves: rows and bytes of each table that grew, for each released milestone."""
    done = after.get("contracts_contract", (0, 0))[0] - before.get("contracts_contract", (0, 0))[0]
    grown = {
        name: (after[name][0] - before.get(name, (0, 0))[0], after[name][1] - before.get(name, (0, 0))[1])
        for name in after
    }
    rows: list[list[object]] = [
        [name, many, f"{many / max(1, done):.1f}", f"{size / max(1, done):.0f}"]
        for name, (many, size) in sorted(grown.items(), key=lambda item: -item[1][1])
        if many > 0 and size > 0
    ]
    rows.append(
        ["all", sum(many for many, _ in grown.values()), "", f"{sum(s for _, s in grown.values()) / max(1, done):.0f}"]
    )
    head = [f"table ({done} contracts)", "rows", "rows a contract", "bytes a contract"]
    return telling.table(head, rows[:12] + rows[-1:])
