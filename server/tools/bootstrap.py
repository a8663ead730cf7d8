"""Make `.venv` and fill it with the pinned packages: `python3 bootstrap.py base|dev`.

Standard library only, because it runs before anything is installed. What was installed is remembered in
`.venv/<set>.stamp` (the digest of the pins), so a second start has nothing to do.

`base` never removes what `dev` brought: whoever has the tools keeps them through `make run`.
"""

import hashlib
import os
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"
SETS = ("base", "dev")


class BootstrapError(Exception):
    """The environment cannot be made; the text tells the person what to do."""


def say(text: str) -> None:
    print(f"[setup] {text}", flush=True)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in SETS:
        print("usage: bootstrap.py base|dev", file=sys.stderr)
        return 2
    try:
        ensure(arguments[0])
    except BootstrapError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    return 0


def ensure(which: str) -> None:
    """Bring `.venv` to the pins of `which`; does nothing when the stamp says that they are there."""
    if is_current(which):
        stamp(which).touch()
        return
    started = time.monotonic()
    if sys.version_info < (3, 11):  # noqa: UP036  whoever calls this file directly may have an older one
        raise BootstrapError(f"JobSphere needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    make_venv()
    install_uv()
    say(f"installing the packages of requirements/{which}.txt ...")
    install(which)
    stamp(which).write_text(digest(which))
    if which == "dev":  # dev.txt holds every pin of base.txt
        stamp("base").write_text(digest("base"))
    say(f"ready in {time.monotonic() - started:.0f} s")


def is_current(which: str) -> bool:
    try:
        return VENV_PYTHON.exists() and stamp(which).read_text() == digest(which)
    except OSError:
        return False


def stamp(which: str) -> Path:
    return VENV / f"{which}.stamp"


def digest(which: str) -> str:
    """What the stamp must say: the pins that were installed."""
    content = hashlib.sha256()
    for name in ("uv", which):
        content.update(pins(name).read_bytes())
    return content.hexdigest()


def pins(which: str) -> Path:
    return REQUIREMENTS / f"{which}.txt"


def make_venv() -> None:
    if venv_works():
        return
    say(f"making .venv with Python {sys.version.split()[0]} ...")
    shutil.rmtree(VENV, ignore_errors=True)
    if not create_venv():
        add_debian_venv()
        if not create_venv():
            raise BootstrapError(
                "Python could not make a virtual environment (see above). Where your system packages it apart, "
                "install it first:\n    Debian, Ubuntu:  apt-get install python3-venv\nthen run make again."
            )


def venv_works() -> bool:
    """True when the environment's Python starts, finds its pip, and is the one that lies here."""
    if not VENV_PYTHON.exists():
        return False
    command = [str(VENV_PYTHON), "-c", "import pip, sys; print(sys.prefix)"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0 and Path(done.stdout.strip()) == VENV


def create_venv() -> bool:
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        say((done.stdout + done.stderr).strip() or "the venv module failed")
        shutil.rmtree(VENV, ignore_errors=True)
    return done.returncode == 0


def add_debian_venv() -> None:
    """Debian ships `venv` without its pip; as root it is one package away."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    say(f"Debian's {package} is missing; installing it with apt-get ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", package]):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            say(f"`{' '.join(command)}` failed")
            return


def install_uv() -> None:
    """uv installs several times faster than pip; where it cannot be had, pip does the work itself."""
    if not has_pinned_uv():
        say("installing uv ...")
        run_pip(pins("uv"))


def has_pinned_uv() -> bool:
    pinned = pins("uv").read_text().split("uv==", 1)[1].split()[0]
    command = [str(VENV_PYTHON), "-m", "uv", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split()[1:2] == [pinned]


def install(which: str) -> None:
    if run_uv(which):
        return
    say("uv could not do it; trying pip, which takes a few minutes ...")
    if not run_pip(pins(which)):
        raise BootstrapError(
            "The packages could not be installed (see above). JobSphere needs a Python package index: check the "
            "network, or the index that pip is set up with, and run make again; nothing has to be cleaned up."
        )


def run_uv(which: str) -> bool:
    """`sync` also removes what is not pinned; `install` leaves the developer's tools where they are."""
    verb = ["sync"] if which == "dev" else ["install", "-r"]
    options = ["--require-hashes", "--quiet", "--python", str(VENV_PYTHON)]
    if system_has_certificates():
        options.append("--system-certs")
    command = [str(VENV_PYTHON), "-m", "uv", "pip", *verb, str(pins(which)), *options]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def system_has_certificates() -> bool:
    """uv brings its own certificates; a company's proxy or mirror is known to the system's only."""
    places = ssl.get_default_verify_paths()
    return any(place and Path(place).exists() for place in (places.cafile, os.environ.get("SSL_CERT_FILE")))


def run_pip(file: Path) -> bool:
    command = [str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(file)]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
