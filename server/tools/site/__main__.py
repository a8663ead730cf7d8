"""Build the site into `site/` (or the folder that is named), or serve it while one writes: `serve`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def command(arguments: list[str]) -> list[str]:
    """Return what MkDocs is asked; every warning is an error, because a broken link is one."""
    # Never with --quiet: MkDocs then counts no warnings, and --strict passes everything.
    mkdocs = [sys.executable, "-m", "mkdocs"]
    if arguments[:1] == ["serve"]:
        return [*mkdocs, "serve", "--strict", *arguments[1:]]
    folder = Path(arguments[0]).resolve() if arguments else ROOT / "site"
    return [*mkdocs, "build", "--strict", "--clean", "--site-dir", str(folder)]


def main(arguments: list[str]) -> int:
    """Run MkDocs; returns its exit code."""
    try:
        code = subprocess.run(
            command(arguments), cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=False
        ).returncode
    except KeyboardInterrupt:
        return 0
    if code == 0 and arguments[:1] != ["serve"]:
        print(f"The site is in {Path(arguments[0]).resolve() if arguments else ROOT / 'site'}: open its index.html.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
