"""Every app's catalogue of words is whole in every language."""

import re
from pathlib import Path

import pytest

from jobsphere.kit.words import LANGUAGES, Wording, places

FOLDERS = sorted((Path(__file__).resolve().parents[2] / "jobsphere").glob("*/words"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_language_says_everything_with_the_same_values(folder):
    texts = Wording(folder).texts
    for language in LANGUAGES:
        assert set(texts[language]) == set(texts["en"])
        for key, text in texts[language].items():
            assert places(text) == places(texts["en"][key]), (language, key)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_language_was_left_untranslated(folder):
    texts = Wording(folder).texts
    for language in set(LANGUAGES) - {"en"}:
        same = [key for key, text in texts[language].items() if text == texts["en"][key] and _words(text)]
        assert same == []


def test_the_apps_that_write_to_people_have_one():
    assert {"accounts", "mail", "notifications", "users"} <= {folder.parent.name for folder in FOLDERS}


def _words(text: str) -> str:
    """Return what is left to translate without the values, and words that are the same everywhere."""
    return re.sub(r"\{[^}]*\}|[^A-Za-z]", "", text)
