"""Draws pictures anew, and smaller. Pure: bytes in, bytes out; no database, no storage.

Memory is bounded three times: by the pixels that a picture may have (told from its head, before it is unpacked), by
letting JPEG unpack at a fraction of its size, and by drawing only a few at a time in one process.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import IO

from PIL import Image, ImageOps, ImageSequence

from jobsphere.files.errors import FileRefused
from jobsphere.files.gif import frames_of
from jobsphere.files.refusing import refused
from jobsphere.files.rules import MAX_FRAMES, MAX_PIXELS, MAX_SIDE, Kind
from jobsphere.kit.errors import Unavailable

#: Pictures that one process draws at the same time, and how long others wait for their turn (seconds).
AT_ONCE = 2
PATIENCE = 30.0

_FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.GIF: "GIF"}
#: The marker before each pass of a JPEG; inside of its data the two bytes cannot stand together.
_PASS = b"\xff\xda"
MAX_PASSES = 100
_turns = BoundedSemaphore(AT_ONCE)
#: What Pillow raises for content that is not what its head says.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, OverflowError)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that was drawn anew; `colour` is its average: "#8a7b5c"."""

    content: bytes
    width: int
    height: int
    colour: str


def redraw(content: bytes, kind: Kind) -> Drawn:
    """Return the picture drawn anew, upright and at most 4096 pixels a side; nothing but pixels is kept.

    Raises FileRefused for one that is damaged or too large, Unavailable when too many are drawn.
    """
    _require_few(content, kind)
    with _turn():
        try:
            with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as image:
                _require_fit(image, kind)
                return _WRITERS[kind](image)
        except Image.DecompressionBombError as error:
            raise _too_many(kind) from error
        except _DAMAGED as error:
            raise refused("The image is damaged. Save it again and send the new file.") from error
        except MemoryError as error:
            raise refused("The image is too large to be drawn. Make it smaller.") from error


def shrink(content: IO[bytes], side: int) -> bytes:
    """Return a picture of ours (drawn anew already) as WebP with at most so many pixels a side; the first of frames."""
    with _turn(), Image.open(content) as image:
        image.draft("RGB", (side, side))
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        image.convert(_colours(image)).save(out, "WEBP", quality=80, method=4)
        return out.getvalue()


def _require_few(content: bytes, kind: Kind) -> None:
    """Count what costs time again and again: frames, and the passes in which a JPEG is painted over (often ten)."""
    if kind is Kind.GIF and frames_of(content, most=MAX_FRAMES + 1) > MAX_FRAMES:
        raise refused("The animation is too long or too large.")
    if kind is Kind.JPEG and content.count(_PASS) > MAX_PASSES:
        raise refused("The image is painted in too many passes. Save it again and send the new file.")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Unavailable("Many pictures arrive right now. Please try again in a minute.")
    try:
        yield
    finally:
        _turns.release()


def _require_fit(image: Image.Image, kind: Kind) -> None:
    if image.width * image.height > MAX_PIXELS[kind]:
        raise _too_many(kind)


def _too_many(kind: Kind) -> FileRefused:
    return refused(f"The image has more than {MAX_PIXELS[kind] // 1_000_000} million pixels. Make it smaller.")


def _clean(frame: Image.Image, mode: str) -> Image.Image:
    """Return pixels on a fresh canvas: what came with the frame (EXIF, comments, profiles) stays behind."""
    # Small first: each later step makes a copy.
    frame.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(frame).convert(mode)
    canvas = Image.new(mode, upright.size)
    canvas.paste(upright)
    return canvas


def _colours(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def _average(image: Image.Image) -> str:
    """Return the colour that the picture has from far away; clear parts count as white."""
    tiny = image.resize((1, 1), Image.Resampling.BOX).convert("RGBA")
    ground = Image.new("RGBA", (1, 1), "white")
    ground.alpha_composite(tiny)
    red, green, blue = ground.convert("RGB").tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _write_png(image: Image.Image) -> Drawn:
    return _saved(_clean(image, _colours(image)), "PNG")


def _write_jpeg(image: Image.Image) -> Drawn:
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    return _saved(_clean(image, "RGB"), "JPEG", quality=88, progressive=True)


def _write_webp(image: Image.Image) -> Drawn:
    return _saved(_clean(image, _colours(image)), "WEBP", quality=88)


def _write_gif(image: Image.Image) -> Drawn:
    frames_in_all = getattr(image, "n_frames", 1)
    if frames_in_all * image.width * image.height > MAX_PIXELS[Kind.GIF]:
        raise refused("The animation is too long or too large.")
    durations, frames = [], []
    for frame in ImageSequence.Iterator(image):
        durations.append(int(frame.info.get("duration", 0)) or 100)
        frames.append(_clean(frame.copy(), "RGBA"))
    rest = {"save_all": True, "append_images": frames[1:], "duration": durations, "loop": 0} if frames[1:] else {}
    return _saved(frames[0], "GIF", **rest)


_WRITERS: dict[Kind, Callable[[Image.Image], Drawn]] = {
    Kind.PNG: _write_png,
    Kind.JPEG: _write_jpeg,
    Kind.WEBP: _write_webp,
    Kind.GIF: _write_gif,
}


def _saved(image: Image.Image, form: str, **options: object) -> Drawn:
    out = io.BytesIO()
    image.save(out, form, **options)
    return Drawn(out.getvalue(), image.width, image.height, _average(image))
