"""Plant every bug of the catalogue and see the suite fail. Exit status 1 when one survives.

    python -m tools.mutants [words of a name ...] [--machine]

--machine: let the state machine alone look for them, to see what it finds by itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tools.mutants.catalogue import MACHINE, MUTANTS
from tools.mutants.runner import Lane, Verdict
from tools.mutants.words import Mutant

LANES = 2


def main(arguments: list[str]) -> int:
    """Judge the mutants side by side and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__.split("\n")[0])
    parser.add_argument("words", nargs="*", help="only mutants whose name has one of these words")
    parser.add_argument("--machine", action="store_true", help="only the state machine looks for them")
    options = parser.parse_args(arguments)
    wanted = [each for each in MUTANTS if not options.words or any(word in each.name for word in options.words)]
    started = time.monotonic()
    verdicts = judge(wanted, machine_only=options.machine)
    missed = [verdict for verdict in verdicts if not verdict.caught]
    print(f"\n{len(verdicts) - len(missed)} of {len(verdicts)} planted bugs caught, {time.monotonic() - started:.0f} s")
    return 1 if missed or not verdicts else 0


def judge(mutants: Sequence[Mutant], *, machine_only: bool = False) -> list[Verdict]:
    """Judge mutants in copies of the tree, which are thrown away."""
    with tempfile.TemporaryDirectory(prefix="jobsphere-mutants-") as folder, ThreadPoolExecutor(LANES) as pool:
        free: SimpleQueue[Lane] = SimpleQueue()
        for lane in pool.map(_lane, [Path(folder) / str(number) for number in range(LANES)]):
            free.put(lane)

        def one(mutant: Mutant) -> Verdict:
            lane = free.get()
            try:
                verdict = lane.judge(mutant, (MACHINE,) if machine_only else (*mutant.tests, MACHINE))
            finally:
                free.put(lane)
            print(verdict, flush=True)
            return verdict

        return list(pool.map(one, mutants))


def _lane(folder: Path) -> Lane:
    lane = Lane(folder)
    lane.prepare()
    return lane


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
