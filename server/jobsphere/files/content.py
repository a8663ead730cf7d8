"""Looks at what a file really is. Pure: bytes in, safe bytes out; no database, no storage.

The type comes from the content alone, never from the name or from what the client says. Images are drawn anew, so
that nothing survives but pixels: no EXIF (which tells where somebody lives), no script hidden behind a picture.
Documents stay byte for byte what they were (a signature on them stays good), and are only ever downloaded.
"""

import filetype

from jobsphere.files.archives import office_kind
from jobsphere.files.pictures import redraw
from jobsphere.files.refusing import refused
from jobsphere.files.rules import IMAGES, MEDIA_TYPES, Kind, clean_display_name
from jobsphere.files.types import CheckedFile

_SIMPLE = {
    "image/png": Kind.PNG,
    # Of one that moves the first picture stays.
    "image/apng": Kind.PNG,
    "image/jpeg": Kind.JPEG,
    "image/webp": Kind.WEBP,
    "image/gif": Kind.GIF,
    "application/pdf": Kind.PDF,
}
#: Where a PDF's end must be found; some programs write a little behind it.
_PDF_END = 4096


def check(content: bytes, *, display_name: str, images_only: bool = False) -> CheckedFile:
    """Return the content in a form that is safe to keep and to show; raises FileRefused for anything unknown."""
    kind = kind_of(content)
    if kind is None or (images_only and kind not in IMAGES):
        taken = sorted(IMAGES) if images_only else list(Kind)
        raise refused(f"This is none of {', '.join(taken)}, whatever its name says.")
    name = clean_display_name(display_name, kind)
    if kind not in IMAGES:
        return CheckedFile(content, kind.value, MEDIA_TYPES[kind], name)
    drawn = redraw(content, kind)
    return CheckedFile(drawn.content, kind.value, MEDIA_TYPES[kind], name, drawn.width, drawn.height, drawn.colour)


def kind_of(content: bytes) -> Kind | None:
    """Return what kind of file this is, by its content, or None for what we do not take.

    Raises FileRefused for a document that is damaged or dangerous.
    """
    if not content:
        return None
    guess = filetype.guess(content)
    kind = _SIMPLE.get(guess.mime) if guess else None
    if kind is Kind.PDF:
        _require_whole_pdf(content)
    return kind or (office_kind(content) if content.startswith(b"PK\x03\x04") else None)


def _require_whole_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_PDF_END:]:
        raise refused("The PDF is damaged: its end is missing. Save it again and send the new file.")
