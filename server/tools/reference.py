"""Writes every generated page of docs/ from the code: `python -m tools.reference [--check]`.

docs/reference.md is written here, docs/access.md by `tools.access`, the others by `tools.generated`.

Tests fail when they are stale.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from tools import access, generated
from tools.generated.loading import is_ours, load_everything

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"

#: Where each lifecycle lives.
LIFECYCLES = (
    ("Job", "jobsphere.jobs.rules", "JOB"),
    ("Proposal", "jobsphere.jobs.rules", "PROPOSAL"),
    ("Offer", "jobsphere.contracts.rules.lifecycles", "OFFER"),
    ("Contract", "jobsphere.contracts.rules.lifecycles", "CONTRACT"),
    ("Milestone", "jobsphere.contracts.rules.lifecycles", "MILESTONE"),
    ("Refund request", "jobsphere.contracts.rules.lifecycles", "REFUND_REQUEST"),
    ("Paper (verification)", "jobsphere.profiles.verification.rules", "VERIFICATION"),
    ("Escrow hold", "jobsphere.escrow.rules", "HOLD"),
    ("Payment (detail)", "jobsphere.payments.rules", "PAYMENT"),
    ("Series", "jobsphere.repeats.rules.lifecycle", "REPEAT"),
    ("Date of a series", "jobsphere.repeats.rules.lifecycle", "OCCURRENCE"),
    ("Plan of a person", "jobsphere.plans.rules.lifecycle", "SUBSCRIPTION"),
    ("Period of a plan", "jobsphere.plans.rules.lifecycle", "PERIOD"),
    ("Refund", "jobsphere.payments.rules", "REFUND"),
    ("Payout", "jobsphere.payments.rules", "PAYOUT"),
)

Row = tuple[str, ...]


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is what the code says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    stale = access.main(arguments)
    pages = {PAGE: page(), **{generated.DOCS / name: words for name, words in generated.pages().items()}}
    if "--check" in arguments:
        current = all(path.exists() and path.read_text() == words for path, words in pages.items())
        return 0 if current and not stale else 1
    for path, words in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)
    return 0


def page() -> str:
    """Return the whole page."""
    load_everything()
    return "\n".join(
        [
            "# Reference",
            "",
            "Generated from the code by `python -m tools.reference`; a test fails when it is stale. Do not edit.",
            "",
            *lifecycles(),
            "## Problems",
            "",
            "[Every problem](reference/problems.md) by its status, with what it means and what a client does about it.",
            "",
            *table("Events", ("event", "of", "fields", "meaning"), events()),
            *table("Differences", ("code", "means", "what to do next"), differences()),
            *table("Routes", ("path", "methods", "access"), routes()),
            "",
        ]
    )


def table(title: str, head: Row, rows: Iterator[Row]) -> list[str]:
    """Return a section with a table."""
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return [*lines, *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows), ""]


def lifecycles() -> Iterator[str]:
    """Return every lifecycle as a diagram and a table of who may act."""
    yield "## Lifecycles"
    yield ""
    for title, module, name in LIFECYCLES:
        lifecycle = getattr(import_module(module), name)
        steps = sorted(lifecycle.table.items(), key=lambda item: (str(item[0][0]), item[0][1]))
        yield f"### {title}"
        yield ""
        yield "```mermaid"
        yield "stateDiagram-v2"
        for (status, action), step in steps:
            yield f"  {status} --> {step.to}: {action}"
        yield "```"
        yield ""
        yield "| status | action | leads to | who |"
        yield "| --- | --- | --- | --- |"
        for (status, action), step in steps:
            yield f"| {status} | {action} | {step.to} | {', '.join(sorted(step.by))} |"
        yield ""


def events() -> Iterator[Row]:
    """Return every event with its fields."""
    from dataclasses import fields

    from jobsphere.outbox.types import event_types

    for event in filter(is_ours, event_types()):
        names = ", ".join(field.name for field in fields(cast(Any, event)))
        yield f"`{event.name}`", event.aggregate, names, first_line(event.__doc__)


def differences() -> Iterator[Row]:
    """Return what reconciliation can find, with what it means; a check without kinds of its own has one row."""
    from jobsphere.ledger import checks

    for code in sorted({*checks.explanations(), *checks.registered()}):
        explained = checks.explanation(code)
        yield f"`{code}`", explained.meaning, explained.cure


def routes() -> Iterator[Row]:
    """Return every route of the API with its policy."""
    from django.urls import get_resolver

    yield from sorted(flattened(get_resolver().url_patterns))


def flattened(patterns: list[Any], prefix: str = "") -> Iterator[Row]:
    """Walk the resolver; only views with a policy, which every route of the API has."""
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from flattened(pattern.url_patterns, route)
            continue
        view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
        access = getattr(view, "access", None)
        if view is not None and access is not None:
            methods = [name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)]
            yield f"`/{route}`", " ".join(methods), access.describe()


def first_line(text: str | None) -> str:
    """Return the first paragraph of a docstring in one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
