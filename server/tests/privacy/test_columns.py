"""Every text column of every table was judged: does it hold words about people, and what happens to them?"""

from django.apps import apps
from django.db import models

from tests.privacy.columns import JUDGED, VERDICTS

#: What can hold a word about somebody. Numbers, moments, flags and ids cannot.
_WORDY = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, models.BinaryField)


def wordy_columns() -> set[str]:
    """Return the columns that can hold words, of every installed table; choices are words of ours."""
    return {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, _WORDY) and not field.choices and not field.primary_key
    }


def test_every_column_that_can_hold_words_was_judged():
    missing = sorted(wordy_columns() - set(JUDGED))
    assert missing == [], "Say in tests/privacy/columns.py what happens to these when a person leaves"


def test_no_verdict_is_about_a_column_that_is_gone():
    assert sorted(set(JUDGED) - wordy_columns()) == []


def test_every_verdict_is_one_of_ours():
    assert set(JUDGED.values()) <= set(VERDICTS)
