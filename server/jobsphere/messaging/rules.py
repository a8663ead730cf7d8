"""Pure rules of conversations."""

from uuid import UUID

from jobsphere.kit.errors import FieldError, InvalidInput

BODY_LENGTH = 5000
CLIENT_ID_LENGTH = 64
PREVIEW_LENGTH = 140


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
    """Return the beginning of a message, for a notification."""
    line = " ".join(body.split())
    return line if len(line) <= PREVIEW_LENGTH else f"{line[: PREVIEW_LENGTH - 1]}…"
