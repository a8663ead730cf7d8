"""docs/operations.md, "Processes on a machine", from top to bottom: a fresh machine becomes a marketplace.

Each block that says `run on a machine` runs in a shell word for word; ours are only the ports, the folders, the users
of the machine, and what the page itself calls yours. Blocks that no test can run say why in the page.
"""

import getpass
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.topology.processes import PAGE, PATIENCE, ROOT, Topology
from tools.servers.common import Missing

SECTION = PAGE.read_text().split("### Processes on a machine")[1].split("### Kubernetes")[0]
DATABASE_PASSWORD, PASSWORD = "letters4and5digits", "a-long-password-for-the-first-administrator"

pytestmark = [pytest.mark.postgresql_only, pytest.mark.redis_only, pytest.mark.timeout(600)]


def blocks() -> list[str]:
    """Return what the page says is run, in its order."""
    return re.findall(r"<!-- run on a machine -->\n```sh\n(.*?)```", SECTION, re.S)


class FreshMachine:
    """A machine on which somebody follows the page; its servers run, nothing of JobSphere is there yet."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.opt, self.file = folder / "opt" / "jobsphere", folder / "etc" / "jobsphere" / "jobsphere.env"
        for name in ("opt", "etc/systemd/system", "etc/caddy", "etc/haproxy", "var/lib"):
            (folder / name).mkdir(parents=True)
        self.topology = Topology(folder, stack)
        self.kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        for name in ("postgresql", "redis"):
            self.topology.processes[name].start()

    def ours(self, words: str) -> str:
        """Put our folders and users into a command of the page, and nothing else."""
        words = words.replace("https://git.example/jobsphere.git", str(ROOT)).replace("runuser -u postgres -- ", "")
        words = words.replace("-o jobsphere ", f"-o {getpass.getuser()} ")
        return re.sub(r"(?<![\w/])/(?=(?:opt|etc|var/lib)/)", f"{self.folder}/", words)

    def runs(self, block: str, typed: str = "") -> str:
        """Run a block, with what is typed when it asks; returns what it printed."""
        where = self.opt if self.opt.exists() else self.folder
        server = {"PGHOST": "127.0.0.1", "PGPORT": str(self.topology.ports["postgresql"]), "PGUSER": "postgres"}
        done = subprocess.run(
            ["bash", "-eu", "-c", f"{self.manage()}\n{self.ours(block)}"],
            cwd=where,
            env={**self.kept, **server, "EDITOR": "true"},
            input=typed,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
            check=False,
            start_new_session=True,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        return done.stdout

    def manage(self) -> str:
        """Return the page's alias as a function, where `env` with the file stands for systemd-run with it."""
        alias = re.search(r"alias manage='systemd-run .*EnvironmentFile=(\S+) --working-directory=(\S+) (.*)'", SECTION)
        assert alias
        file, folder, command = self.ours(alias[1]), self.ours(alias[2]), alias[3]
        return f'manage() {{ (cd {folder} && env -i PATH="$PATH" $(grep -v "^#" {file}) {command} "$@"); }}'

    def edit(self, printed: list[str]) -> None:
        """Write into the file what the page tells to, with the values that it printed."""
        at = {f"{role.upper()}_{n}": f"{role}-{n}" for role in ("web", "realtime") for n in (1, 2)}
        ports = self.topology.ports
        yours = {
            **{name: f"127.0.0.1:{ports[port]}" for name, port in {**at, "BALANCER": "balancer"}.items()},
            "PUBLIC_URL": self.topology.url,
            "ALLOWED_HOSTS": "localhost",
            "TLS_FROM": "internal",
            "DATABASE_URL": f"postgres://jobsphere:{DATABASE_PASSWORD}@127.0.0.1:{ports['postgresql']}/jobsphere",
            "REDIS_URL": f"redis://127.0.0.1:{ports['redis']}/0",
            **dict(zip(("SECRET_KEY", "ENCRYPTION_KEYS"), printed, strict=True)),
            "METRICS_TOKEN": printed[0][:24],
            "EMAIL_URL": f"file://{self.folder}/mail",
            "STRIPE_SECRET_KEY": "sk_test_nobody_is_asked",
            "STRIPE_PUBLISHABLE_KEY": "pk_test_nobody_is_asked",
            "STRIPE_WEBHOOK_SECRET": "whsec_nobody_calls",
        }
        words = self.ours(self.file.read_text())
        for name, value in yours.items():
            words, times = re.subn(rf"^{name}=.*$", f"{name}={value}", words, flags=re.M)
            assert times == 1, name
        # No test asks a real bank.
        self.file.write_text(f"{words}WEB_PROCESSES=1\nDJANGO_SETTINGS_MODULE=tests.topology.settings\n")

    def start(self) -> None:
        """Start what the units start, with nothing but the file, and the proxies from where the page copied them."""
        lines = [line for line in self.file.read_text().splitlines() if "=" in line and not line.startswith("#")]
        settings = dict(line.split("=", 1) for line in lines)
        processes = self.topology.processes
        for name in ("web-1", "web-2", "realtime-1", "realtime-2", "worker-1", "worker-2"):
            processes[name].environment = {**self.kept, **settings}
            processes[name].launch()
        for name in ("web-1", "web-2", "realtime-1", "realtime-2", "worker-1", "worker-2"):
            processes[name].wait_until_it_answers()
        for name in ("balancer", "proxy"):
            process = processes[name]
            process.command = [word.replace(f"{ROOT}/deploy/", f"{self.folder}/etc/") for word in process.command]
            process.environment = {**process.environment, **settings}
            process.start()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[FreshMachine]:
    """A machine with the servers that Debian's packages start; or said to be missing what it needs."""
    with ExitStack() as stack:
        try:
            built = FreshMachine(tmp_path, stack)
        except Missing as reason:
            pytest.skip(f"NOT RUN, a fresh machine: {reason}")  # house: allow skip: fails where CI=true
        yield built


def test_the_page_leads_from_a_fresh_machine_to_an_administrator_who_signs_in(machine: FreshMachine) -> None:
    clone, prepare, alias, units, ready = blocks()
    assert alias.startswith("alias manage=")
    machine.runs(clone)
    # What bootstrap.py and the build of the web app make is taken from here.
    (machine.opt / ".venv").symlink_to(ROOT / ".venv")
    printed = machine.runs(prepare, typed=f"{DATABASE_PASSWORD}\n{DATABASE_PASSWORD}\n").split()
    assert machine.file.stat().st_mode & 0o777 == 0o600
    # Somebody who forgets to edit the file reads what is missing.
    with pytest.raises(AssertionError, match=r"(?s)Production refuses to start.*SECRET_KEY.*ENCRYPTION_KEYS"):
        machine.runs("manage doctor")
    machine.edit(printed[-2:])
    machine.runs(units)
    for name in ("caddy", "haproxy"):
        drop_in = machine.folder / "etc" / "systemd" / "system" / f"{name}.service.d" / "jobsphere.conf"
        assert drop_in.read_text() == f"[Service]\nEnvironmentFile={machine.file}\n"
    machine.start()
    said = machine.runs(ready, typed=f"{PASSWORD}\n")
    assert "UNWELL" not in said
    assert "you@jobs.example is an administrator." in said
    with httpx.Client(base_url=machine.topology.url, verify=machine.topology.trust(), timeout=30) as browser:
        who = {"email": "you@jobs.example", "password": PASSWORD}
        answer = browser.post("/api/auth/login/", json=who)
        assert answer.status_code == 200, answer.text
        token = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        assert browser.get("/api/admin/books/", headers=token).status_code == 200
