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


#: How often one scenario is repeated before it is the next one's turn.
_TURN = 10


class Crew:
    """Processes with Django set up, waiting for scenarios."""

    def __init__(self, pipes: Sequence["Connection[Any, Any]"]) -> None:
        self._pipes = pipes

    def rates(self, *scenarios: Scenario, rounds: int = 15, seconds: float = 1.0) -> list[float]:
        """Let the crew do one scenario at a time, in rounds; return the median of how often each was done per second.

        For scenarios that must meet each other's like: many processes on one hot account.
        """
        found: dict[Scenario, list[float]] = {each: [] for each in scenarios}
        for number in range(rounds + 1):
            for each in scenarios if number % 2 else reversed(scenarios):
                found[each] += self._do([each], seconds)
        return [statistics.median(found[each][1:]) for each in scenarios]  # the first round warms up

    def rates_in_turn(self, *scenarios: Scenario, seconds: float = 30.0) -> list[float]:
        """Let each process do the scenarios in turn, a few times each; return how often each was done per second.

        Whatever else the machine does hits all of them alike, so this is the fairest comparison on a busy one.
        """
        self._do(list(scenarios), 2.0)
        return self._do(list(scenarios), seconds)

    def _do(self, scenarios: list[Scenario], seconds: float) -> list[float]:
        names = [f"{scenario.__module__}:{scenario.__qualname__}" for scenario in scenarios]
        for pipe in self._pipes:
            pipe.send((names, seconds))
        for pipe in self._pipes:
            _hear(pipe)  # everyone is ready
        for pipe in self._pipes:
            pipe.send("go")
        answers = [_hear(pipe, seconds) for pipe in self._pipes]
        return [sum(rates) for rates in zip(*answers, strict=True)]


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
            names, seconds = task
            verbs = [_scenario(name)(number) for name in names]
            pipe.send([])
            pipe.recv()
            pipe.send(_repeat(verbs, seconds))
        except Exception as error:  # noqa: BLE001  it is raised again by the parent
            pipe.send(error)


def _scenario(name: str) -> Scenario:
    module, _, function = name.partition(":")
    found: Scenario = getattr(import_module(module), function)
    return found


def _repeat(verbs: Sequence[Callable[[], object]], seconds: float) -> list[float]:
    """Do the verbs in turn for so long; return how often each was done per second of its own time."""
    spent, counts = [0.0] * len(verbs), [0] * len(verbs)
    while sum(spent) < seconds:
        for place, verb in enumerate(verbs):
            start = time.perf_counter()
            for _ in range(_TURN):
                verb()
            spent[place] += time.perf_counter() - start
            counts[place] += _TURN
    return [count / time_spent for count, time_spent in zip(counts, spent, strict=True)]


def _hear(pipe: "Connection[Any, Any]", seconds: float = 0.0) -> list[float]:
    if not pipe.poll(seconds + _PATIENCE):
        raise TimeoutError("a process of the benchmark does not answer")
    answer: list[float] | Exception = pipe.recv()
    if isinstance(answer, Exception):
        raise answer
    return answer
