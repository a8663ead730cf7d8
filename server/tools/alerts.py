"""Alerts and their tests, judged by Prometheus' own tool: `python -m tools.alerts`, a part of `make lint`.

promtool is looked for on PATH; on Debian as root its package is installed. Where it cannot be had, this says loudly
that nothing was checked, and fails where CI=true.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from prometheus_client.parser import text_string_to_metric_families

from tools.servers import Missing, apt

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "prometheus"
ALERTS = FOLDER / "alerts.yml"
#: Debian's package that brings it.
PACKAGE = "prometheus"
NOT_RUN = "NOT RUN"
#: How long the pretended scrapes go on before an alert must have fired; minutes.
MINUTES = 45


def promtool() -> str:
    """Return where promtool is, installed if need be; raises Missing."""
    if not (found := shutil.which("promtool")):
        apt.install(PACKAGE)
        found = shutil.which("promtool")
    if not found:
        raise Missing("the package brought no promtool")
    return found


def names() -> list[str]:
    """Return the name of every alert."""
    rules = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))
    return [rule["alert"] for group in rules["groups"] for rule in group["rules"]]


def judged(before: str, after: str, expected: Iterable[str], *, up: int = 1) -> str:
    """Return what promtool says against this: the text of two scrapes, a minute apart, makes exactly these alerts fire.

    What was counted between the two goes on at the same pace; how things stand stays as in the second. Empty: it is so.
    """
    wanted = set(expected)
    tests = {
        "rule_files": [str(ALERTS)],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": [
                    {"series": 'up{job="jobsphere",instance="here"}', "values": f"{up}+0x{MINUTES}"},
                    *_series(before, after),
                ],
                "promql_expr_test": [
                    {
                        "expr": f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) > bool 0 or vector(0)',
                        "eval_time": f"{MINUTES}m",
                        "exp_samples": [{"labels": "{}", "value": int(name in wanted)}],
                    }
                    for name in names()
                ],
            }
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "judged.yml"
        file.write_text(yaml.safe_dump(tests), encoding="utf-8")
        done = subprocess.run([promtool(), "test", "rules", str(file)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _series(before: str, after: str) -> list[dict[str, str]]:
    was = {(name, tuple(sorted(labels.items()))): value for name, labels, value, _ in samples(before)}
    found = []
    for name, labels, value, rises in samples(after):
        step = value - was.get((name, tuple(sorted(labels.items()))), 0.0) if rises else 0.0
        if rises and not step:
            # A whole suite has counted by now, and what stands still rings no bell: promtool has its limits.
            continue
        text = ",".join(
            f'{label}="{each}"' for label, each in {**labels, "job": "jobsphere", "instance": "here"}.items()
        )
        begin = value - step
        found.append({"series": f"{name}{{{text}}}", "values": f"{begin:f}+{max(step, 0.0):f}x{MINUTES}"})
    return found


def samples(text: str) -> Iterable[tuple[str, Mapping[str, str], float, bool]]:
    """Yield the name, labels and value of each sample of a scrape, and whether it only ever rises."""
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            yield sample.name, sample.labels, sample.value, family.type in ("counter", "histogram")


def check() -> list[str]:
    """Return what is wrong with the files; raises Missing."""
    tool = promtool()
    tests = sorted(str(path) for path in (FOLDER / "tests").glob("*.yml"))
    commands = [
        [tool, "check", "config", "--syntax-only", str(FOLDER / "prometheus.yml")],
        [tool, "check", "rules", "--lint=all", "--lint-fatal", str(ALERTS)],
        [tool, "test", "rules", *tests],
    ]
    wrong = []
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            wrong.append(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}")
    return wrong


def main() -> int:
    """Check everything; 0 when all is well."""
    try:
        wrong = check()
    except Missing as reason:
        print(f"{NOT_RUN}: alerts were not checked, because promtool is missing ({reason}).")
        print(f"Debian: apt-get install {PACKAGE}")
        return int(os.environ.get("CI") == "true")
    print("\n".join(wrong) or f"{len(names())} alerts are sound")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
