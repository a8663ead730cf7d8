"""Counts the frames of a GIF by walking over its blocks, without unpacking any: ten megabytes may hold a million."""

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_HEAD = 13


def frames_of(content: bytes, *, most: int) -> int:
    """Return how many frames there are, or `most` as soon as there are so many; a torn end ends the count."""
    at, found = _after_palette(content, _HEAD, 10), 0
    try:
        while found < most and content[at] != _END:
            if content[at] == _IMAGE:
                found += 1
                at = _after_blocks(content, _after_palette(content, at + 10, at + 9) + 1)
            elif content[at] == _EXTENSION:
                at = _after_blocks(content, at + 2)
            else:
                break
    except IndexError:
        return found
    return found


def _after_palette(content: bytes, at: int, flags_at: int) -> int:
    """Skip a table of colours where the flags say that there is one."""
    flags = content[flags_at] if flags_at < len(content) else 0
    return at + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)


def _after_blocks(content: bytes, at: int) -> int:
    """Skip a chain of blocks, each with its length before it, up to the empty one."""
    while content[at]:
        at += content[at] + 1
    return at + 1
