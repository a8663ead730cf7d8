"""Which documents are read, and why one is not."""

from enum import StrEnum

#: Kinds whose words we can read, by the end of the name that we gave.
READABLE = {"pdf": "pdf", "docx": "docx"}


class Reason(StrEnum):
    """Why there are no words."""

    DAMAGED = "damaged"
    LOCKED = "locked"
    NO_TEXT = "no-text"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"


DETAILS = {
    "": "",
    Reason.DAMAGED: "The document could not be read. Save it again and send the new file.",
    Reason.LOCKED: "The document is locked with a password. Send it without one.",
    Reason.NO_TEXT: "The document has pictures of words only, such as a scan. Send it as a text document.",
    Reason.TOO_LARGE: "The document needs more memory than one may take. Send a smaller one.",
    Reason.TOO_SLOW: "The document takes too long to be read. Send a smaller one.",
}
