"""Mapbox vector tiles (specification 2.1), as much of them as a drawn city needs."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from tools.demo_map.city import Feature, Layer

EXTENT = 4096
#: What is drawn beyond the edge, so that lines and outlines meet.
MARGIN = 80
Pixel = tuple[float, float]
Bounds = tuple[float, float, float, float]


def draw(layers: list[Layer], bounds: Bounds, zooms: range) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    """Return every tile that touches the bounds: ((zoom, x, y), its bytes)."""
    west, south, east, north = bounds
    for zoom in zooms:
        left, top = (int(each) for each in _world(zoom, west, north))
        right, bottom = (int(each) for each in _world(zoom, east, south))
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                yield (zoom, x, y), b"".join(_layer(layer, zoom, x, y) for layer in layers)


def _world(zoom: int, longitude: float, latitude: float) -> Pixel:
    size = 2.0**zoom
    north = math.asinh(math.tan(math.radians(latitude)))
    return (longitude + 180) / 360 * size, (1 - north / math.pi) / 2 * size


def _layer(layer: Layer, zoom: int, x: int, y: int) -> bytes:
    names: dict[str, int] = {}
    values: dict[str | int, int] = {}
    features = b""
    for feature in layer.features:
        if zoom < feature.from_zoom:
            continue
        pixels = [((u - x) * EXTENT, (v - y) * EXTENT) for u, v in (_world(zoom, *each) for each in feature.points)]
        commands = _commands(feature, pixels)
        if not commands:
            continue
        tags = []
        for name, value in feature.words.items():
            tags += [names.setdefault(name, len(names)), values.setdefault(value, len(values))]
        body = _bytes(2, _packed(tags)) + _field(3, 0) + varint(feature.geometry) + _bytes(4, _packed(commands))
        features += _bytes(2, body)
    if not features:
        return b""
    keys = b"".join(_bytes(3, name.encode()) for name in names)
    words = b"".join(_bytes(4, _value(value)) for value in values)
    head = _field(15, 0) + varint(2) + _bytes(1, layer.name.encode())
    return _bytes(3, head + features + keys + words + _field(5, 0) + varint(EXTENT))


def _commands(feature: Feature, pixels: list[Pixel]) -> list[int]:
    """Return the drawing commands of what is within the tile; none when nothing is."""
    if feature.geometry == 1:
        inside = all(-MARGIN <= part < EXTENT + MARGIN for part in pixels[0])
        return _path([_whole(pixels[0])], (0, 0), closed=False)[0] if inside else []
    if feature.geometry == 3:
        ring = _rounded(_clip_area(pixels))
        if len(ring) > 1 and ring[0] == ring[-1]:
            ring.pop()
        if _area(ring) < 0:
            ring.reverse()
        return _path(ring, (0, 0), closed=True)[0] if len(ring) > 2 else []
    commands: list[int] = []
    at = (0, 0)
    for line in _clip_line(pixels):
        ring = _rounded(line)
        if len(ring) > 1:
            more, at = _path(ring, at, closed=False)
            commands += more
    return commands


def _path(points: list[tuple[int, int]], at: tuple[int, int], *, closed: bool) -> tuple[list[int], tuple[int, int]]:
    commands: list[int] = []
    for index, (x, y) in enumerate(points):
        if index == 0:
            commands.append(1 | 1 << 3)
        elif index == 1:
            commands.append(2 | (len(points) - 1) << 3)
        commands += [_zigzag(x - at[0]), _zigzag(y - at[1])]
        at = (x, y)
    if closed:
        commands.append(7 | 1 << 3)
    return commands, at


def _clip_area(points: list[Pixel]) -> list[Pixel]:
    """Cut an area at the four edges (Sutherland and Hodgman)."""
    for axis, limit, keeps_less in ((0, -MARGIN, 0), (0, EXTENT + MARGIN, 1), (1, -MARGIN, 0), (1, EXTENT + MARGIN, 1)):
        kept: list[Pixel] = []
        for before, here in zip([points[-1], *points[:-1]] if points else [], points, strict=True):
            was, stays = ((each[axis] <= limit) == bool(keeps_less) for each in (before, here))
            if was != stays:
                kept.append(_crossing(before, here, axis, limit))
            if stays:
                kept.append(here)
        points = kept
    return points


def _clip_line(points: list[Pixel]) -> Iterator[list[Pixel]]:
    """Return the parts of a line within the edges (Liang and Barsky, piece by piece)."""
    run: list[Pixel] = []
    for a, b in pairwise(points):
        piece = _clip_piece(a, b)
        if piece is None:
            continue
        if run and run[-1] == piece[0]:
            run.append(piece[1])
        else:
            if run:
                yield run
            run = list(piece)
    if run:
        yield run


def _clip_piece(a: Pixel, b: Pixel) -> tuple[Pixel, Pixel] | None:
    begin, end = 0.0, 1.0
    for axis in (0, 1):
        change = b[axis] - a[axis]
        for sign, room in ((-1, a[axis] + MARGIN), (1, EXTENT + MARGIN - a[axis])):
            if change == 0:
                if room < 0:
                    return None
                continue
            part = room / (sign * change)
            if sign * change < 0:
                begin = max(begin, part)
            else:
                end = min(end, part)
    if begin >= end:
        return None
    first, last = ((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])) for part in (begin, end))
    return first, last


def _crossing(a: Pixel, b: Pixel, axis: int, limit: float) -> Pixel:
    part = (limit - a[axis]) / (b[axis] - a[axis])
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def _whole(point: Pixel) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _rounded(points: Iterable[Pixel]) -> list[tuple[int, int]]:
    """Round to the grid, and leave out what falls on the point before."""
    kept: list[tuple[int, int]] = []
    for point in map(_whole, points):
        if not kept or kept[-1] != point:
            kept.append(point)
    return kept


def _area(ring: list[tuple[int, int]]) -> int:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, [*ring[1:], *ring[:1]], strict=True))


def varint(number: int) -> bytes:
    """Return the number in groups of seven bits, as protobuf and PMTiles write it."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _field(number: int, wire: int) -> bytes:
    return varint(number << 3 | wire)


def _bytes(number: int, content: bytes) -> bytes:
    return _field(number, 2) + varint(len(content)) + content


def _packed(numbers: list[int]) -> bytes:
    return b"".join(map(varint, numbers))


def _value(value: str | int) -> bytes:
    return _bytes(1, value.encode()) if isinstance(value, str) else _field(5, 0) + varint(value)
