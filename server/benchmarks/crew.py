"""A crew of processes that do one thing over and over at the same time, and count how often."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

#: Makes what one process of the crew repeats; it is given the number of the process.
Scenario = Callable[[int], Callable[[], object]]

_PATIENCE = 60.0


class Crew:
    """Processes with Django set up, waiting for scenarios."""

    def __init__(self, pipes: Sequence["Connection[Any, Any]"]) -> None:
        self._pipes = pipes

    def rate(self, scenario: Scenario, seconds: float) -> float:
        """Let every process repeat the scenario for so long; return how often it was done per second."""
        return self._ask(f"{scenario.__module__}:{scenario.__qualname__}", seconds) / seconds

    def rates(self, *scenarios: Scenario, rounds: int = 11, seconds: float = 1.0) -> list[float]:
        """Return the median rate of each scenario, over rounds in which they take turns: noise hits all alike."""
        for scenario in scenarios:
            self.rate(scenario, seconds)  # warm up
        found = [[self.rate(scenario, seconds) for scenario in scenarios] for _ in range(rounds)]
        return [statistics.median(each) for each in zip(*found, strict=True)]

    def _ask(self, scenario: str, seconds: float) -> int:
        for pipe in self._pipes:
            pipe.send((scenario, seconds))
        for pipe in self._pipes:
            _hear(pipe)  # everyone is ready
        for pipe in self._pipes:
            pipe.send("go")
        return sum(_hear(pipe) for pipe in self._pipes)


@contextmanager
def crew(size: int = 4) -> Iterator[Crew]:
    """Start the processes, and end them afterwards."""
    context = multiprocessing.get_context("spawn")
    ends = [context.Pipe() for _ in range(size)]
    processes = [
        context.Process(target=_work, args=(number, theirs), daemon=True) for number, (_, theirs) in enumerate(ends)
    ]
    for process in processes:
        process.start()
    try:
        yield Crew([ours for ours, _ in ends])
    finally:
        for ours, _ in ends:
            ours.send(None)
        for process in processes:
            process.join(timeout=10)


def _work(number: int, pipe: "Connection[Any, Any]") -> None:
    from benchmarks.database import set_up_django

    set_up_django()
    while task := pipe.recv():
        try:
            scenario, seconds = task
            module, name = scenario.split(":")
            once = getattr(import_module(module), name)(number)
            pipe.send(0)
            pipe.recv()
            pipe.send(_repeat(once, seconds))
        except Exception as error:  # noqa: BLE001  it is raised again by the parent
            pipe.send(error)


def _repeat(once: Callable[[], object], seconds: float) -> int:
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        once()
        count += 1
    return count


def _hear(pipe: "Connection[Any, Any]") -> int:
    if not pipe.poll(_PATIENCE):
        raise TimeoutError("a process of the benchmark does not answer")
    answer = pipe.recv()
    if isinstance(answer, Exception):
        raise answer
    return int(answer)
