"""The generated pages say what the code says."""

import re

import pytest

from jobsphere.ledger.errors import InsufficientBalance
from tools import generated, reference
from tools.generated import api, problems, settings

MEND = "run: cd server && ../.venv/bin/python -m tools.reference"


def test_the_reference_is_what_the_code_says() -> None:
    assert reference.PAGE.read_text() == reference.page(), MEND


@pytest.mark.parametrize("name", sorted(generated.PAGES))
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (generated.DOCS / name).read_text() == generated.PAGES[name](), MEND


def test_the_pages_of_the_api_are_what_the_document_says() -> None:
    written = {f"{api.FOLDER}/{path.name}": path.read_text() for path in (generated.DOCS / api.FOLDER).glob("*.md")}
    assert written == api.pages(), MEND


def test_every_variable_that_a_start_reads_is_explained() -> None:
    """In a table of docs/operations.md whose first cell names it; and no table explains one that nobody reads."""
    assert set(settings.defaults()) ^ set(settings.explanations()) == set()


def test_it_lists_events_lifecycles_and_routes() -> None:
    page = reference.page()
    for word in ("offer.accepted", "awaiting_payment", "/api/offers/<uuid:offer_id>/accept/"):
        assert word in page


def test_every_problem_has_its_status_and_every_status_says_what_a_client_does() -> None:
    found = problems.by_status()
    assert {status: set(rows) for status, rows in found.items() if not all(all(row) for row in rows)} == {}
    assert set(found) == set(problems.DO)
    assert "`insufficient-balance`" in [row[0] for row in found[InsufficientBalance.status]]
    assert re.search(r"^\| `insufficient-balance` \|", problems.page(), re.M)
