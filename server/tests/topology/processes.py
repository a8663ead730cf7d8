"""The production topology from real processes: PostgreSQL, Redis, two of each role, and the proxy of `deploy/`."""

import os
import re
import secrets
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import psycopg
from redis import Redis
from redis.exceptions import RedisError

from jobsphere.db.encryption import new_key
from jobsphere.kit import clock
from jobsphere.payments.gateways.sandbox import Controls, SandboxServer, SandboxState
from tools.servers import common, postgresql, proxies

ROOT = Path(__file__).resolve().parents[3]
MANAGE = ROOT / "server" / "manage.py"
PAGE = ROOT / "docs" / "operations.md"
PORTS = ("proxy", "plain", "balancer", "admin", "postgresql", "redis")
#: Generous: the machine may be busy with other things.
PATIENCE = 180.0


@dataclass
class Process:
    """One process of the topology, and how one sees that it works."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    answers: Callable[[], bool]
    owner: common.Owner | None = None
    #: What it writes while it is well; one from its last life says nothing.
    alive: Path | None = None
    child: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def launch(self) -> None:
        """Start, and return at once."""
        if self.alive:
            self.alive.unlink(missing_ok=True)
        with self.log.open("ab") as output:
            self.child = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=self.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=common.die_with_parent,  # noqa: PLW1509  one system call
                **(self.owner.as_process() if self.owner else {}),  # type: ignore[call-overload]
            )

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.child is not None
            assert self.child.poll() is None, f"{self.name} ended:\n{self.words()}"
            assert time.monotonic() < deadline, f"{self.name} does not answer:\n{self.words()}"
            time.sleep(0.1)

    def start(self) -> None:
        self.launch()
        self.wait_until_it_answers()

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait for the end; returns the exit code. With SIGKILL, everything it has started dies."""
        assert self.child is not None
        if how is signal.SIGKILL:
            os.killpg(self.child.pid, how)
        else:
            self.child.send_signal(how)
        return self.child.wait(PATIENCE)

    def close(self) -> None:
        if self.child and self.child.poll() is None:
            self.end(signal.SIGKILL)

    def lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines() if self.log.exists() else []

    def words(self) -> str:
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""


