"""The map that lists are drawn on: one PMTiles file of our own, so that no other host learns who looks where.

Browsers read a PMTiles file in small ranges, so this answers ranges and little else. Which file, or which raster tiles
instead, is the operator's choice (docs/operations.md, ADR 0027); a sandbox shows the drawn demo city.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import quote_etag

DEMO_FILE = Path(__file__).parent / "data" / "demo-city.pmtiles"
ADDRESS = "/map/city.pmtiles"
#: A browser asks for 16 KB first and for a few tiles then; more at once is somebody who wants the whole file.
MOST_BYTES = 2 * 1024 * 1024
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})$")


@dataclass(frozen=True, slots=True)
class CityMap:
    """What pages know of the map: the address of its tiles, their kind, and whom to thank."""

    kind: str
    url: str
    attribution: str


def city_map() -> CityMap | None:
    """Return the map of this marketplace; None when the operator has not given one."""
    if settings.MAP_TILE_URL:
        return CityMap("raster", settings.MAP_TILE_URL, settings.MAP_ATTRIBUTION)
    file = _file()
    if file is None:
        return None
    told = settings.MAP_ATTRIBUTION or ("Demo city map: drawn, not real" if file == DEMO_FILE else "© OpenStreetMap")
    return CityMap("vector", ADDRESS, told)


def tile_origin() -> str:
    """Return where raster tiles come from, for the browser's policy; empty when everything is ours.

    "https://{s}.tiles.example/…" becomes "https://*.tiles.example".
    """
    parts = urlsplit(settings.MAP_TILE_URL.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def tiles(request: HttpRequest) -> HttpResponse:
    """Answer a part of the file: 206, 416 beyond its end, 404 without a map."""
    file = _file()
    if file is None or settings.MAP_TILE_URL or request.method not in ("GET", "HEAD"):
        raise Http404
    state = file.stat()
    wanted = _wanted(request.headers.get("Range", ""), state.st_size)
    if wanted is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{state.st_size}"})
    begin, length = wanted
    with file.open("rb") as opened:
        opened.seek(begin)
        content = opened.read(length)
    response = HttpResponse(content, content_type="application/vnd.pmtiles", status=206)
    response["Content-Range"] = f"bytes {begin}-{begin + len(content) - 1}/{state.st_size}"
    response["Accept-Ranges"] = "bytes"
    # Another file in its place has another tag; the browser's reader then begins again.
    response["ETag"] = quote_etag(f"{state.st_mtime_ns:x}-{state.st_size:x}")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def _wanted(header: str, size: int) -> tuple[int, int] | None:
    """Return (begin, length) of a single range; without one, the beginning."""
    found = _RANGE.match(header) if header else None
    if header and found is None:
        return None
    begin = int(found[1]) if found else 0
    end = int(found[2]) if found and found[2] else begin + MOST_BYTES - 1
    if begin >= size or end < begin:
        return None
    return begin, min(end - begin + 1, MOST_BYTES)


def _file() -> Path | None:
    if settings.MAP_FILE:
        return _there(Path(settings.MAP_FILE))
    return _there(DEMO_FILE) if settings.GATEWAY.startswith("sandbox") else None


@cache
def _there(file: Path) -> Path | None:
    return file if file.is_file() else None
