"""Pure rules of conversations."""

import pytest

from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.ids import uuid7
from jobsphere.messaging.rules import BODY_LENGTH, PREVIEW_LENGTH, check_body, pair, preview


def test_two_people_have_one_order_whoever_begins():
    one, other = uuid7(), uuid7()
    assert pair(one, other) == pair(other, one)


def test_nobody_talks_to_themselves():
    one = uuid7()
    with pytest.raises(InvalidInput):
        pair(one, one)


@pytest.mark.parametrize("body", ["", "   ", "\n"])
def test_an_empty_message_needs_a_file(body):
    with pytest.raises(InvalidInput):
        check_body(body, with_files=False)
    assert check_body(body, with_files=True) == ""


def test_a_text_has_an_end():
    assert check_body("x" * BODY_LENGTH, with_files=False)
    with pytest.raises(InvalidInput):
        check_body("x" * (BODY_LENGTH + 1), with_files=False)


def test_a_preview_is_one_short_line():
    assert preview("Hello\n  there") == "Hello there"
    assert len(preview("word " * 100)) == PREVIEW_LENGTH
