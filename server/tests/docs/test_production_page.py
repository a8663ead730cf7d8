"""docs/operations.md "In production": its commands, the systemd units and the files it names are one and the same.

The processes of the page are started by server/tests/topology; here is what that test does not see.
"""

import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "operations.md").read_text()
PRODUCTION = PAGE[PAGE.index("## In production") : PAGE.index("## Real time")]


def commands() -> list[str]:
    """Return the lines of what runs as processes."""
    block = re.search(r"<!-- run as processes -->\s*```sh\n(.*?)```", PRODUCTION, re.S)
    assert block
    return block[1].strip().splitlines()


@pytest.mark.parametrize("role", ["web", "realtime", "worker"])
def test_the_unit_of_a_role_runs_the_command_of_the_page(role: str) -> None:
    unit = (ROOT / "deploy" / "systemd" / f"jobsphere-{role}@.service").read_text()
    start = re.search(r"^ExecStart=/opt/jobsphere/(.*)$", unit, re.M)
    assert start
    of_role = [line for line in commands() if f"--role {role} " in line]
    enabled = re.findall(rf"jobsphere-{role}@(\d+)", PRODUCTION)
    assert len(enabled) == len(of_role) == 2
    assert [start[1].replace("%i", instance) for instance in enabled] == of_role


def test_units_give_a_process_longer_than_it_takes_to_drain() -> None:
    drain = re.search(r"^DRAIN_SECONDS=(\d+)$", (ROOT / "deploy" / "systemd" / "jobsphere.env").read_text(), re.M)
    assert drain
    for unit in (ROOT / "deploy" / "systemd").glob("*.service"):
        patience = re.search(r"^TimeoutStopSec=(\d+)$", unit.read_text(), re.M)
        assert patience
        assert int(patience[1]) > int(drain[1])


def test_every_file_that_the_page_names_exists() -> None:
    # `kubectl exec deploy/…` names a deployment.
    named = set(re.findall(r"(?<![\w/.])(?<!exec )(?<!--tty )((?:deploy|server)/[\w./-]+\w)", PRODUCTION))
    # Made by the steps, or written by the part that watches.
    missing = {each for each in named if not (ROOT / each).exists()} - {"deploy/prometheus"}
    assert missing == set()
    assert len(named) > 5


def test_every_block_of_commands_is_what_a_shell_can_read() -> None:
    for block in re.findall(r"```sh\n(.*?)```", PRODUCTION, re.S):
        assert shlex.split(block, comments=True)


def test_the_page_explains_every_variable_of_the_files_it_hands_out() -> None:
    text = "".join((ROOT / name).read_text() for name in ("deploy/systemd/jobsphere.env", "compose.yaml"))
    names = {name.removesuffix("_FILE") for name in re.findall(r"^\s*([A-Z][A-Z_0-9]{3,})[=:]", text, re.M)}
    # The proxies' own are explained in their files, PostgreSQL's in its image's documentation.
    proxies = [(ROOT / "deploy" / name).read_text() for name in ("caddy/Caddyfile", "haproxy/haproxy.cfg")]
    explained = PAGE + "".join(proxies)
    unexplained = {name for name in names if name not in explained and not name.startswith("POSTGRES_")}
    assert unexplained == set()