class Topology:
    """Everything that production runs, on loopback, in a folder of its own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir()
        self.ports = {name: common.free_port() for name in PORTS}
        self.url = f"https://localhost:{self.ports['proxy']}"
        self.database = f"postgresql://postgres@127.0.0.1:{self.ports['postgresql']}"
        self.environment = self._environment()
        state = SandboxState(self.data / "sandbox.sqlite3", clock.now)
        self.bank = Controls(SandboxServer(state, public_url=f"{self.url}/sandbox"))
        self.processes: dict[str, Process] = {}
        self._add_postgresql(stack)
        self._add_redis()
        self._add_roles()
        self._add_proxies()
        stack.callback(self.close)

    def start(self) -> None:
        """Start the servers, migrate, then the roles, then the proxy."""
        for name in ("postgresql", "redis"):
            self.processes[name].start()
        with psycopg.connect(f"{self.database}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE jobsphere TEMPLATE template0 ENCODING 'UTF8'")
        once = [words[1:] for words in documented() if words[0] == str(MANAGE) and words[1] != "serve"]
        assert once == [["bootstrap"]]
        assert self.manage(*once[0]) == 0, self.processes["manage"].words()
        roles = [each for name, each in self.processes.items() if "-" in name]
        for role in roles:
            role.launch()
        for role in roles:
            role.wait_until_it_answers()
        for name in ("balancer", "proxy"):
            self.processes[name].start()

    def manage(self, *arguments: str) -> int:
        """Run a management command as an operator does; returns its exit code."""
        command = [sys.executable, str(MANAGE), *arguments]
        run = Process("manage", command, self.environment, self.folder / "manage.log", lambda: True)
        self.processes["manage"] = run
        run.launch()
        assert run.child
        return run.child.wait(PATIENCE)

    def reload_proxies(self) -> None:
        """Let both read their configuration again while people are on the line."""
        balancer = self.processes["balancer"].child
        assert balancer
        balancer.send_signal(signal.SIGUSR2)
        proxy = self.processes["proxy"]
        command = [proxy.command[0], "reload", "--force", *proxy.command[2:], "--address", self._admin]
        subprocess.run(command, env=proxy.environment, cwd=self.folder, check=True, capture_output=True, timeout=60)

    def trust(self) -> ssl.SSLContext:
        """Return what trusts the proxy's own certificate authority, and nothing else."""
        root = self.folder / "caddy" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        return ssl.create_default_context(cafile=str(root))

    def close(self) -> None:
        for process in reversed(self.processes.values()):
            process.close()

    def words(self) -> str:
        """Return the end of what every process said."""
        return "\n".join(f"--- {name}\n{each.words()[-800:]}" for name, each in self.processes.items())

    def faults(self) -> str:
        """Return what our processes called an error."""
        lines = [(name, line) for name, each in self.processes.items() if "-" in name for line in each.lines()]
        return "\n".join(f"{name}: {line[:4000]}" for name, line in lines if '"level": "error"' in line)

    # How each is started

    @property
    def _admin(self) -> str:
        return f"localhost:{self.ports['admin']}"

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        throttles = dict.fromkeys(("THROTTLE_READ", "THROTTLE_WRITE", "THROTTLE_MONEY"), "100000/min")
        return {
            **kept,
            **throttles,
            "THROTTLE_SIGN_IN": "1000/min",
            "JOBSPHERE_ENV": "production",
            "DJANGO_SETTINGS_MODULE": "tests.topology.settings",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ENCRYPTION_KEYS": new_key(),
            "DATA_DIR": str(self.data),
            "DATABASE_URL": f"{self.database}/jobsphere",
            "REDIS_URL": f"redis://127.0.0.1:{self.ports['redis']}/0",
            "STRIPE_SECRET_KEY": "sk_test_nobody_is_asked",
            "STRIPE_WEBHOOK_SECRET": "whsec_nobody_calls",
            "EMAIL_URL": f"file://{self.data}/mail",
            "PUBLIC_URL": self.url,
            "ALLOWED_HOSTS": "localhost",
            "TRUST_PROXY": "yes",
            "WEB_PROCESSES": "1",
            "BACKUP_DAILY": "no",
        }

    def _add(self, name: str, command: list[str], answers: Callable[[], bool], **more: str) -> Process:
        log = self.folder / f"{name}.log"
        process = Process(name, command, {**self.environment, **more}, log, answers)
        self.processes[name] = process
        return process

    def _add_postgresql(self, stack: ExitStack) -> None:
        binaries = postgresql.binaries_of()
        owner = common.owner_for(refuses_root=True)
        folder = stack.enter_context(common.folder_of(owner))
        postgresql.make_cluster(binaries, folder, owner)
        # A crash of the server must lose nothing that it has confirmed; only the machine's own crash may, here.
        command = [*postgresql.command_for(binaries, folder, self.ports["postgresql"]), "-c", "synchronous_commit=on"]
        process = self._add("postgresql", command, self._database_answers)
        process.owner = owner
        process.log = folder / "log"

    def _add_redis(self) -> None:
        binary = shutil.which("redis-server") or shutil.which("valkey-server")
        if binary is None:
            raise common.Missing("no redis-server on this machine")
        port = self.ports["redis"]
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._add("redis", command, lambda: redis_answers(port))

    def _add_roles(self) -> None:
        """Add what the page says, with ports and folders of our own."""
        counts: Counter[str] = Counter()
        for words in documented():
            if words[1] == "serve":
                role = words[3]
                counts[role] += 1
                self._add_role(f"{role}-{counts[role]}", words[:-1])

    def _add_role(self, name: str, words: list[str]) -> None:
        """Add one role; the last word of its command, a port or a file, is ours."""
        command = [sys.executable, *words]
        if name.startswith("worker"):
            alive = self.folder / f"{name}.alive"
            self._add(name, [*command, str(alive)], lambda: is_fresh(alive)).alive = alive
            return
        port = self.ports[name] = common.free_port()
        path = "/health/ready" if name.startswith("web") else "/"
        self._add(name, [*command, str(port)], lambda: answers(f"http://127.0.0.1:{port}{path}"))

    def _add_proxies(self) -> None:
        """Add the page's two, each from its file in `deploy/`, with ports of our own."""
        ours = {f"{role.upper()}_{n}": self._at(f"{role}-{n}") for role in ("web", "realtime") for n in (1, 2)}
        own = str(self.folder / "caddy")
        caddys = {
            "TLS_FROM": "internal",
            "CADDY_ADMIN": self._admin,
            # Its port for plain HTTP is the machine's 80, which is not ours.
            "CADDY_GLOBAL": f"http_port {self.ports['plain']}",
            "XDG_DATA_HOME": own,
            "XDG_CONFIG_HOME": own,
        }
        commands = {words[0]: words[1:] for words in documented()}
        for name, role in (("haproxy", "balancer"), ("caddy", "proxy")):
            words = [str(ROOT / word) if word.startswith("deploy/") else word for word in commands[name]]
            through = self.url if role == "proxy" else f"http://{self._at('balancer')}"
            trust = self.trust if role == "proxy" else None
            answers_too = partial(answers, f"{through}/health/live", trust)
            more = {**ours, **caddys, "BALANCER": self._at("balancer")}
            self._add(role, [proxies.binary(name), *words], answers_too, **more)

    def _at(self, name: str) -> str:
        return f"127.0.0.1:{self.ports[name]}"

    def _database_answers(self) -> bool:
        try:
            with psycopg.connect(f"{self.database}/postgres", connect_timeout=2):
                return True
        except psycopg.Error:
            return False


def documented() -> list[list[str]]:
    """Return the commands that docs/operations.md says production is: `server/manage.py …`, and the proxy."""
    block = re.search(r"<!-- run as processes -->\s*```sh\n(.*?)```", PAGE.read_text(), re.S)
    assert block
    python = ".venv/bin/python server/manage.py "
    return [line.replace(python, f"{MANAGE} ").split() for line in block[1].strip().splitlines()]


def answers(url: str, trust: Callable[[], ssl.SSLContext] | None = None) -> bool:
    """Say whether somebody answers there with success."""
    try:
        headers = {"Host": "localhost"}
        return httpx.get(url, headers=headers, timeout=5, verify=trust() if trust else True).is_success
    except (httpx.HTTPError, OSError):
        return False


def redis_answers(port: int) -> bool:
    """Say whether a Redis answers there."""
    try:
        with Redis(host="127.0.0.1", port=port, socket_timeout=2) as client:
            return bool(client.ping())
    except RedisError:
        return False


def is_fresh(file: Path) -> bool:
    """Say whether the file was touched in the last half minute, as the chart's probe asks."""
    return file.exists() and time.time() - file.stat().st_mtime < 30  # house: allow clock: a file's time is real
