"""Pure rules of files: what they are for, which kinds are taken, how large an image may be."""

import re
from enum import StrEnum

from jobsphere.files.types import Purpose

#: Anybody may read these, signed in or not: they are shown on public profiles.
PUBLIC_PURPOSES = frozenset({Purpose.AVATAR, Purpose.PORTFOLIO})
#: The content of these is sealed on disk (db.encryption_files).
SEALED_PURPOSES = frozenset({Purpose.DOCUMENT, Purpose.EXPORT})
#: What a person may upload a file for.
UPLOADED_PURPOSES = tuple(each for each in Purpose if each is not Purpose.EXPORT)
#: These are shown as pictures, so nothing but a picture is taken.
IMAGE_PURPOSES = PUBLIC_PURPOSES

NAME_LENGTH = 200
#: Larger images are scaled down to this many pixels on the longer side.
MAX_SIDE = 4096
MAX_FRAMES = 300
#: The smaller forms of a picture, by name, and how many pixels their longer side has at most.
VARIANTS = {"small": 480, "large": 1600}


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
#: Pixels an image may have in all (all frames of an animation); a small file can unpack to a huge one. JPEG unpacks at
#: a fraction of its size, the others need four bytes for each pixel.
MAX_PIXELS = {Kind.PNG: 32_000_000, Kind.JPEG: 64_000_000, Kind.WEBP: 32_000_000, Kind.GIF: 24_000_000}


def is_filename(name: str) -> bool:
    """Say whether a text can be a name that we gave; anything else need not be looked for."""
    return re.fullmatch(r"[0-9a-f]{32}\.[a-z]{3,4}", name) is not None


def variant_name(filename: str, size: str) -> str:
    """Return the name of a smaller form of a picture: ab12….small.webp."""
    return f"{filename.partition('.')[0]}.{size}.webp"


def clean_display_name(name: str, kind: Kind) -> str:
    """Return a name that is safe in a header and on a disk, with the extension that its content has."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(letter for letter in base if letter.isprintable() and letter not in '"<>:|?*')
    stem = printable.rsplit(".", 1)[0].strip(". ") or "file"
    return f"{stem[: NAME_LENGTH - 10]}.{kind}"
