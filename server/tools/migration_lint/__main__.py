"""Check every migration that came after the first release's: `python -m tools.migration_lint [--freeze]`.

Part of `make lint`. What was there before the first release is listed in `before_first_release.txt`: there is no older
release that could trip over it. `--freeze` writes that list anew, and is for the time until the first release only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FROZEN = Path(__file__).with_name("before_first_release.txt")


def main(arguments: list[str]) -> int:
    """Print each finding, as `app.migration: key: why; instead`."""
    os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[3] / ".cache" / "schema"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    migrations = ours()
    if arguments == ["--freeze"]:
        FROZEN.write_text("".join(f"{each.app_label}.{each.name}\n" for each in sorted(migrations, key=str)))
        return 0
    frozen = set(FROZEN.read_text().split())
    lines = sorted(check(migrations, frozen))
    for line in lines:
        print(line)
    print(f"{len(migrations)} migrations, {len(frozen)} from before the first release, {len(lines)} findings")
    return 1 if lines else 0


def ours() -> list[Any]:
    """Return the migrations of our apps, each after those that it depends on."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    plan = dict.fromkeys(key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf))
    found = [loader.graph.nodes[key] for key in plan]
    return [each for each in found if type(each).__module__.startswith("jobsphere.")]


def check(migrations: Iterable[Any], frozen: set[str]) -> Iterator[str]:
    """Look at all of them in order, and tell of those that are not frozen."""
    from tools.migration_lint.rules import ALLOWED, State, findings

    state = State()
    for migration in migrations:
        name = f"{migration.app_label}.{migration.name}"
        allowed = dict(getattr(sys.modules.get(type(migration).__module__), ALLOWED, {}))
        found = list(findings(migration, state))
        if name in frozen:
            continue
        for each in found:
            if not allowed.pop(each.key, "").strip():
                yield f"{name}: {each.key}: {each.trouble}; instead: {each.instead}"
        for key in allowed:
            yield f"{name}: {ALLOWED} names {key!r}, which it does not do"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
