"""What there is in the demo city, in degrees (east, north). Nothing is random: the same city every time."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from jobsphere.demo.cast import DISTRICTS

Place = tuple[float, float]

#: West, south, east, north.
BOUNDS = (-122.86, 45.42, -122.50, 45.66)

RIVER: list[Place] = [
    (-122.645, 45.40), (-122.655, 45.435), (-122.664, 45.462), (-122.672, 45.482), (-122.669, 45.50),
    (-122.6665, 45.517), (-122.6685, 45.530), (-122.681, 45.541), (-122.698, 45.553), (-122.717, 45.567),
    (-122.742, 45.5815), (-122.768, 45.592), (-122.785, 45.61), (-122.789, 45.63), (-122.786, 45.66),
]  # fmt: skip
BROAD_RIVER: list[Place] = [
    (-122.80, 45.66), (-122.765, 45.645), (-122.72, 45.628), (-122.67, 45.6145), (-122.61, 45.6045),
    (-122.55, 45.5965), (-122.45, 45.579),
]  # fmt: skip
#: Where streets go over the river.
BRIDGES = (45.4645, 45.5034, 45.5124, 45.5196, 45.5304, 45.5886)
BLOCK_NORTH, BLOCK_EAST = 0.0018, 0.00256
LARGE_EVERY = 5
TREES = (
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gingko", "Hazel", "Ironwood", "Juniper", "Laurel", "Maple",
    "Oak", "Pine", "Quince", "Rowan", "Spruce", "Tamarack", "Walnut", "Willow", "Yew", "Aspen", "Beech", "Chestnut",
)  # fmt: skip
#: Name, middle, and half its size east and north in degrees.
PARKS: list[tuple[str, Place, float, float]] = [
    ("Lantern Park", (-122.6265, 45.5215), 0.0062, 0.0038),
    ("Old Volcano", (-122.5955, 45.5110), 0.0075, 0.0066),
    ("Ferry Meadow", (-122.6625, 45.4700), 0.0042, 0.0088),
    ("Rose Hill", (-122.7120, 45.5140), 0.0105, 0.0110),
    ("Columbia Green", (-122.7130, 45.5950), 0.0090, 0.0042),
    ("Orchard Park", (-122.6200, 45.5535), 0.0050, 0.0032),
    ("Crystal Spring", (-122.6330, 45.4795), 0.0058, 0.0042),
    ("Bluff Park", (-122.7010, 45.5700), 0.0035, 0.0028),
]
#: Too steep for streets, also for large ones.
HILL = PARKS[3]
FOREST: list[Place] = [
    (-122.728, 45.528), (-122.748, 45.544), (-122.776, 45.569), (-122.806, 45.592), (-122.828, 45.589),
    (-122.816, 45.566), (-122.790, 45.548), (-122.768, 45.524), (-122.744, 45.518),
]  # fmt: skip
HIGHWAYS: list[tuple[str, list[Place]]] = [
    ("Riverside Freeway", [
        (-122.640, 45.42), (-122.650, 45.452), (-122.654, 45.478), (-122.6605, 45.50), (-122.6605, 45.522),
        (-122.6655, 45.540), (-122.6780, 45.556), (-122.6790, 45.58), (-122.6760, 45.60), (-122.671, 45.66),
    ]),
    ("Crosstown Highway", [
        (-122.86, 45.494), (-122.79, 45.5065), (-122.735, 45.508), (-122.692, 45.5195), (-122.684, 45.5285),
        (-122.6665, 45.5335), (-122.63, 45.5325), (-122.59, 45.5345), (-122.50, 45.541),
    ]),
    ("Harbour Road", [
        (-122.692, 45.5420), (-122.712, 45.5560), (-122.740, 45.5740), (-122.778, 45.5905), (-122.800, 45.618),
    ]),
]  # fmt: skip


@dataclass(slots=True)
class Feature:
    """One thing of a layer; `kind` of geometry as in vector tiles: 1 point, 2 line, 3 area."""

    geometry: int
    points: list[Place]
    words: dict[str, str | int]
    from_zoom: int = 0


@dataclass(slots=True)
class Layer:
    """A named sheet of the map."""

    name: str
    features: list[Feature] = field(default_factory=list)


def layers() -> list[Layer]:
    """Return everything, in the layers of the Protomaps basemap."""
    west, south, east, north = BOUNDS
    ground = [(west - 1, south - 1), (east + 1, south - 1), (east + 1, north + 1), (west - 1, north + 1)]
    green = [Feature(3, FOREST, {"kind": "forest", "name": "Forest Ridge"})]
    green += [Feature(3, _blob(*park[1:]), {"kind": "park", "name": park[0]}, 10) for park in PARKS]
    water = [
        Feature(3, _band(BROAD_RIVER, 0.0065), {"kind": "river", "name": "Broad River"}),
        Feature(3, _band(RIVER, 0.0021), {"kind": "river", "name": "Mill River"}),
    ]
    return [
        Layer("earth", [Feature(3, ground, {"kind": "earth"})]),
        Layer("landuse", green),
        Layer("water", water),
        Layer("roads", [*_highways(), *_streets()]),
        Layer("places", list(_districts())),
    ]


def _districts() -> Iterator[Feature]:
    yield Feature(1, [(-122.655, 45.540)], {"kind": "locality", "name": "Demo city", "min_zoom": 5}, 0)
    for name, latitude, longitude in DISTRICTS:
        words: dict[str, str | int] = {"kind": "locality", "name": name.split(",")[0], "min_zoom": 11}
        yield Feature(1, [(longitude, latitude)], words, 11)


def _highways() -> Iterator[Feature]:
    for name, points in HIGHWAYS:
        yield Feature(2, _smooth(points), {"kind": "highway", "name": name})


def _streets() -> Iterator[Feature]:
    """Two sets of parallel streets, broken by water and parks, and ending where the city ends."""
    west, south, east, north = BOUNDS
    for number in range(int((north - south) / BLOCK_NORTH)):
        latitude = south + number * BLOCK_NORTH
        large = number % LARGE_EVERY == 0 or any(abs(latitude - each) < BLOCK_NORTH / 2 for each in BRIDGES)
        name = f"{TREES[number // LARGE_EVERY % len(TREES)]} Street"
        across = any(abs(latitude - each) < BLOCK_NORTH / 2 for each in BRIDGES)
        yield from _street(partial(_along_latitude, latitude), west, east, name, large=large, bridge=across)
    for number in range(int((east - west) / BLOCK_EAST)):
        longitude = west + number * BLOCK_EAST
        large = number % LARGE_EVERY == 0
        name = f"{_nth(abs(number - 76))} Avenue"
        yield from _street(partial(_along_longitude, longitude), south, north, name, large=large, bridge=False)


def _along_latitude(latitude: float, along: float) -> Place:
    return along, latitude


def _along_longitude(longitude: float, along: float) -> Place:
    return longitude, along


def _street(
    at: Callable[[float], Place], begin: float, end: float, name: str, *, large: bool, bridge: bool
) -> Iterator[Feature]:
    step = 0.0005
    run: list[float] = []
    for number in range(int((end - begin) / step) + 2):
        along = begin + number * step
        if along <= end and _built(at(along), large=large, bridge=bridge):
            run.append(along)
            continue
        if len(run) > 3:
            words: dict[str, str | int] = {"kind": "major_road" if large else "minor_road", "name": name}
            yield Feature(2, [at(run[0]), at(run[-1])], words, 11 if large else 13)
        run = []


def _built(place: Place, *, large: bool, bridge: bool) -> bool:
    # The cheapest question first: most of the land is no city.
    reach = 0.043 if large else 0.027
    if not any(math.dist((x * 0.7, y), (place[0] * 0.7, place[1])) < reach for _, y, x in DISTRICTS):
        return False
    if _distance_to(BROAD_RIVER, place) < 0.008:
        return False
    if _distance_to(RIVER, place) < 0.0034 and not bridge:
        return False
    if not large and any(_within(park, place) for park in PARKS):
        return False
    return not (_inside(FOREST, place) or _within(HILL, place))


def _within(park: tuple[str, Place, float, float], place: Place) -> bool:
    _, (east, north), wide, high = park
    return ((place[0] - east) / wide) ** 2 + ((place[1] - north) / high) ** 2 < 1.1


def _blob(middle: Place, wide: float, high: float) -> list[Place]:
    """Return a park's outline: round, with a few soft corners."""
    around = [index * math.tau / 40 for index in range(40)]
    size = [1 + 0.07 * math.sin(3 * angle + wide * 900) + 0.05 * math.cos(5 * angle + high * 700) for angle in around]
    return [
        (middle[0] + wide * grown * math.cos(angle), middle[1] + high * grown * math.sin(angle))
        for angle, grown in zip(around, size, strict=True)
    ]


