"""Asks PostgreSQL for the plan of every statement that a request sends, and says what is wrong with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Seen:
    """What the statements of one request did."""

    indexes: set[str] = field(default_factory=set)
    scanned: set[str] = field(default_factory=set)
    #: Pages of 8 KB that the dearest statement touched, and that statement.
    pages: int = 0
    dearest: str = ""
    milliseconds: float = 0.0


class Explainer:
    """Runs `EXPLAIN (ANALYZE, BUFFERS)` beside each SELECT."""

    def __init__(self) -> None:
        self.seen = Seen()

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not many and isinstance(sql, str) and sql.lstrip().upper().startswith(("SELECT", "WITH")):
            question = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}"
            execute(question, params, many, context)
            plan = context["cursor"].fetchone()[0][0]
            self._note(plan, sql)
        return execute(sql, params, many, context)

    def _note(self, plan: dict[str, Any], sql: str) -> None:
        top = plan["Plan"]
        pages = top.get("Shared Hit Blocks", 0) + top.get("Shared Read Blocks", 0)
        self.seen.milliseconds += plan["Execution Time"]
        if pages > self.seen.pages:
            self.seen.pages, self.seen.dearest = pages, sql
        for node in nodes(top):
            if name := node.get("Index Name"):
                self.seen.indexes.add(name)
            if node["Node Type"].endswith("Seq Scan") and node["Actual Loops"]:
                self.seen.scanned.add(node["Relation Name"])


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return a plan's steps, the top one first."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


@contextmanager
def explained() -> Iterator[Seen]:
    """Watch every SELECT of the block."""
    explainer = Explainer()
    with connection.execute_wrapper(explainer):
        yield explainer.seen


def large_tables(rows: int) -> set[str]:
    """Return the tables that hold at least so many rows by PostgreSQL's own count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [rows])
        return {name for (name,) in cursor.fetchall()}
