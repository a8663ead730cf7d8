"""Dashboard, alerts and runbooks speak of what there is: metrics that we export, pages, commands."""

import json
import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from jobsphere.watch import figures, metrics
from tools import alerts

ROOT = Path(__file__).resolve().parents[3]
RUNBOOKS = ROOT / "docs" / "runbooks"
#: Prometheus' own.
GIVEN = {"up"}
NAME = re.compile(r"\b(?:up\b(?=\s*[{=])|jobsphere_[a-z0-9_]+)")


def used() -> set[str]:
    """Return every metric that an alert or a panel names."""
    rules = yaml.safe_load(alerts.ALERTS.read_text())
    expressions = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "dashboard.json").read_text())
    expressions += [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    return {name for expression in expressions for name in NAME.findall(expression)}


def test_every_metric_of_the_dashboard_and_the_alerts_is_one_that_we_export() -> None:
    assert used() - metrics.names() - figures.names() == GIVEN


def test_everything_that_we_export_is_seen_somewhere() -> None:
    shown = used()
    stems = {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown}
    exported = {re.sub(r"_(bucket|sum|count)$", "", name) for name in metrics.names() | figures.names()}
    assert exported - stems == set()


def test_every_alert_has_a_page_and_every_page_an_alert() -> None:
    pages = {path.stem for path in RUNBOOKS.glob("*.md")} - {"README"}
    assert pages == set(alerts.names())
    assert {f"{name}.md" for name in pages} <= set(re.findall(r"\((\w+\.md)\)", (RUNBOOKS / "README.md").read_text()))


def commands_on(page: str) -> list[list[str]]:
    """Return every command of ours on a page, also in the middle of a sentence."""
    text = (RUNBOOKS / f"{page}.md").read_text()
    quoted = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^(manage\.py .*)$", text, re.M)
    found = [shlex.split(each.partition("manage.py ")[2]) for each in quoted if "manage.py " in each]
    return [[word for word in command if word not in ("…",)] for command in found]


@pytest.mark.parametrize("page", alerts.names())
def test_the_commands_of_a_page_exist_with_their_options(page: str) -> None:
    assert commands_on(page), "a page names at least one command"
    for name, *arguments in commands_on(page):
        plain = name if name in get_commands() else name.replace("-", "_")
        app = get_commands()[plain]
        load_command_class(app, plain).create_parser("manage.py", plain).parse_args(arguments)


def test_the_links_of_the_pages_lead_somewhere() -> None:
    broken = [
        f"{path.name}: {link}"
        for path in RUNBOOKS.glob("*.md")
        for link in re.findall(r"\]\(([^)#]+)", path.read_text())
        if not (RUNBOOKS / link).exists()
    ]
    assert broken == []


def test_promtool_finds_the_rules_sound() -> None:
    assert alerts.check() == []