def _band(middle: list[Place], half: float) -> list[Place]:
    """Return the area of a river around its middle."""
    points = _smooth(middle)
    left, right = [], []
    for index, (x, y) in enumerate(points):
        before, after = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
        run, rise = (after[0] - before[0]) * 0.7, after[1] - before[1]
        length = math.hypot(run, rise) or 1.0
        wide = half * (1 + 0.18 * math.sin(index * 0.7))
        left.append((x - rise / length * wide / 0.7, y + run / length * wide))
        right.append((x + rise / length * wide / 0.7, y - run / length * wide))
    return left + right[::-1]


def _smooth(points: list[Place]) -> list[Place]:
    """Cut the corners three times (Chaikin), so that nothing bends like a ruler."""
    for _ in range(3):
        cut = [points[0]]
        for (x, y), (u, v) in pairwise(points):
            cut += [(0.75 * x + 0.25 * u, 0.75 * y + 0.25 * v), (0.25 * x + 0.75 * u, 0.25 * y + 0.75 * v)]
        points = [*cut, points[-1]]
    return points


def _distance_to(line: list[Place], place: Place) -> float:
    return min(_from_segment(place, a, b) for a, b in pairwise(line))


def _from_segment(place: Place, a: Place, b: Place) -> float:
    (px, py), (ax, ay), (bx, by) = ((x * 0.7, y) for x, y in (place, a, b))
    length = (bx - ax) ** 2 + (by - ay) ** 2
    part = max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    return math.hypot(px - ax - part * (bx - ax), py - ay - part * (by - ay))


def _inside(area: list[Place], place: Place) -> bool:
    inside = False
    for (x, y), (u, v) in zip(area, [*area[1:], area[0]], strict=True):
        if (y > place[1]) != (v > place[1]) and place[0] < (u - x) * (place[1] - y) / (v - y) + x:
            inside = not inside
    return inside


def _nth(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
