"""Looks at what a file really is. Pure: bytes in, safe bytes out; no database, no storage.

The type comes from the content alone, never from the name or from what the client says. Images are drawn anew, so
that nothing survives but pixels: no EXIF (which tells where somebody lives), no script hidden behind a picture.
"""

import io
import zipfile
from collections.abc import Callable

import filetype
from PIL import Image, ImageOps, ImageSequence

from jobsphere.files.errors import FileRefused
from jobsphere.files.rules import IMAGES, MAX_FRAMES, MAX_PIXELS, MAX_SIDE, MEDIA_TYPES, Kind, clean_display_name
from jobsphere.files.types import CheckedFile
from jobsphere.kit.errors import FieldError

_SIMPLE = {
    "image/png": Kind.PNG,
    "image/jpeg": Kind.JPEG,
    "image/webp": Kind.WEBP,
    "image/gif": Kind.GIF,
    "application/pdf": Kind.PDF,
}
_OFFICE = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
_PILLOW = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.GIF: "GIF"}


def check(content: bytes, *, display_name: str, images_only: bool = False) -> CheckedFile:
    """Return the content in a form that is safe to keep and to show; raises FileRefused for anything unknown."""
    kind = kind_of(content)
    if kind is None or (images_only and kind not in IMAGES):
        taken = sorted(IMAGES) if images_only else list(Kind)
        raise refused(f"This is none of {', '.join(taken)}, whatever its name says.")
    name = clean_display_name(display_name, kind)
    if kind not in IMAGES:
        return CheckedFile(content, kind.value, MEDIA_TYPES[kind], name)
    drawn, (width, height) = redraw(content, kind)
    return CheckedFile(drawn, kind.value, MEDIA_TYPES[kind], name, width, height)


def kind_of(content: bytes) -> Kind | None:
    """Return what kind of file this is, by its content, or None for what we do not take."""
    if not content:
        return None
    guess = filetype.guess(content)
    if guess and guess.mime in _SIMPLE:
        return _SIMPLE[guess.mime]
    return _office_kind(content) if content.startswith(b"PK\x03\x04") else None


def _office_kind(content: bytes) -> Kind | None:
    """Look inside a ZIP: an office document without macros is one of ours, any other archive is not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith((".bin", ".exe", ".js", ".vbs")) for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OFFICE.items() if part in names), None)
            is_text = "mimetype" in names and _first_bytes(archive, "mimetype") == MEDIA_TYPES[Kind.ODT].encode()
            return Kind.ODT if is_text else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return None


def _first_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(100).strip()


def redraw(content: bytes, kind: Kind) -> tuple[bytes, tuple[int, int]]:
    """Return the image drawn anew, upright and at most 4096 pixels a side, and its size; nothing but pixels is kept."""
    try:
        with Image.open(io.BytesIO(content), formats=[_PILLOW[kind]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise refused(f"The image has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller.")
            return _WRITERS[kind](image)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise refused("The image is damaged. Save it again and send the new file.") from error


def _clean(frame: Image.Image, mode: str) -> Image.Image:
    """Return pixels on a fresh canvas: what came with the frame (EXIF, comments, profiles) stays behind."""
    upright = ImageOps.exif_transpose(frame).convert(mode)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    canvas = Image.new(mode, upright.size)
    canvas.paste(upright)
    return canvas


def _colours(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _write_png(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    return _saved(_clean(image, _colours(image)), "PNG")


def _write_jpeg(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    return _saved(_clean(image, "RGB"), "JPEG", quality=88, progressive=True)


def _write_webp(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    return _saved(_clean(image, _colours(image)), "WEBP", quality=88)


def _write_gif(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    frames_in_all = getattr(image, "n_frames", 1)
    if frames_in_all > MAX_FRAMES or frames_in_all * image.width * image.height > MAX_PIXELS:
        raise refused("The animation is too long or too large.")
    durations, frames = [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration", 0)) or 100)
        frames.append(_clean(frame, "RGBA"))
    rest = {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0} if frames[1:] else {}
    return _saved(frames[0], "GIF", **rest)


_WRITERS: dict[Kind, Callable[[Image.Image], tuple[bytes, tuple[int, int]]]] = {
    Kind.PNG: _write_png,
    Kind.JPEG: _write_jpeg,
    Kind.WEBP: _write_webp,
    Kind.GIF: _write_gif,
}


def _saved(image: Image.Image, form: str, **options: object) -> tuple[bytes, tuple[int, int]]:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue(), image.size


def refused(detail: str) -> FileRefused:
    """Return the refusal of an upload."""
    return FileRefused([FieldError("/file", "file-refused", detail)])
