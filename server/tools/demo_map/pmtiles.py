"""A PMTiles archive, version 3: header, one root directory, metadata, tiles. github.com/protomaps/PMTiles/spec/v3."""

import gzip
import json
import struct
from collections.abc import Iterable

from tools.demo_map.tiles import Bounds, varint

HEADER_SIZE = 127
GZIP, VECTOR = 2, 1
ATTRIBUTION = "Demo city map, drawn for this demo: not a real map"


def archive(tiles: Iterable[tuple[tuple[int, int, int], bytes]], bounds: Bounds, zooms: range) -> bytes:
    """Return the file; the same content is stored once."""
    content = b""
    entries: list[tuple[int, int, int]] = []
    known: dict[bytes, tuple[int, int]] = {}
    for number, tile in sorted((tile_id(*place), tile) for place, tile in tiles):
        if tile not in known:
            packed = gzip.compress(tile, mtime=0)
            known[tile] = (len(content), len(packed))
            content += packed
        entries.append((number, *known[tile]))
    directory = gzip.compress(_directory(entries), mtime=0)
    words = {"name": "Demo city", "attribution": ATTRIBUTION, "description": "By tools.demo_map", "type": "baselayer"}
    metadata = gzip.compress(json.dumps(words).encode(), mtime=0)
    at = [HEADER_SIZE, len(directory), HEADER_SIZE + len(directory), len(metadata)]
    leaves = at[2] + at[3]
    west, south, east, north = (round(each * 10_000_000) for each in bounds)
    header = struct.pack(
        "<7sB11Q6B4iB2i",
        b"PMTiles", 3, *at, leaves, 0, leaves, len(content), len(entries), len(entries), len(known),
        0, GZIP, GZIP, VECTOR, zooms[0], zooms[-1], west, south, east, north, 12, (west + east) // 2,
        (south + north) // 2,
    )  # fmt: skip
    return header + directory + metadata + content


def tile_id(zoom: int, x: int, y: int) -> int:
    """Return the number of a tile: by zoom, and along a Hilbert curve within it."""
    before = (4**zoom - 1) // 3
    size, number = 1 << zoom, 0
    half = size // 2
    while half:
        right, down = int(bool(x & half)), int(bool(y & half))
        number += half * half * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = half - 1 - (x & (half - 1)), half - 1 - (y & (half - 1))
            x, y = y, x
        x, y = x & (half - 1), y & (half - 1)
        half //= 2
    return before + number


def _directory(entries: list[tuple[int, int, int]]) -> bytes:
    """Numbers as differences, then run lengths, lengths, and offsets plus one."""
    numbers = [number for number, _, _ in entries]
    columns = [len(entries)]
    columns += [number - before for number, before in zip(numbers, [0, *numbers[:-1]], strict=True)]
    columns += [1] * len(entries)
    columns += [length for _, _, length in entries]
    columns += [offset + 1 for _, offset, _ in entries]
    return b"".join(map(varint, columns))
