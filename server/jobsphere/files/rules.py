"""Pure rules of files: what they are for, which kinds are taken, how large an image may be."""

import re
from enum import StrEnum

from jobsphere.files.types import Purpose

#: Anybody may read these, signed in or not: they are shown on public profiles.
PUBLIC_PURPOSES = frozenset({Purpose.AVATAR, Purpose.PORTFOLIO})
#: These are shown as pictures, so nothing but a picture is taken.
IMAGE_PURPOSES = PUBLIC_PURPOSES

NAME_LENGTH = 200
#: Pixels an image may have in all; a small file can unpack to a huge one.
MAX_PIXELS = 50_000_000
#: Larger images are scaled down to this many pixels on the longer side.
MAX_SIDE = 4096
MAX_FRAMES = 300


class Kind(StrEnum):
    """A kind of file that we take, by its content; the value is the extension of its name."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"


MEDIA_TYPES = {
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.WEBP: "image/webp",
    Kind.GIF: "image/gif",
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
}
IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP, Kind.GIF})


def is_filename(name: str) -> bool:
    """Say whether a text can be a name that we gave; anything else need not be looked for."""
    return re.fullmatch(r"[0-9a-f]{32}\.[a-z]{3,4}", name) is not None


def clean_display_name(name: str, kind: Kind) -> str:
    """Return a name that is safe in a header and on a disk, with the extension that its content has."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in base if letter.isprintable() and letter not in '"<>:|?*')
    stem = printable.rsplit(".", 1)[0].strip(". ") or "file"
    return f"{stem[: NAME_LENGTH - 10]}.{kind}"
