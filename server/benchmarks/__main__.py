"""`python -m benchmarks [ledger] [audit] [lifecycle] [jobs] [watching]`.

Run the benchmarks that exist, or the named ones."""

import sys
from importlib import import_module
from importlib.util import find_spec

from benchmarks.database import bench_database
from benchmarks.report import Result, table

BENCHMARKS = ("ledger", "audit", "lifecycle", "jobs", "watching")


def main(names: list[str]) -> int:
    """Run each benchmark's `run() -> list[Result]` and print one table; exit code 1 when a bar was missed."""
    if unknown := set(names) - set(BENCHMARKS):
        raise SystemExit(f"There is no benchmark called {', '.join(sorted(unknown))}; there are {BENCHMARKS}.")
    results: list[Result] = []
    with bench_database():
        for name in names or BENCHMARKS:
            if find_spec(f"benchmarks.{name}"):
                print(f"measuring {name} ...", file=sys.stderr, flush=True)
                results += import_module(f"benchmarks.{name}").run()
    print(table(results))
    return 0 if all(result.is_met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
