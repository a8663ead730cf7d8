"""Plays what a page tells its reader to type, as a shell does."""

import os
import re
import subprocess


def play(page: str, *, site: str, blocks: int) -> str:
    """Run the page's blocks, all of them, one after the other against a marketplace; returns what they print."""
    found = re.findall(r"<!-- run -->\n```sh\n(.*?)```", page, re.S)
    assert len(found) == page.count("```sh") == blocks
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", "".join(found)],
        env={"PATH": os.environ["PATH"], "SITE": site},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
