"""Each house rule is fed a violation and must see it; the tree itself must be free of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools.house_rules import bans, cycles, sizes, tree
from tools.house_rules.__main__ import ROOT, RULES, Rule
from tools.house_rules.project import Project

Tree = Callable[..., Project]


@pytest.fixture
def tree_of(tmp_path: Path) -> Tree:
    """A project made of files: names to contents."""

    def make(files: dict[str, str]) -> Project:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Project(tmp_path)

    return make


def broken(rule: Rule, project: Project) -> list[tuple[str, int]]:
    return sorted((violation.path, violation.line) for violation in rule(project))


@pytest.fixture(scope="module")
def our_tree() -> Project:
    """The tree itself, parsed once for all rules."""
    return Project(ROOT)


@pytest.mark.xdist_group("the tree")  # on one worker, which parses it once
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule, our_tree: Project):
    assert [str(violation) for violation in rule(our_tree)] == []


APP = "server/jobsphere/ledger"
SERVICES = f"{APP}/services.py"


@pytest.mark.parametrize(
    ("rule", "path", "bad", "good"),
    [
        (
            bans.one_clock,
            SERVICES,
            "import datetime\nat = datetime.datetime.now()",
            "from jobsphere.kit import clock\nat = clock.now()",
        ),
        (
            bans.one_clock,
            SERVICES,
            "from datetime import date\nat = date.today()",
            "from datetime import date\nat = date(2026, 1, 1)",
        ),
        (
            bans.one_clock,
            SERVICES,
            "from time import time\nat = time()",
            "from time import monotonic\nat = monotonic()",
        ),
        (
            bans.one_clock,
            f"{APP}/models.py",
            "from django.utils import timezone\nat = DateTimeField(default=timezone.now)",
            "from jobsphere.kit import clock\nat = DateTimeField(default=clock.now)",
        ),
        (bans.one_clock, f"{APP}/models.py", "\nat = DateTimeField(auto_now_add=True)", "\nat = DateTimeField()"),
        (bans.no_floats_for_money, SERVICES, "\nfee = float(amount)", "\nfee = int(amount)"),
        (bans.no_floats_for_money, SERVICES, "\nfee = amount * 0.1", "\nfee = amount * 1000 // 10000"),
        (
            bans.no_floats_for_money,
            f"{APP}/models.py",
            "from django.db import models\nfee = models.FloatField()",
            "from django.db import models\nfee = models.BigIntegerField()",
        ),
        (
            bans.transactions_at_the_edge,
            SERVICES,
            "from django.db import transaction\nwith transaction.atomic(): pass",
            "from jobsphere.db import edge_transaction\nwith edge_transaction(): pass",
        ),
        (
            bans.transactions_at_the_edge,
            SERVICES,
            "from django.db.transaction import atomic\n@atomic\ndef pay(): pass",
            "from jobsphere.db import require_transaction\ndef pay(): require_transaction()",
        ),
        (bans.guarded_status, SERVICES, "\noffer.status = 'accepted'", "\nmove(Offer, offer.id, to_status='accepted')"),
        (
            bans.guarded_status,
            SERVICES,
            "\noffer.save(update_fields=['status'])",
            "\noffer.save(update_fields=['note'])",
        ),
        (bans.guarded_status, f"{APP}/handlers.py", "\noffer.status = 'accepted'", "\nstatus = 'accepted'"),
        (
            bans.no_hidden_writes,
            f"{APP}/apps.py",
            "from django.db.models.signals import post_save\npost_save.connect(print)",
            "from django.db.models.signals import post_migrate\npost_migrate.connect(print)",
        ),
        (
            bans.no_hidden_writes,
            f"{APP}/models.py",
            "class Entry(Record):\n    def save(self): pass",
            "class Entry(Record):\n    def natural(self): pass",
        ),
        (bans.no_mocks, f"{APP}/tests/test_x.py", "\nfrom unittest import mock", "\nfrom unittest import TestCase"),
        (bans.no_mocks, f"{APP}/tests/test_x.py", "\nfrom unittest.mock import patch", "\nimport unittest"),
        (
            bans.no_skips,
            "server/tests/test_x.py",
            "import pytest\n@pytest.mark.skipif(True, reason='')\ndef test(): pass",
            "import pytest\n@pytest.mark.postgresql_only\ndef test(): pass",
        ),
        (
            bans.no_skips,
            "server/tests/test_x.py",
            "import pytest\npytest.skip('later')",
            "import pytest\npytest.fail('now')",
        ),
    ],
)
def test_a_banned_thing_is_caught_and_its_replacement_is_not(tree_of: Tree, rule: Rule, path: str, bad: str, good: str):
    found = broken(rule, tree_of({path: bad}))
    assert {line for _, line in found} == {2}
    assert {name for name, _ in found} == {path}
    assert broken(rule, tree_of({path: good})) == []


def test_the_clock_itself_may_read_the_time(tree_of: Tree):
    files = {"server/jobsphere/kit/clock.py": "from datetime import datetime\nat = datetime.now()"}
    assert broken(bans.one_clock, tree_of(files)) == []


def test_an_excuse_needs_the_rule_and_a_reason(tree_of: Tree):
    code = "import time\nat = time.time()"
    for comment, caught in (
        ("  # house: allow clock: the gateway signs with real time", False),
        ("  # house: allow clock:", True),
        ("  # house: allow float: another rule", True),
    ):
        assert bool(broken(bans.one_clock, tree_of({SERVICES: code + comment}))) is caught, comment


def test_a_cycle_is_caught_even_inside_functions_and_for_typing(tree_of: Tree):
    files = {
        f"{APP}/__init__.py": "",
        f"{APP}/a.py": "from jobsphere.ledger import b",
        f"{APP}/b.py": "def later():\n    from jobsphere.ledger.c import thing",
        f"{APP}/c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .a import x\nthing = 1",
    }
    (violation,) = cycles.no_import_cycles(tree_of(files))
    assert violation.text.startswith("3 modules")
    assert "jobsphere.ledger.a -> jobsphere.ledger.b -> jobsphere.ledger.c -> jobsphere.ledger.a" in violation.text


def test_no_cycle_where_calls_only_go_down(tree_of: Tree):
    files = {
        f"{APP}/__init__.py": "",
        f"{APP}/services/__init__.py": "from jobsphere.ledger.services.post import post",
        f"{APP}/services/post.py": "from jobsphere.ledger import models",
        f"{APP}/models.py": "import jobsphere.kit.money",
        "server/jobsphere/kit/money.py": "",
    }
    assert broken(cycles.no_import_cycles, tree_of(files)) == []


def test_two_knots_are_two_violations():
    graph = {"a": {"b"}, "b": {"a"}, "c": {"d", "a"}, "d": {"c"}, "e": {"a"}}
    assert sorted(sorted(knot) for knot in cycles.knots(graph)) == [["a", "b"], ["c", "d"]]


def test_a_file_over_600_lines_is_caught(tree_of: Tree):
    assert broken(sizes.small_files, tree_of({SERVICES: "x = 1\n" * 601})) == [(SERVICES, 1)]
    assert broken(sizes.small_files, tree_of({SERVICES: "x = 1\n" * 600})) == []
    migration = f"{APP}/migrations/0001_initial.py"
    assert broken(sizes.small_files, tree_of({migration: "x = 1\n" * 601})) == []


def function(name: str, lines: int) -> str:
    return f"def {name}():\n" + "    x = 1\n" * (lines - 1)


def test_a_median_over_10_lines_is_caught(tree_of: Tree):
    long = "".join(function(f"f{n}", 11) for n in range(3))
    assert any("median" in violation.text for violation in sizes.small_functions(tree_of({SERVICES: long})))
    short = "".join(function(f"f{n}", 10) for n in range(3))
    assert broken(sizes.small_functions, tree_of({SERVICES: short})) == []


def test_one_percent_of_functions_over_70_lines_is_caught_and_named(tree_of: Tree):
    many = "".join(function(f"f{n}", 2) for n in range(99))
    found = sizes.small_functions(tree_of({SERVICES: many + function("giant", 71)}))
    assert any("giant has 71 lines" in violation.text for violation in found)
    more = "".join(function(f"g{n}", 2) for n in range(1))
    assert broken(sizes.small_functions, tree_of({SERVICES: many + more + function("giant", 71)})) == []


@pytest.mark.parametrize(
    "words",
    ["see /wo" + "rk/shared/x", "cp a /ro" + "ot/b", "--index-url https://py" + "pi.org/simple", "/tmp/" + "build/x"],
)
def test_a_tie_to_one_machine_is_caught(tree_of: Tree, words: str):
    assert broken(tree.no_ties_to_one_machine, tree_of({"docs/x.md": f"fine\n{words}\n"})) == [("docs/x.md", 2)]


@pytest.mark.parametrize("words", ["the route /api/wo" + "rk/items", "frame/wo" + "rk/x", "~/ro" + "ot/"])
def test_a_path_of_our_own_is_no_tie(tree_of: Tree, words: str):
    assert broken(tree.no_ties_to_one_machine, tree_of({"docs/x.md": words})) == []


def test_an_app_without_a_readme_is_caught(tree_of: Tree):
    assert broken(tree.every_app_explains_itself, tree_of({f"{APP}/__init__.py": ""})) == [(APP, 1)]
    assert broken(tree.every_app_explains_itself, tree_of({f"{APP}/README.md": "Owns the books."})) == []


def test_a_file_of_an_unknown_name_is_caught_until_the_readme_explains_it(tree_of: Tree):
    files = {f"{APP}/__init__.py": "", SERVICES: "", f"{APP}/snapshots.py": "", f"{APP}/checks/x.py": ""}
    assert broken(tree.apps_have_one_shape, tree_of(files)) == [(f"{APP}/checks", 1), (f"{APP}/snapshots", 1)]
    explained = {f"{APP}/README.md": "`snapshots.py` keeps sums of the past; `checks/` proves the books."}
    assert broken(tree.apps_have_one_shape, tree_of(explained)) == []


def test_a_name_that_says_nothing_is_caught_whatever_the_readme_says(tree_of: Tree):
    files = {f"{APP}/__init__.py": "", f"{APP}/utils.py": "", f"{APP}/README.md": "`utils.py` holds this and that."}
    assert broken(tree.apps_have_one_shape, tree_of(files)) == [(f"{APP}/utils", 1)]
