"""Every block of commands in docs/operations.md is run by a test, or says why none can run it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "operations.md").read_text()
#: What stands above a block, and the block.
BLOCKS = re.findall(r"(?:<!-- ([^>]+) -->\n *)?```(?:sh|console)\n(.*?)```", PAGE, re.S)

#: Which test runs the blocks with this mark.
RUN_BY = {
    "run": "tests/docs/test_operations_page.py",
    "run as processes": "tests/topology/test_topology.py",
    "run to a moment": "tests/topology/test_point_in_time.py",
    "run on a machine": "tests/topology/test_fresh_machine.py",
}


@pytest.mark.parametrize(("mark", "block"), BLOCKS)
def test_a_block_is_run_or_says_why_it_cannot_be(mark: str, block: str) -> None:
    if mark in RUN_BY:
        assert (ROOT / "server" / RUN_BY[mark]).exists()
    elif mark.startswith("run by "):
        # A test of its own plays these commands: each name of a command of ours stands in it.
        file = ROOT / mark.removeprefix("run by ").split(",")[0]
        named = set(re.findall(r"manage\.py ([\w-]+)", block))
        assert named
        words = file.read_text().replace("_", "-")
        assert {name for name in named if name not in words and name.split("-")[0] not in words} == set()
    else:
        assert re.fullmatch(r"not run: .{20,}", mark), f"mark it, or say why it is not run:\n{block}"


def test_the_section_of_production_on_one_machine_is_followed_in_its_order() -> None:
    section = PAGE.split("### Processes on a machine")[1].split("### Kubernetes")[0]
    marks = re.findall(r"<!-- ([^>:]+?)(?::[^>]*)? -->\n```sh", section)
    assert len(marks) == section.count("```sh")
    assert marks.count("not run") == 3
    assert marks.count("run on a machine") == 5


def test_the_script_of_the_containers_makes_secrets_and_names_what_only_the_operator_has(
    tmp_path: Path,
) -> None:
    shutil.copy(ROOT / "deploy" / "compose" / "make-secrets.sh", tmp_path)
    script = ["sh", str(tmp_path / "make-secrets.sh")]
    first = subprocess.run(script, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]})
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    empty = {name for name, content in made.items() if not content}
    assert empty == {"stripe_secret_key", "stripe_publishable_key", "stripe_webhook_secret", "email_url"}
    assert {name for name in empty if f"secrets/{name}" not in first.stdout} == set()
    assert made["database_password"] in made["database_url"]
    subprocess.run(script, capture_output=True, check=True)
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == made
