"""Puts what was told into words, in the language of whoever reads it (ADR 0021)."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jobsphere.kit.words import Reader, Wording, decode, encode, places
from jobsphere.notifications.links import LINKS
from jobsphere.notifications.models import Notification
from jobsphere.notifications.rules import BODY_LENGTH, CATALOGUE, TITLE_LENGTH
from jobsphere.notifications.types import NotificationType

WORDS = Wording(Path(__file__).parent / "words")


def check_message(message: str, params: Mapping[str, Any]) -> None:
    """Raise ValueError for a message that the catalogue does not have, or that lacks a value: a bug of its sender."""
    if message not in LINKS or not WORDS.has(f"{message}.title"):
        raise ValueError(f"the catalogue has no message {message!r}")
    wanted = WORDS.wants(f"{message}.title") | WORDS.wants(f"{message}.body") | places(LINKS[message])
    if missing := wanted - set(params) - {"count"}:
        raise ValueError(f"{message} wants {', '.join(sorted(missing))} as well")


def worded(message: str, params: Mapping[str, Any], reader: Reader, count: int = 1) -> tuple[str, str]:
    """Return title and body of a message; both are cut, visibly, where they are too long."""
    values = {**params, "count": count}
    title = _squeezed(WORDS.fill(f"{message}.title", values, reader))
    body = _squeezed(WORDS.fill(f"{message}.body", values, reader))
    return shortened(title, TITLE_LENGTH), shortened(body, BODY_LENGTH)


def text_of(row: Notification, reader: Reader) -> tuple[str, str]:
    """Return title and body of a row in the reader's language.

    As it was written then, for rows from before there was a catalogue, and for messages that this code does not know.
    """
    if row.message not in LINKS or not WORDS.has(f"{row.message}.title"):
        return row.title, row.body
    return worded(row.message, unpacked(row.params), reader, row.count)


def packed(params: Mapping[str, Any]) -> str:
    """Return the values of a message as they are kept."""
    return json.dumps({name: encode(value) for name, value in params.items()}, ensure_ascii=False)


def unpacked(kept: str) -> dict[str, Any]:
    """Return the values again, with their types."""
    return {name: decode(value) for name, value in json.loads(kept or "{}").items()}


def label_of(kind: NotificationType, reader: Reader) -> str:
    """Return how the settings call a type."""
    return WORDS.fill(f"label.{kind.value}", {}, reader)


def group_label(kind: NotificationType, reader: Reader) -> str:
    """Return how the settings call the group of a type."""
    return WORDS.fill(f"group.{CATALOGUE[kind].group}", {}, reader)


def shortened(text: str, length: int) -> str:
    """Cut a text that is too long, and show that it was cut."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _squeezed(text: str) -> str:
    """Take out line breaks, and the double space that an empty part leaves; what keeps an amount together stays."""
    return re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()
