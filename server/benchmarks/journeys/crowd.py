"""The crowd, in a process of its own: `python -m benchmarks.journeys.crowd HOST PEOPLE USERS RAMP`, told on stdin.

Each line that it reads is `PACE SECONDS`: everybody goes on at that pace, and what happened in that time, by step, is
printed as one line of JSON.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import gevent
from locust.env import Environment

from benchmarks.journeys.people import Contractor, Customer, Member, Pace, Pair, Sockets, Visitor

#: After a change of pace, until what was begun at the old one is over.
SETTLING = 5.0


def main(host: str, people: Path, users: int, ramp: float) -> None:
    """Let everybody come, then play one stage after the other."""
    Member.pairs = [Pair(*both) for both in json.loads(people.read_text())]
    pairs = len(Member.pairs)
    Customer.fixed_count = Contractor.fixed_count = pairs
    environment = Environment(user_classes=[Visitor, Customer, Contractor], host=host, stop_timeout=1)
    runner = environment.create_local_runner()
    runner.start(users, spawn_rate=users / ramp)
    while runner.user_count < users:
        gevent.sleep(0.2)
    tell({"users": runner.user_count})
    while order := gevent.get_hub().threadpool.apply(sys.stdin.readline).split():
        pace, seconds = (float(word) for word in order)
        Pace.times = pace
        gevent.sleep(min(SETTLING, seconds / 4))
        runner.stats.reset_all()
        runner.stats.clear_all()
        began, frames, lost = time.time(), Sockets.frames, Sockets.lost
        tell({"began": began})
        gevent.sleep(seconds)
        sockets = {"frames": Sockets.frames - frames, "lost": Sockets.lost - lost, "opened": Sockets.opened}
        tell({"ended": time.time(), **found(runner.stats), "sockets": sockets, "users": runner.user_count})
    runner.quit()


def found(stats: Any) -> dict[str, Any]:
    """Return what Locust saw, by step, and everything that failed."""
    steps = {
        entry.name: {
            "requests": entry.num_requests,
            "failed": entry.num_failures,
            **{f"p{share}": entry.get_response_time_percentile(share / 100) or 0 for share in (50, 95, 99)},
        }
        for entry in stats.entries.values()
    }
    total = stats.total
    steps["all"] = {
        "requests": total.num_requests,
        "failed": total.num_failures,
        **{f"p{share}": total.get_response_time_percentile(share / 100) or 0 for share in (50, 95, 99)},
    }
    return {"steps": steps, "errors": [f"{error.name}: {error.error}"[:400] for error in stats.errors.values()]}


def tell(what: dict[str, Any]) -> None:
    """Say it to whoever started us."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
