"""What our code does not say, and what it says instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.house_rules.project import Project, Source, Violation

CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.db.models.functions.Now",
    "time.time",
    "time.time_ns",
}
# The clock itself, and identifiers, whose order is that of real time.
CLOCK_MODULES = {"jobsphere.kit.clock", "jobsphere.kit.ids"}
# Here money is counted; elsewhere a float may be a distance or a duration.
MONEY_APPS = {"ledger", "escrow", "payments", "contracts", "invoices", "disputes"}
MODEL_SIGNALS = {
    f"django.db.models.signals.{name}"
    for name in ("pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")
}
WRITING_MODULES = {"services", "handlers", "tasks"}
SKIPS = {
    "pytest.skip",
    "pytest.importorskip",
    "pytest.xfail",
    "pytest.mark.skip",
    "pytest.mark.skipif",
    "pytest.mark.xfail",
    "unittest.skip",
    "unittest.skipIf",
    "unittest.skipUnless",
}


def one_clock(project: Project) -> Iterator[Violation]:
    """Time comes from kit.clock, which rehearsals and tests can move."""
    for source in _of_apps(project):
        if source.module in CLOCK_MODULES:
            continue
        for node in source.nodes:
            if source.origin(node) in CLOCKS:
                yield from source.violation("clock", node, f"{source.origin(node)}: use kit.clock.now()")
            elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
                yield from source.violation("clock", node, f"{node.arg}: use default=clock.now")


def no_floats_for_money(project: Project) -> Iterator[Violation]:
    """Money is whole minor units."""
    for source in _of_apps(project):
        if source.app not in MONEY_APPS and source.module != "jobsphere.kit.money":
            continue
        for node in source.nodes:
            if _makes_float(source, node):
                yield from source.violation("float", node, "money is counted in whole minor units")


def _makes_float(source: Source, node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        is_float = isinstance(node.func, ast.Name) and node.func.id == "float"
        return is_float or source.origin(node.func) == "django.db.models.FloatField"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        return any(isinstance(side, ast.Constant) and isinstance(side.value, float) for side in (node.left, node.right))
    return False


def transactions_at_the_edge(project: Project) -> Iterator[Violation]:
    """One durable transaction a verb, opened by an edge through jobsphere.db."""
    for source in _of_apps(project):
        if source.app == "db" or source.is_test:
            continue
        for node in source.nodes:
            if source.origin(node) in {"django.db.transaction.atomic", "django.db.transaction.set_autocommit"}:
                yield from source.violation("atomic", node, "open it with jobsphere.db (edge_transaction, savepoint)")


def guarded_status(project: Project) -> Iterator[Violation]:
    """A status moves by a guarded update whose row count is checked: an assignment loses a race."""
    for source in _of_apps(project):
        if source.is_test or not WRITING_MODULES & set(source.parts[2:3]):
            continue
        for node in source.nodes:
            if _assigns_status(node) or _saves_status(node):
                yield from source.violation("status", node, "move it with jobsphere.db.move(...)")


def _assigns_status(node: ast.AST) -> bool:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)


def _saves_status(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save"):
        return False
    fields = [keyword.value for keyword in node.keywords if keyword.arg == "update_fields"]
    return any(isinstance(part, ast.Constant) and part.value == "status" for f in fields for part in ast.walk(f))


def no_hidden_writes(project: Project) -> Iterator[Violation]:
    """What happens on a write stands in the verb, not in a signal or in a save() of its own."""
    for source in _of_apps(project):
        for node in source.nodes:
            if source.origin(node) in MODEL_SIGNALS:
                yield from source.violation("hidden-write", node, f"{source.origin(node)}: publish an event")
            elif _overrides_save(source, node):
                yield from source.violation("hidden-write", node, "no save() or delete() overrides: write a verb")


def _overrides_save(source: Source, node: ast.AST) -> bool:
    if source.parts[2:3] != ["models"] or source.app == "db":
        return False
    return isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}


def no_mocks(project: Project) -> Iterator[Violation]:
    """Tests run our code, not a picture of it."""
    for source in project.sources:
        for node in source.nodes:
            if isinstance(node, ast.Import | ast.ImportFrom) and _imports_mocks(node):
                yield from source.violation("mock", node, "no mocks: use the sandbox gateway and real servers")


def _imports_mocks(node: ast.Import | ast.ImportFrom) -> bool:
    names = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{name}" for name in names]
    return any(name.startswith(("unittest.mock", "mock.", "pytest_mock")) for name in names)


def no_skips(project: Project) -> Iterator[Violation]:
    """A skipped test looks green and proves nothing; one about a single engine has a marker for it."""
    for source in project.sources:
        for node in source.nodes:
            if source.origin(node) in SKIPS:
                text = f"{source.origin(node)}: use the markers postgresql_only, sqlite_only, redis_only"
                yield from source.violation("skip", node, text)


def _of_apps(project: Project) -> list[Source]:
    return [source for source in project.sources if source.app]
