"""docs/threat-model.md names the test that plays each threat; here we prove that these tests exist."""

import re
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2]
PAGE = (SERVER.parent / "docs" / "threat-model.md").read_text(encoding="utf-8")
ROWS = [row.strip("| ").split(" | ") for row in re.findall(r"^\| [STRIDE] \|.*$", PAGE, re.MULTILINE)]


def test_every_letter_of_stride_has_its_rows_and_every_row_its_boundary_and_its_test() -> None:
    assert {row[0] for row in ROWS} == set("STRIDE")
    drawn = set(re.findall(r'"(\d): ', PAGE))
    for _, threat, control, test in ROWS:
        named = re.search(r"\(([\d, ]+)\)$", threat)
        assert named, threat
        assert set(named[1].split(", ")) <= drawn, threat
        assert control.strip()
        assert re.fullmatch(r"`[\w/]+\.py::\w+`", test), test


def test_every_test_that_the_page_names_exists() -> None:
    for *_, test in ROWS:
        file, _, name = test.strip("`").partition("::")
        assert re.search(rf"^def {name}\(", (SERVER / file).read_text(encoding="utf-8"), re.MULTILINE), test
