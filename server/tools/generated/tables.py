"""docs/reference/tables.md: every table, how long its rows are kept, and why."""

from __future__ import annotations

from jobsphere.db.retention import How, Rule
from tools.generated.words import HEAD, rows


def page() -> str:
    """Return the page."""
    from jobsphere.db.retention import rules

    listed = [(f"`{rule.table}`", kept(rule), rule.why) for rule in sorted(rules(), key=lambda rule: rule.table)]
    words = (
        "Periods are names in `RETENTION_DAYS`, here with their defaults"
        " ([How long what is kept](../operations.md#how-long-what-is-kept)); `manage.py retention --list` says them of"
        " a marketplace as it is set. A table without a rule fails a test."
    )
    return "\n".join(["# Tables", "", HEAD, "", words, "", *rows(("table", "is kept", "why"), listed), ""])


def kept(rule: Rule) -> str:
    """Return how long in words."""
    if rule.is_cleaned:
        period = rule.period()
        assert period is not None
        sealed = ", through the door of an append-only table" if rule.how is How.DELETE_SEALED else ""
        return f"{period.days} days (`{rule.days}`){sealed}"
    return {How.KEEP: "for good", How.FOLLOW: f"as long as `{rule.by}`", How.ELSEWHERE: f"until `{rule.by}` cleans it"}[
        rule.how
    ]
