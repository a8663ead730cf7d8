"""The catalogue is whole in every language, and says things as people there say them."""

from datetime import UTC, date, datetime

import pytest

from jobsphere.kit.money import Money
from jobsphere.kit.words import Phrase, Reader, best_language, decode, encode
from jobsphere.notifications.links import LINKS, LINKS_OF_MANY, link_to
from jobsphere.notifications.rules import CATALOGUE, type_of
from jobsphere.notifications.types import NewsGroup
from jobsphere.notifications.wording import WORDS

GERMAN = Reader("de", "Europe/Berlin")


def test_every_message_has_a_type_a_link_and_words_and_nothing_is_left_over():
    messages = {key.rsplit(".title", 1)[0] for key in WORDS.texts["en"] if ".title" in key and "digest" not in key}
    assert messages == set(LINKS)
    assert {type_of(message) for message in messages} <= set(CATALOGUE)
    assert set(LINKS_OF_MANY) <= messages
    for message in messages:
        assert WORDS.has(f"{message}.body")


def test_every_type_and_group_has_a_name():
    for kind in CATALOGUE:
        assert WORDS.has(f"label.{kind.value}")
    for group in NewsGroup:
        assert WORDS.has(f"group.{group}")


def test_money_days_lists_and_numbers_are_written_as_the_reader_writes_them():
    values = {
        "amount": Money(123450, "EUR"),
        "until": datetime(2026, 7, 3, 12, 5, tzinfo=UTC),
        "ends": date(2026, 12, 3),
        "kind": Phrase("paper.licence"),
        "title": "Dach {decken}",
        "missing": [Phrase("paper.identity"), Phrase("paper.insurance")],
    }

    def both(key: str) -> tuple[str, str]:
        return WORDS.fill(key, values, Reader("en", "Europe/London")), WORDS.fill(key, values, GERMAN)

    assert both("account.verification/ends.title") == (
        "Your licence paper ends on 3 December 2026",
        "Dein Nachweis (Zulassung) endet am 3. Dezember 2026",
    )
    assert both("part.cooling") == (
        "To keep it safe, withdrawals wait until 3 July 2026, 13:05 BST.",
        "Zur Sicherheit warten Auszahlungen bis 3. Juli 2026, 14:05 MESZ.",
    )
    assert both("payout.paid.title") == ("€1,234.50 is at your bank", "1.234,50\xa0€ ist bei deiner Bank")
    # What a person wrote is never read as a place for another value.
    assert both("account.verification/missing.title")[1] == (
        "Um „Dach {decken}“ zu bekommen, weise nach: Ausweis und Versicherung"
    )


def test_numbers_choose_the_form():
    for count, said in ((1, "Pat wrote to you"), (2, "2 new messages from Pat"), (1200, "1,200 new messages from Pat")):
        assert WORDS.fill("message.received.title", {"count": count, "sender": "Pat"}, Reader()) == said


def test_one_leads_to_itself_and_many_to_their_list():
    assert link_to("job.new", {"job_id": 7}) == "/jobs/7"
    assert link_to("job.new", {"job_id": 7}, count=3) == "/jobs"


def test_values_keep_their_types_on_the_way_through_the_database():
    values = [
        Money(1, "JPY"),
        datetime(2026, 7, 3, 12, 5, tzinfo=UTC),
        date(2026, 12, 3),
        Phrase("part.left", {"left": Money(5, "USD")}),
        [Phrase("paper.identity"), "plain"],
        7,
        "text",
    ]
    assert [decode(encode(value)) for value in values] == values


@pytest.mark.parametrize(
    "header,language",
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr,en;q=0.2,de;q=0.7", "de"),
        ("*", "en"),
        ("", "en"),
        ("de;q=abc,en;q=0.1", "en"),
        ("x" * 9999, "en"),
    ],
)
def test_the_browser_says_which_language_it_likes(header, language):
    assert best_language(header) == language
