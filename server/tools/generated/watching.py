"""docs/reference/metrics.md: what /metrics tells, and when somebody is woken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tools.generated.words import HEAD, rows

ALERTS = Path(__file__).resolve().parents[3] / "deploy" / "prometheus" / "alerts.yml"


def page() -> str:
    """Return the page."""
    return "\n".join(
        [
            "# Metrics and alerts",
            "",
            HEAD,
            "",
            "How they are read, and by whom: [See](../operations.md#see). Amounts are minor units.",
            "",
            "## Counted where it happens",
            "",
            *rows(("metric", "kind", "labels", "what it is"), counted()),
            "",
            "## Read when somebody asks",
            "",
            *rows(("metric", "of", "what it is"), figures()),
            "",
            "## Alerts",
            "",
            "`page`: now, at night as well; `ticket`: today. The rules are in `deploy/prometheus/alerts.yml`.",
            "",
            *rows(("alert", "severity", "after", "when", "why it matters"), alerts()),
            "",
        ]
    )


def counted() -> list[tuple[str, ...]]:
    """Return every counter, gauge and histogram, by name."""
    from jobsphere.watch import metrics

    suffixes = {"counter": "_total"}
    found = [each for each in vars(metrics).values() if hasattr(each, "_labelnames") and hasattr(each, "_type")]
    rows_ = {
        f"{each._name}{suffixes.get(each._type, '')}": (each._type, ", ".join(each._labelnames), each._documentation)
        for each in found
    }
    return [(f"`{name}`", *rows_[name]) for name in sorted(rows_)]


def figures() -> list[tuple[str, ...]]:
    """Return every figure that an app registers, by name."""
    from jobsphere.watch import figures

    found = {name: (app, words) for app, source in figures._sources.items() for name, words in source.help.items()}
    found[figures.UP] = ("watch", "Whether an app's figures could be read.")
    return [(f"`{name}`", *found[name]) for name in sorted(found)]


def alerts() -> list[tuple[str, ...]]:
    """Return every alert in the order of its file."""
    groups: list[dict[str, Any]] = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [
        (
            f"[{rule['alert']}](../runbooks/{rule['alert']}.md)",
            rule["labels"]["severity"],
            rule.get("for", "0m"),
            f"`{' '.join(rule['expr'].split())}`",
            rule["annotations"]["description"],
        )
        for group in groups
        for rule in group["rules"]
    ]
