"""Check the whole tree against every rule; exit 1 when one is broken."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.house_rules import bans, cycles, sizes, tree
from tools.house_rules.project import Project, Violation

Rule = Callable[[Project], Iterable[Violation]]

RULES: tuple[Rule, ...] = (
    cycles.no_import_cycles,
    sizes.small_files,
    sizes.small_functions,
    bans.one_clock,
    bans.no_floats_for_money,
    bans.transactions_at_the_edge,
    bans.guarded_status,
    bans.no_hidden_writes,
    bans.no_mocks,
    bans.no_skips,
    tree.no_ties_to_one_machine,
    tree.every_app_explains_itself,
    tree.apps_have_one_shape,
)
ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    """Print each violation, as `path:line: rule: what to do`."""
    project = Project(ROOT)
    found = sorted({violation for rule in RULES for violation in rule(project)})
    for violation in found:
        print(violation)
    print(f"{len(RULES)} house rules, {len(found)} violations; {sizes.summary(project)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
