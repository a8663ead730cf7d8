"""The smaller forms of pictures: made by the queue, kept beside the original, sealed where it is."""

from collections.abc import Iterator

from jobsphere.files import blobs
from jobsphere.files.pictures import shrink
from jobsphere.files.rules import SEALED_PURPOSES, VARIANTS, variant_name
from jobsphere.files.types import FileView


def make(file: FileView) -> dict[str, int]:
    """Write the smaller forms of a picture; returns how many bytes each has. Again writes the same over it."""
    return {size: _make_one(file, size) for size in VARIANTS if _is_worth_it(file, size)}


def _is_worth_it(file: FileView, size: str) -> bool:
    """Say whether a smaller form saves anything; a screenshot of a button is small already."""
    longest = max(file.width or 0, file.height or 0)
    return longest > VARIANTS[size] or (size == "small" and file.size > 40_000)


def _make_one(file: FileView, size: str) -> int:
    sealed = file.purpose in SEALED_PURPOSES
    with blobs.read(file.filename, sealed=sealed, store=file.store) as original:
        drawn = shrink(original, VARIANTS[size])
    blobs.keep(variant_name(file.filename, size), drawn, sealed=sealed, store=file.store)
    return len(drawn)


def names_of(filename: str) -> Iterator[str]:
    """Return every name under which contents of a file may lie: its own, and its smaller forms'."""
    yield filename
    yield from (variant_name(filename, size) for size in VARIANTS)
