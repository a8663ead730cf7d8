"""`python -m benchmarks.journeys [--users 1000] [--seconds 60] [--soak MINUTES] [--write PAGE]`: see the package."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.journeys import soaking, telling, watching
from benchmarks.journeys.stage import Stage, stage

SERVER_FOLDER = Path(__file__).resolve().parents[2]
#: The bar of issue 8: 95 of 100 answers within so many milliseconds, and none failed.
P95 = 300.0
#: How many times quicker than people everybody becomes, until the bar is missed.
PACES = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
#: Of all sessions, the customers; as many contractors, and everybody else looks around.
CUSTOMERS = 0.2
PATIENCE = 600.0
#: How long the queue may take to come to rest after the last request.
REST = 120.0


class Crowd:
    """The process that plays the people."""

    def __init__(self, production: Stage, people: Path, users: int, ramp: float) -> None:
        command = [sys.executable, "-m", "benchmarks.journeys.crowd", f"http://127.0.0.1:{production.balancer}"]
        self.production = production
        self.child = subprocess.Popen(
            [*command, str(people), str(users), str(ramp)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=SERVER_FOLDER,
            text=True,
        )
        self.hear()

    def hear(self) -> dict[str, Any]:
        assert self.child.stdout
        line = self.child.stdout.readline()
        if not line:
            raise SystemExit(f"The crowd is gone: {self.child.wait()}\n{self.production.words()}")
        said: dict[str, Any] = json.loads(line)
        return said

    def order(self, pace: float, seconds: float) -> None:
        assert self.child.stdin
        self.child.stdin.write(f"{pace} {seconds}\n")
        self.child.stdin.flush()

    def play(self, pace: float, seconds: float) -> dict[str, Any]:
        """Let everybody live at that pace for so long; returns what happened, and what it cost the server."""
        self.order(pace, seconds)
        began = self.hear()["began"]
        before = watching.look(self.production, began)
        found = self.hear()
        after = watching.look(self.production, found["ended"])
        found |= {"began": began, "timers": self.production.timers(began, found["ended"]), "pace": pace}
        found["seconds"] = found["ended"] - began
        found["cpu"] = {name: after.cpu[name] - before.cpu.get(name, 0) for name in after.cpu}
        found["memory"], found["connections"], found["waiting"] = after.memory, after.connections, after.waiting
        return found

    def close(self) -> None:
        assert self.child.stdin
        self.child.stdin.close()
        try:
            self.child.wait(60)
        except subprocess.TimeoutExpired:
            self.child.kill()


def main() -> int:
    """Run it all; exit code 1 when a bar was missed or the books do not agree."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="jobsphere-load-") as name, stage(Path(name)) as production:
        Path(name).chmod(0o755)
        words, fine = _measure(production, options)
    print(words)
    if options.write:
        telling.write(options.write, words)
    return 0 if fine else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make load", description=__doc__)
    parser.add_argument("--users", type=int, default=1000, help="sessions at the same time")
    parser.add_argument("--seconds", type=float, default=120, help="how long the steady stage takes")
    parser.add_argument("--ramp", type=float, default=0, help="seconds until all have come; 0: 20 a second")
    parser.add_argument("--warm", type=float, default=360, help="how long everybody lives before it is measured")
    parser.add_argument("--step", type=float, default=25, help="seconds of each quicker stage; 0: none of them")
    parser.add_argument("--soak", type=float, default=0, help="minutes at full pace that look for what grows, instead")
    parser.add_argument("--pace", type=float, default=4, help="with --soak: how many times quicker than people")
    parser.add_argument("--write", type=Path, help="a page with a place for the results")
    return parser.parse_args()


def _measure(production: Stage, options: argparse.Namespace) -> tuple[str, bool]:
    people = production.folder / "people.json"
    _say("seeding people and 100,000 jobs")
    _run(production, "benchmarks.journeys.seeding", str(people), str(max(1, round(options.users * CUSTOMERS))))
    bare = {} if options.soak else _bare(production)
    _say(f"{options.users} sessions are coming")
    crowd = Crowd(production, people, options.users, options.ramp or max(2.0, options.users / 20))
    try:
        if options.soak:
            words, fine = soaking.soak(crowd, options.pace, options.soak)
        else:
            words, fine = _stages(crowd, options, bare)
    finally:
        crowd.close()
    settled = _settled(production)
    agree = production.manage("reconcile") == 0
    _say(production.processes["manage"].words()[-400:])
    told = f"Books after it all: `reconcile` {'agrees' if agree else 'FOUND DIFFERENCES'}; the queue "
    told += "came to rest." if settled else "DID NOT come to rest."
    faults = production.faults()
    if faults:
        _say(faults[:4000])
    told += f" Errors in the server's logs: {len(faults.splitlines())}."
    return f"{telling.machine()}\n\n{words}\n\n{told}", fine and agree and settled and not faults


