"""A tree of sources, read once and shared by all rules."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_NOT_OURS = {".git", ".venv", ".cache", "var", "node_modules", "__pycache__", "dist"}
_EXCUSE = re.compile(r"#\s*house: allow (?P<rule>[a-z-]+): \S+")


@dataclass(frozen=True, order=True)
class Violation:
    """One place where a rule is broken."""

    path: str
    line: int
    rule: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.text}"


@dataclass(frozen=True)
class Source:
    """One Python file. `path` is relative to the project, as in `server/jobsphere/kit/clock.py`."""

    path: str
    code: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.code, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        return self.code.splitlines()

    @cached_property
    def module(self) -> str:
        """The dotted name from `server/`: `jobsphere.kit.clock`; a package has the name of its folder."""
        parts = Path(self.path).with_suffix("").parts[1:]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def parts(self) -> list[str]:
        return self.module.split(".")

    @property
    def app(self) -> str:
        """The app that the file belongs to, or nothing."""
        return self.parts[1] if self.parts[0] == "jobsphere" and len(self.parts) > 1 else ""

    @property
    def is_test(self) -> bool:
        name = Path(self.path).name
        return "tests" in self.parts or name == "conftest.py"

    @property
    def is_package(self) -> bool:
        return Path(self.path).name == "__init__.py"

    @cached_property
    def origins(self) -> dict[str, str]:
        """What each imported name stands for: {"now": "django.utils.timezone.now"}."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for name in node.names:
                    local = name.asname or name.name.split(".")[0]
                    found[local] = name.name if name.asname else local
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
        return found

    def origin(self, node: ast.AST) -> str:
        """The full dotted name that an expression such as `timezone.now` stands for, or nothing."""
        if isinstance(node, ast.Name):
            return self.origins.get(node.id, "")
        if isinstance(node, ast.Attribute) and (owner := self.origin(node.value)):
            return f"{owner}.{node.attr}"
        return ""

    def violation(self, rule: str, node: ast.AST, text: str) -> Iterator[Violation]:
        """The violation, unless the line itself or the one above it is excused with a reason."""
        line: int = getattr(node, "lineno", 1)
        if not any(self._excuses(number, rule) for number in (line, line - 1)):
            yield Violation(self.path, line, rule, text)

    def _excuses(self, number: int, rule: str) -> bool:
        if not 1 <= number <= len(self.lines):
            return False
        excuse = _EXCUSE.search(self.lines[number - 1])
        return excuse is not None and excuse["rule"] == rule


@dataclass(frozen=True)
class Project:
    """A folder laid out like this repository."""

    root: Path

    @cached_property
    def files(self) -> list[str]:
        """Every file that is, or would be, committed, relative to the root."""
        listed = _git_files(self.root)
        names = _walk(self.root) if listed is None else listed
        return sorted(name for name in names if (self.root / name).is_file())

    @cached_property
    def sources(self) -> list[Source]:
        """The Python files under `server/`; migrations are written by Django and left out."""
        return [
            Source(name, (self.root / name).read_text(encoding="utf-8"))
            for name in self.files
            if name.startswith("server/") and name.endswith(".py") and "/migrations/" not in name
        ]

    @cached_property
    def apps(self) -> list[Path]:
        """The folders of the apps."""
        folder = self.root / "server" / "jobsphere"
        return sorted(path for path in folder.iterdir() if (path / "__init__.py").exists())


def _git_files(root: Path) -> list[str] | None:
    if not (root / ".git").exists():
        return None
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.split("\0")[:-1] if done.returncode == 0 else None


def _walk(root: Path) -> list[str]:
    names = []
    for path in root.rglob("*"):
        inside = path.relative_to(root)
        if not _NOT_OURS & set(inside.parts):
            names.append(str(inside))
    return names
