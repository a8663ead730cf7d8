"""docs/security.md names the test that proves each row; here we prove that these tests exist."""

import re
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2]
PAGE = (SERVER.parent / "docs" / "security.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


def test_every_test_that_the_page_names_exists():
    named = set(_NAMED.findall(PAGE))
    assert len(named) > 30
    missing = [
        f"{file}::{name}"
        for file, name in sorted(named)
        if not re.search(rf"^def {name}\(", (SERVER / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []


def test_every_row_has_its_columns_and_says_how():
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert len(rows) > 40
    assert [row for row in rows if len(row) != 4 or not all(cell.strip() for cell in row)] == []