def _stages(crowd: Crowd, options: argparse.Namespace, bare: dict[str, float]) -> tuple[str, bool]:
    # All come at once, which no day does: deals must be in all their parts before a steady stage is one.
    _say(f"living for {options.warm:.0f} s, then steady for {options.seconds:.0f} s")
    crowd.play(1, options.warm)
    steady = crowd.play(1, options.seconds)
    _say(telling.steps(steady, steady["timers"], steady["seconds"]))
    stages = [steady]
    for pace in PACES if options.step else ():
        if not _holds(stages[-1]):
            break
        _say(f"{pace} times as quick")
        stages.append(crowd.play(pace, options.step))
    held = [each for each in stages if _holds(each)]
    best = max((_rate(each) for each in held), default=0.0)
    lines = [
        f"{steady['users']} sessions, {steady['sockets']['opened']} of them with a socket, {steady['seconds']:.0f} s:",
        telling.steps(steady, steady["timers"], steady["seconds"]),
        _costs(steady),
        "The same sessions, quicker and quicker:",
        telling.table(
            ["pace", "requests/s", "failed", "server p50", "p95", "p99 ms", "crowd p95 ms", "server's cores", "queue"],
            map(_stage_row, stages),
        ),
        f"Highest steady rate within p95 {P95:.0f} ms and none failed: **{best:.0f} requests a second** of mixed"
        f" journeys, {best / bare['list']:.2f} of the bare server's job list ({bare['list']:.0f}/s) and"
        f" {best / bare['page']:.2f} of its job page ({bare['page']:.0f}/s), in the same run.",
    ]
    errors = [error for each in stages for error in each["errors"]]
    if errors:
        lines.append("What failed: " + "; ".join(errors[:8]))
    return "\n\n".join(lines), _holds(steady)


def _holds(found: dict[str, Any]) -> bool:
    """Say whether the bar holds: by the server's own time, since the generator shares its cores."""
    return found["steps"]["all"]["failed"] == 0 and _server_p95(found) <= P95 and found["sockets"]["lost"] == 0


def _server_p95(found: dict[str, Any]) -> float:
    return telling.share(telling.together(found["timers"]), 0.95)


def _rate(found: dict[str, Any]) -> float:
    return float(found["steps"]["all"]["requests"] / found["seconds"])


def _stage_row(found: dict[str, Any]) -> list[Any]:
    own = telling.together(found["timers"])
    everything = found["steps"]["all"]
    shares = [f"{telling.share(own, part):.0f}" for part in (0.5, 0.95, 0.99)]
    cores = sum(found["cpu"].values()) / found["seconds"]
    return [
        f"{found['pace']:g}",
        f"{_rate(found):.0f}",
        everything["failed"],
        *shares,
        f"{everything['p95']:.0f}",
        f"{cores:.2f}",
        found["waiting"],
    ]


def _costs(found: dict[str, Any]) -> str:
    requests = found["steps"]["all"]["requests"]
    rows = [
        [name, f"{cpu:.1f}", f"{1000 * cpu / requests:.2f}", f"{found['memory'][name] / 2**20:.0f}"]
        for name, cpu in found["cpu"].items()
    ]
    total = sum(found["cpu"].values())
    rows.append(
        [
            "all",
            f"{total:.1f}",
            f"{1000 * total / requests:.2f}",
            f"{sum(found['memory'].values()) / 2**20:.0f}",
        ]
    )
    told = telling.table(["process", "CPU s", "CPU ms a request", "memory MB"], rows)
    sockets = found["sockets"]
    return (
        f"{told}\n\nDatabase connections: {found['connections']}. Tasks due and waiting at the end: {found['waiting']}."
        f" Frames heard on sockets: {sockets['frames']}; sockets lost: {sockets['lost']}."
    )


def _settled(production: Stage) -> bool:
    """Wait until the queue has come to rest."""
    deadline = time.monotonic() + REST
    while time.monotonic() < deadline:
        if watching.look(production, 0).waiting == 0:
            return True
        time.sleep(1)
    return False


def _bare(production: Stage) -> dict[str, float]:
    _say("the bare server")
    found: dict[str, float] = json.loads(_run(production, "benchmarks.journeys.bare"))
    return found


def _run(production: Stage, module: str, *arguments: str) -> str:
    """Run a module of ours as production's own process would run; returns what it printed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command,
        env=production.environment,
        cwd=SERVER_FOLDER,
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
