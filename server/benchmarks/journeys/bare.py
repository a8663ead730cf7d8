"""How many answers a second the bare server of `make bench` gives on the very rows of this run: the measure of ours."""

import json
import statistics
import tempfile
from pathlib import Path

from benchmarks import jobs
from benchmarks.database import set_up_django

ROUNDS = 3


def main() -> None:
    """Print {"list", "page"}: answers a second of the bare server, the generator of `make bench` beside it."""
    set_up_django()
    lists, details = jobs._paths()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with jobs._serve("bare", folder, jobs._environment(folder)) as server:
            found = {}
            for what, paths in (("list", lists), ("page", details)):
                rates = [jobs._load(server, paths, jobs.SECONDS)["rate"] for _ in range(ROUNDS)]
                found[what] = statistics.median(rates)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
