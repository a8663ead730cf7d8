"""Pure rules of conversations."""

from datetime import datetime, timedelta
from uuid import UUID

from jobsphere.kit.errors import FieldError, InvalidInput

BODY_LENGTH = 5000
CLIENT_ID_LENGTH = 64
PREVIEW_LENGTH = 140
CODE_LENGTH = 60
LINK_LENGTH = 200
SEARCH_LENGTH = 100
SEARCH_WORDS = 8

#: For how long who wrote a message may change it, or take it back from both (ADR 0020).
EDIT_WINDOW = timedelta(minutes=15)

#: For how long what was changed or taken back is kept, for a report or a dispute about it; nobody reads it otherwise.
KEEP_EARLIER = timedelta(days=90)


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return two people in the one order in which a conversation keeps them.

    Raises InvalidInput for one person twice: nobody talks to themselves here.
    """
    if one == other:
        raise InvalidInput.at("/recipient_id", "yourself", "You cannot write to yourself.")
    return (one, other) if one < other else (other, one)


def check_body(body: str, *, with_files: bool) -> str:
    """Return the text as it is kept; raises InvalidInput when there is neither text nor file, or too much text."""
    text = body.strip()
    if not text and not with_files:
        raise InvalidInput([FieldError("/body", "required", "Write something, or attach a file.")])
    if len(text) > BODY_LENGTH:
        raise InvalidInput([FieldError("/body", "max_length", f"At most {BODY_LENGTH} characters.")])
    return text


def preview(body: str) -> str:
    """Return the beginning of a message, for a notification or a quotation."""
    line = " ".join(body.split())
    return line if len(line) <= PREVIEW_LENGTH else f"{line[: PREVIEW_LENGTH - 1]}…"


def following(fresh: UUID, last: UUID) -> UUID:
    """Return an id for the message after `last`: the fresh one, unless its machine's clock is behind.

    "Read up to here" means every message with a smaller id, so the ids of one conversation must rise.
    """
    return fresh if fresh > last else UUID(int=last.int + 1)


def changeable_until(written_at: datetime) -> datetime:
    """Return when the text of a message stands for good."""
    return written_at + EDIT_WINDOW


def words_of(search: str) -> list[str]:
    """Return what must all occur in a message that is found; raises InvalidInput when there is nothing to look for."""
    words = list(dict.fromkeys(search[:SEARCH_LENGTH].split()))[:SEARCH_WORDS]
    if not words:
        raise InvalidInput.at("/q", "required", "Say what to look for.")
    return words


def actions_on_message(*, mine: bool, said: bool, deleted: bool, settled: bool) -> list[str]:
    """Return what one of the two may do with a message.

    `said`: a person wrote it; notes of the deal belong to nobody. `settled`: the time for changes is over.
    """
    if not said:
        return []
    if deleted:
        return ["hide"]
    if not mine:
        return ["reply", "hide", "report"]
    return ["reply", "hide"] if settled else ["reply", "edit", "delete", "hide"]
