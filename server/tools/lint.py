"""All static checks, side by side: ruff, mypy, import contracts, house rules, secrets, migrations, alerts. `make lint`.

Every check runs even when another fails, so that one run shows everything there is to mend.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SERVER = Path(__file__).resolve().parents[1]
ROOT = SERVER.parent


@dataclass(frozen=True)
class Check:
    """One tool; run inside `server/` with this interpreter."""

    name: str
    arguments: tuple[str, ...]

    @property
    def command(self) -> list[str]:
        return [sys.executable, *self.arguments]


@dataclass(frozen=True)
class Outcome:
    """How a check went; `seconds` of wall clock."""

    check: Check
    passed: bool
    output: str
    seconds: float


_IMPORT_CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as run; run()"

CHECKS = (
    # The slowest first: the others fit beside it.
    Check("mypy", ("-m", "mypy", "--config-file", "../pyproject.toml", "--no-error-summary", "--show-traceback", ".")),
    Check("ruff check", ("-m", "ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", "--quiet", "--output-format", "concise", ".")),
    Check(
        "import contracts",
        ("-c", _IMPORT_CONTRACTS, "--config", "../.importlinter", "--cache-dir", "../.cache/imports"),
    ),
    Check("house rules", ("-m", "tools.house_rules")),
    Check("secrets", ("-m", "tools.secrets")),
    Check("migrations", ("-m", "tools.migration_lint")),
    Check("alerts", ("-m", "tools.alerts")),
    Check("web app", ("-m", "tools.web", "check")),
)


def run(check: Check) -> Outcome:
    """Run one check to its end."""
    started = time.monotonic()
    done = subprocess.run(check.command, cwd=SERVER, capture_output=True, text=True, check=False)
    output = (done.stdout + done.stderr).strip()
    return Outcome(check, done.returncode == 0, output, time.monotonic() - started)


def main() -> int:
    """Run all checks two at a time; print what failed and one line for each."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(run, CHECKS))
    for outcome in outcomes:
        # A check that could not look says so, also where that is no failure.
        if not outcome.passed or outcome.output.startswith("NOT RUN"):
            print(f"\n--- {outcome.check.name}\n{outcome.output}")
    print()
    for outcome in outcomes:
        print(f"{'ok  ' if outcome.passed else 'FAIL'} {outcome.check.name} ({outcome.seconds:.1f} s)")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
