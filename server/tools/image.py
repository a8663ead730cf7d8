"""Rehearse the Dockerfile without a Docker engine: `python -m tools.image FOLDER`.

Copies what .dockerignore sends, runs the commands of the build stage one after the other in FOLDER in place of `/app`,
and keeps there what the last stage takes over. What Debian's packages and the base image do is not rehearsed.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Where the image has its files.
HOME = "/app"

Step = tuple[str, str]


def main(arguments: list[str]) -> int:
    """Build into an empty folder."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0]).resolve()
    build, last = stages()
    sources = folder / "build"
    rehearse(build, sources)
    for name, rest in last:
        if name == "COPY":
            _, taken, _ = rest.split()
            shutil.copytree(moved(taken, sources), moved(taken, folder / "image"), symlinks=True)
    print(f"the image's {HOME} is in {folder / 'image'}")
    return 0


def steps() -> list[Step]:
    """Return the Dockerfile's instructions, continued lines joined."""
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.strip() and line[0] != "#"]
    whole = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in whole.splitlines())]


def stages() -> tuple[list[Step], list[Step]]:
    """Return the instructions of the two stages."""
    every = steps()
    second = max(index for index, (name, _) in enumerate(every) if name == "FROM")
    return every[:second], every[second:]


def rehearse(build: list[Step], folder: Path) -> None:
    """Do what the build stage does; raises CalledProcessError where a command fails."""
    here = folder
    environment = dict(os.environ)
    for name, rest in build:
        if name == "WORKDIR":
            here = moved(rest, folder)
            here.mkdir(parents=True, exist_ok=True)
        elif name == "ENV":
            environment.update({key: value for key, _, value in (word.partition("=") for word in rest.split())})
        elif name == "COPY":
            *sources, target = rest.split()
            for source in sources:
                copy(source, here / target, folder)
        elif name == "RUN":
            print(f"RUN {rest}", flush=True)
            subprocess.run(["sh", "-ec", rest], cwd=here, env=environment, check=True)


def copy(source: str, target: Path, folder: Path) -> None:
    """Copy a file or a folder of the tree, as far as it is sent."""
    for path in sent():
        if path == source:
            kept = target / Path(path).name if target.is_dir() or str(target).endswith("/") else target
        elif path.startswith(source.rstrip("/") + "/"):
            kept = target / path.removeprefix(source.rstrip("/") + "/")
        else:
            continue
        kept = kept if source.endswith("/") else folder / path
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, kept)


def moved(path: str, folder: Path) -> Path:
    """Return where a path of the image lies here."""
    return folder / path.removeprefix(HOME).lstrip("/")


def sent() -> list[str]:
    """Return every file of the tree that reaches the builder."""
    return [path for path in tracked() if is_sent(path)]


def tracked() -> list[str]:
    """Return every file of the tree that git would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for path in found if (ROOT / path).is_file()]


def is_sent(path: str) -> bool:
    """Say whether .dockerignore lets a file reach the builder: the last line that fits decides."""
    answer = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern = line.removeprefix("!").rstrip("/")
            # In fnmatch `*` stops at nothing; only the first line, `*`, would differ, and it is meant for everything.
            parts = [path, *(str(each) for each in Path(path).parents)]
            if any(fnmatch.fnmatch(part, pattern) or fnmatch.fnmatch(f"/{part}", pattern) for part in parts):
                answer = line.startswith("!")
    return answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
