"""What stands in the tree: names of files, pages that explain, and words that tie us to one machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.house_rules.project import Project, Violation

# What every app may have (docs/architecture.md says what each holds).
FILES_OF_AN_APP = {
    "__init__", "apps", "models", "rules", "types", "services", "selectors", "policies", "errors",
    "events", "handlers", "tasks", "api", "tests", "migrations", "management", "data", "personal_data", "retention",
    "live", "figures",
}  # fmt: skip
# Foundations are libraries and have the shape that suits them.
FREE_SHAPE = {"kit", "db", "web", "outbox", "audit", "demo", "watch"}
# Names that say nothing, or that belong to a shape which is not ours.
NOT_A_NAME = {
    "utils",
    "helpers",
    "common",
    "misc",
    "core",
    "signals",
    "managers",
    "views",
    "serializers",
    "urls",
    "forms",
}

# Written in pieces, so that this file does not break its own rule.
_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "npmjs" + ".org",
    "deb." + "debian.org",
    "security." + "debian.org",
    "proxy." + "golang.org",
]
_FOLDERS = ["work", "root", "tmp" + "/build", "opt" + "/pypi", "opt" + "/wheels"]
_HOST = re.compile("|".join(re.escape(host) for host in _HOSTS))
_FOLDER = re.compile(r"(?<![\w.~}/*-])/(?:" + "|".join(_FOLDERS) + r")/")
_BINARY = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".pdf", ".woff2", ".woff", ".ttf", ".pmtiles", ".mo"}


def no_ties_to_one_machine(project: Project) -> Iterator[Violation]:
    """No package registry's host and no path of somebody's machine in any file."""
    for name in project.files:
        if Path(name).suffix in _BINARY:
            continue
        text = (project.root / name).read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if found := _HOST.search(line) or _FOLDER.search(line):
                yield Violation(name, number, "machine", f"{found.group()!r} ties us to one machine or registry")


def every_app_explains_itself(project: Project) -> Iterator[Violation]:
    """Each app has a one-page README: owns, invariants, events in and out, failure modes."""
    for app in project.apps:
        if not (app / "README.md").exists():
            yield Violation(str(app.relative_to(project.root)), 1, "readme", "the app has no README.md")


def apps_have_one_shape(project: Project) -> Iterator[Violation]:
    """Whoever knows one app finds their way in all of them; what is special to an app, its README names."""
    for app in project.apps:
        if app.name in FREE_SHAPE:
            continue
        readme = app / "README.md"
        explained = readme.read_text(encoding="utf-8") if readme.exists() else ""
        for name in _python_children(app):
            if name not in FILES_OF_AN_APP and (name in NOT_A_NAME or name not in _modules_in(explained)):
                text = f"not a file that every app has: put it where it belongs, or explain `{name}.py` in the README"
                yield Violation(str((app / name).relative_to(project.root)), 1, "shape", text)


def _modules_in(readme: str) -> set[str]:
    """The modules that a page names: `tokens.py`, `gateways/`."""
    return set(re.findall(r"`(\w+)(?:\.py|/)", readme))


def _python_children(app: Path) -> Iterator[str]:
    for path in sorted(app.iterdir()):
        is_package = path.is_dir() and any(path.rglob("*.py"))
        if is_package or path.suffix == ".py":
            yield path.stem
