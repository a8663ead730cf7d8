"""docs/reference/settings.md: every variable that a start reads, its default, and what the pages say it does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.generated.words import HEAD, rows

SERVER = Path(__file__).resolve().parents[2]
DOCS = SERVER.parent / "docs"
#: Where variables are explained, in tables that begin with `variable`.
EXPLAINED_IN = ("operations.md", "gateways.md", "rehearsal.md")

#: What makes a start read those variables, too, that belong to a part which is off by default.
ALL_PARTS = {
    "S3_BUCKET": "bucket",
    "CLOUDINARY_URL": "cloudinary://key:secret@cloud",
    "BACKUP_TO": "s3://bucket/prefix",
    "TRUST_PROXY": "yes",
}
PRODUCTION = {
    "JOBSPHERE_ENV": "production",
    "SECRET_KEY": "x" * 40,
    "ENCRYPTION_KEYS": "A" * 43 + "=",
    "PUBLIC_URL": "https://jobs.example",
    "ALLOWED_HOSTS": "jobs.example",
    "EMAIL_URL": "console://",
    "STRIPE_SECRET_KEY": "sk_test_x",
    "STRIPE_WEBHOOK_SECRET": "whsec_x",
}
_READ = "import json, config.settings as s; print(json.dumps({n: a.default for n, a in s.ENVIRONMENT.items()}))"
_NAME = re.compile(r"`([A-Z][A-Z0-9_]{3,})`")


@dataclass(frozen=True)
class Explanation:
    """What a page says of a variable, and where."""

    words: str
    default: str
    page: str
    anchor: str
    section: str


def page() -> str:
    """Return the page."""
    told, usual, live = explanations(), defaults(), defaults(production=True)
    listed = []
    for name in sorted(usual):
        told_of = told.get(name)
        words = f"{told_of.words} ([{told_of.section}](../{told_of.page}#{told_of.anchor}))" if told_of else ""
        default = _default(usual[name], live.get(name, usual[name]), told_of.default if told_of else "")
        listed.append((f"`{name}`", default, words))
    return "\n".join(
        [
            "# Settings",
            "",
            HEAD,
            "",
            "Every setting is a variable of the environment; with none of them set everything works. `X_FILE` names a"
            " file that holds the value of `X`. `manage.py doctor --variables` lists what a start has read, and where"
            " each value came from; a variable that is set and read by nobody is told beside the one that was meant.",
            "",
            *rows(("variable", "default", "what it does"), listed),
            "",
            "## What production refuses",
            "",
            "With `JOBSPHERE_ENV=production` a start lists all of these that are so, and ends;"
            " `manage.py doctor --production` names them before.",
            "",
            *(f"- {words}" for words in refusals()),
            "",
        ]
    )


def _default(usual: str, live: str, told: str) -> str:
    """Return the code's own; where that is empty, what the page says of it."""
    shown = f"`{usual}`" if usual else told or "none"
    return shown if live == usual else f"{shown}; in production {f'`{live}`' if live else 'none'}"


@cache
def defaults(*, production: bool = False) -> dict[str, str]:
    """Return every variable that a start with nothing set reads, and its default; folders as people write them."""
    with tempfile.TemporaryDirectory() as folder:
        given = {**ALL_PARTS, **(PRODUCTION if production else {}), "DATA_DIR": folder, "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [sys.executable, "-c", _READ], cwd=SERVER, env=given, capture_output=True, text=True, check=True
        )
        found: dict[str, str] = json.loads(done.stdout)
        real = os.path.realpath(folder)
    shown = {name: value.replace(real, "DATA_DIR").replace(folder, "DATA_DIR") for name, value in found.items()}
    shown["SECRET_KEY"] = ""
    return {name: value.replace(str(SERVER.parent), ".") for name, value in shown.items()}


@cache
def explanations() -> dict[str, Explanation]:
    """Return what the pages' tables say of each variable; the first that names it in its first cell counts."""
    found: dict[str, Explanation] = {}
    for name in EXPLAINED_IN:
        section, is_table = "", False
        for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                section = line.lstrip("# ")
            is_table = line.startswith("| variable |") or (is_table and line.startswith("|"))
            if is_table:
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                for variable in _NAME.findall(cells[0]):
                    found.setdefault(variable, _explained(variable, cells, name, section))
    return found


def _explained(variable: str, cells: list[str], page: str, section: str) -> Explanation:
    others = [name for name in _NAME.findall(cells[0]) if name != variable]
    words = f"with {', '.join(f'`{name}`' for name in others)}: {cells[1]}" if others else cells[1]
    default = _links_mended(cells[2], page) if not others and len(cells) > 2 else ""
    return Explanation(_links_mended(words, page), default, page, _slug(section), section)


def _links_mended(words: str, page: str) -> str:
    words = re.sub(r"\]\(#", f"](../{page}#", words)
    return re.sub(r"\]\((?!https?:|\.\./)", "](../", words)


def _slug(title: str) -> str:
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower())


def refusals() -> list[str]:
    """Return what production refuses to start with, in its own words."""
    from config.production import Start, insecure_settings

    everything = Start(
        secret_is_default=True,
        debug=True,
        gateways=["sandbox"],
        missing_keys=["STRIPE_WEBHOOK_SECRET"],
        public_url="http://jobs.example",
        allowed_hosts=["*"],
        encryption_key_is_set=False,
        mail_is_set=False,
    )
    return insecure_settings(everything)
