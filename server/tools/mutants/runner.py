"""Runs one mutant: patch a copy of the tree, run its tests on SQLite until one fails, put the source back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tools.lint import ROOT
from tools.mutants.words import Edit, Mutant

DATABASE = "JOBSPHERE_TEST_DATABASE"
_FAILED = re.compile(r"^FAILED \S*?([\w.]+\.py::\S+)", re.MULTILINE)
_LONGEST = 420


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: `caught_by` names the test; `trouble` says why there is no verdict."""

    mutant: Mutant
    seconds: float
    caught_by: str = ""
    trouble: str = ""

    @property
    def caught(self) -> bool:
        return bool(self.caught_by) and not self.trouble

    def __str__(self) -> str:
        word = "BROKEN  " if self.trouble else "caught  " if self.caught else "SURVIVED"
        return f"{word} {self.seconds:4.0f} s  {self.mutant.name:<56} {self.trouble or self.caught_by}"


class Lane:
    """A copy of the tree in which one mutant at a time lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "server", folder / "server", ignore=shutil.ignore_patterns(".*", "*.sqlite3"))
        shutil.copy2(ROOT / "pyproject.toml", folder)
        self._template = folder / "template.sqlite3"

    def prepare(self) -> None:
        """Make the migrated database that every run starts with a copy of. Raises RuntimeError."""
        done = self._pytest(self._template, "tests/db/test_transactions.py")
        if done.returncode != 0:
            raise RuntimeError(f"the copy does not work:\n{done.stdout[-3000:]}")

    def judge(self, mutant: Mutant, tests: tuple[str, ...]) -> Verdict:
        """Plant the bug, look who notices, and take it out again."""
        started = time.monotonic()
        paths = {edit.path for edit in mutant.edits}
        originals = {path: (self.folder / "server" / path).read_text() for path in paths}
        try:
            for edit in mutant.edits:
                self._apply(edit)
            caught_by, trouble = self._run(tests)
        except LookupError as error:
            caught_by, trouble = "", str(error)
        finally:
            for path, source in originals.items():
                (self.folder / "server" / path).write_text(source)
        return Verdict(mutant, time.monotonic() - started, caught_by, trouble)

    def _apply(self, edit: Edit) -> None:
        file = self.folder / "server" / edit.path
        source = file.read_text()
        if source.count(edit.before) != 1:
            raise LookupError(
                f"{edit.path}: {edit.before.strip()[:60]!r} stands there {source.count(edit.before)} times"
            )
        file.write_text(source.replace(edit.before, edit.after))

    def _run(self, tests: tuple[str, ...]) -> tuple[str, str]:
        """Return (the test that failed, trouble), both empty when all passed."""
        for target in tests:
            database = self.folder / "run.sqlite3"
            shutil.copy2(self._template, database)
            try:
                done = self._pytest(database, target)
            except subprocess.TimeoutExpired:
                return "", f"{target} took more than {_LONGEST} s"
            if failed := _FAILED.search(done.stdout):
                return failed[1], ""
            if done.returncode != 0:
                return "", (done.stdout + done.stderr).strip()[-300:]
        return "", ""

    def _pytest(self, database: Path, target: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "--reuse-db", "--show-capture=no", "--tb=line"]
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "CI")}
        environment = {**kept, "DATA_DIR": str(self.folder / "data"), DATABASE: str(database)}
        return subprocess.run(
            [*command, f"server/{target}"],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
        )
