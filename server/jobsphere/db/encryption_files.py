"""Files that rest sealed, in frames of 1 MB, so that neither writing nor reading needs the whole file in memory.

    for part in sealed_parts(chunks, context="file:ab12….pdf"): …     # what goes to the disk
    reader = opened(raw, context="file:ab12….pdf")                    # a file to read from

A file is a mark with the key's id, then frames: 4 bytes of length, and a value sealed for (context, number, is it the
last). So frames cannot be left out, repeated, put in another order, or cut off at the end without being noticed.
"""

import io
from collections.abc import Iterable, Iterator
from typing import IO, Any

from jobsphere.db.encryption import FILE_HEAD, FILE_MARK, CannotUnseal, key_ring, seal_with, unseal_with

FRAME = 1024 * 1024
_LENGTH_BYTES = 4


def sealed_parts(chunks: Iterable[bytes], *, context: str) -> Iterator[bytes]:
    """Return what is to be written for this content."""
    key_id = key_ring().current
    yield FILE_MARK + key_id.encode()
    for number, (frame, is_last) in enumerate(_frames(chunks)):
        sealed = seal_with(key_id, frame, context=_frame_context(context, number, is_last))
        yield len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed


def opened(raw: IO[Any], *, context: str) -> io.BufferedReader:
    """Return the content of a sealed file, to be read from the beginning to the end; raises CannotUnseal."""
    return io.BufferedReader(_Opened(raw, context), buffer_size=64 * 1024)


class _Opened(io.RawIOBase):
    """Opens frame after frame."""

    def __init__(self, raw: IO[Any], context: str) -> None:
        self._raw = raw
        self._context = context
        self._parts = _opened_frames(raw, context)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _opened_frames(raw: IO[Any], context: str) -> Iterator[bytes]:
    head = raw.read(FILE_HEAD)
    if not head.startswith(FILE_MARK):
        raise CannotUnseal("This is no sealed file.")
    key_id = head[len(FILE_MARK) :].decode(errors="replace")
    number, length = 0, raw.read(_LENGTH_BYTES)
    while length:
        sealed = raw.read(int.from_bytes(length, "big"))
        length = raw.read(_LENGTH_BYTES)
        yield unseal_with(key_id, sealed, context=_frame_context(context, number, is_last=not length))
        number += 1
    if not number:
        raise CannotUnseal("A sealed file has lost its end.")


def _frames(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Cut into frames of one size; there is always a last one, however short."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > FRAME:
            yield bytes(waiting[:FRAME]), False
            del waiting[:FRAME]
    yield bytes(waiting), True


def _frame_context(context: str, number: int, is_last: bool) -> str:
    return f"{context}:{number}:{'last' if is_last else 'more'}"
