"""docs/glossary.md: its words are the code's, whatever has a status is among them, no table bears a name of others."""

import re
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "glossary.md").read_text()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
WORDS = {word.strip() for row in ROWS[2:] for word in row[0].split("·")}
NEVER = {word.strip() for row in ROWS[2:] for word in re.sub(r"\(.*?\)", "", row[2]).split(",")} - {""}

#: Tables whose name has a word that we do not use, because it is somebody else's.
THEIR_WORDS = {
    "LedgerAccount": "of bookkeeping, everywhere",
    "PayeeAccount": "of the gateways, and the name of what they have",
    "Seller": "of the law that wants them reported",
}


def models() -> list[type[Model]]:
    return [each for each in apps.get_models() if each.__module__.startswith("jobsphere.")]


def test_every_word_is_the_name_of_something_in_the_code_or_the_api() -> None:
    code = {
        name
        for path in (ROOT / "server" / "jobsphere").rglob("*.py")
        for name in re.findall(r"^class (\w+)", path.read_text(), re.M)
    }
    shown = set(re.findall(r"^    (\w+):$", (ROOT / "docs" / "openapi.yaml").read_text(), re.M))
    named = {word for word in WORDS if re.fullmatch(r"(?:[A-Z][a-z]+)+", word)}
    assert len(named) > 40
    assert named - code - shown == set()


def test_whatever_has_a_status_is_explained() -> None:
    standing = {each.__name__ for each in models() if any(field.name == "status" for field in each._meta.fields)}
    assert len(standing) > 25
    assert standing - WORDS == set()


def test_no_table_is_called_by_a_word_that_we_do_not_use() -> None:
    assert len(NEVER) > 20
    wrong = {each.__name__ for each in models() if NEVER & words_of(each.__name__)}
    assert wrong == set(THEIR_WORDS)


def words_of(name: str) -> set[str]:
    """Return the words of a name, small, and the whole of it as people would write it."""
    parts = [part.lower() for part in re.findall(r"[A-Z][a-z0-9]*", name)]
    return {*parts, " ".join(parts)}
