"""docs/change-a-rule.md: what it names is there, nobody who reads the number is missing, and what it promises holds."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jobsphere.contracts.tasks import release_unanswered_milestones
from jobsphere.kit import clock
from tests.stories.people import Contractor, Customer, dollars

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "change-a-rule.md").read_text()
NAME = "AUTO_RELEASE_DAYS"
FILES = re.findall(r"`((?:server|web|docs)/[\w./-]+\.\w+)(?:::(\w+))?`", PAGE)


def test_every_file_and_name_of_the_page_is_there() -> None:
    assert len(FILES) > 15
    assert [file for file, _ in FILES if not (ROOT / file).exists()] == []
    missing = [
        f"{file}::{name}"
        for file, name in FILES
        if name and not re.search(rf"^(?:def )?{name}\b", (ROOT / file).read_text(), re.M)
    ]
    assert missing == []
    block = re.search(r"```sh\n(.*?)```", PAGE, re.S)
    assert block
    tried = re.findall(r"\b(?:tests|jobsphere)/[\w./]+", block[1])
    assert len(tried) == 4
    assert [each for each in tried if not (ROOT / "server" / each).exists()] == []
    sentence = re.search(r"\*(Silence for [^*]+)\*", PAGE)
    assert sentence
    for file in ("web/src/features/landing/LandingPage.tsx", "web/src/words/de/common.json"):
        assert sentence[1] in (ROOT / file).read_text()


def reading(folder: str, ending: str) -> set[str]:
    """Return the files below a folder, without tests, that name the number."""
    found = {path.relative_to(ROOT) for path in (ROOT / folder).rglob(f"*{ending}") if NAME in path.read_text()}
    return {path.as_posix() for path in found if "tests" not in path.parts}


def test_whoever_reads_the_number_is_named() -> None:
    readers = reading("server/config", ".py") | reading("server/jobsphere", ".py") | reading("web/src", ".ts*")
    assert len(readers) >= 4
    assert readers - {file for file, _ in FILES} == set()


def test_every_page_that_tells_the_number_is_named() -> None:
    telling = {Path(each).name for each in reading("docs", ".md") if "reference/" not in each}
    linked = {Path(each).name for each in re.findall(r"\]\(([\w./-]+\.md)", PAGE)}
    assert telling - linked - {"change-a-rule.md"} == set()


@pytest.mark.django_db(transaction=True)
def test_who_handed_in_before_a_change_keeps_the_date_that_they_were_told(
    sandbox: Any, taxonomy: None, settle: Callable[[], None], settings: Any
) -> None:
    customer, contractor = Customer(), Contractor()
    dates = {}
    for days in (7, 5):
        settings.AUTO_RELEASE_DAYS = days
        offer = customer.offers(job_id=customer.posts_job(), contractor_id=contractor.id, amount=dollars(100))
        contract = contractor.accepts(offer)["contract_id"]
        contractor.post(f"contracts/{contract}/deliver/", {"note": "Finished."})
        dates[days] = contract
    for passed, done in ((4.9, set()), (5.1, {5}), (6.9, {5}), (7.1, {5, 7})):
        with clock.travel(timedelta(days=passed)):
            release_unanswered_milestones()
            settle()
            found = {
                days for days, each in dates.items() if customer.get(f"contracts/{each}/")["status"] == "completed"
            }
            assert found == done, f"after {passed} days"
