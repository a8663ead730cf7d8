"""The map's file, in the parts that a browser asks for; and the drawn city is what the tool draws."""

import gzip
import json
from pathlib import Path

import pytest
from django.test import Client

from jobsphere.web import citymap
from jobsphere.web.heads import with_head
from jobsphere.web.middleware import content_policy
from tools.demo_map.__main__ import ZOOMS
from tools.demo_map.city import BOUNDS, layers
from tools.demo_map.pmtiles import archive, tile_id
from tools.demo_map.tiles import draw

HEAD = b"<head><!-- head --><!-- /head --></head>"


@pytest.fixture
def file(settings, tmp_path: Path) -> Path:
    path = tmp_path / "city.pmtiles"
    path.write_bytes(bytes(range(200)))
    settings.MAP_FILE = str(path)
    settings.MAP_TILE_URL = ""
    return path


@pytest.mark.parametrize(
    "asked, content, said",
    [
        ("bytes=0-9", bytes(range(10)), "bytes 0-9/200"),
        ("bytes=190-500", bytes(range(190, 200)), "bytes 190-199/200"),
        ("bytes=195-", bytes(range(195, 200)), "bytes 195-199/200"),
    ],
)
def test_a_part_is_answered(file: Path, asked: str, content: bytes, said: str):
    answer = Client().get(citymap.ADDRESS, headers={"range": asked})
    assert (answer.status_code, answer.content, answer["Content-Range"]) == (206, content, said)


@pytest.mark.parametrize("asked", ["bytes=200-300", "bytes=9-3", "bytes=0-1,4-5", "lines=1-2", "bytes=-5"])
def test_what_is_no_part_is_refused(file: Path, asked: str):
    answer = Client().get(citymap.ADDRESS, headers={"range": asked})
    assert (answer.status_code, answer.content, answer["Content-Range"]) == (416, b"", "bytes */200")


def test_nobody_takes_the_whole_of_a_large_file_at_once(file: Path):
    file.write_bytes(bytes(citymap.MOST_BYTES + 5))
    assert len(Client().get(citymap.ADDRESS).content) == citymap.MOST_BYTES


def test_without_a_map_pages_know_of_none(settings):
    settings.MAP_FILE, settings.MAP_TILE_URL, settings.GATEWAY = "", "", "stripe"
    assert b"jobsphere-map" not in with_head(HEAD, "/help")
    assert Client().get(citymap.ADDRESS).status_code == 404


def test_tiles_of_others_are_allowed_by_the_policy_only_when_the_operator_named_them(settings):
    settings.MAP_TILE_URL = ""
    assert "tiles.example" not in content_policy(["sandbox"])
    settings.MAP_TILE_URL = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    assert "img-src 'self' data: blob: https://*.tiles.example;" in content_policy(["sandbox"])
    assert b"{s}.tiles.example" in with_head(HEAD, "/help")
    assert Client().get(citymap.ADDRESS).status_code == 404


def test_the_demo_city_is_what_the_tool_draws_and_says_that_it_is_no_real_map(settings):
    settings.MAP_FILE, settings.MAP_TILE_URL = "", ""
    found = citymap.city_map()
    assert found is not None
    assert "not real" in found.attribution
    drawn = list(draw(layers(), BOUNDS, range(ZOOMS[0], 12)))
    again = archive(drawn, BOUNDS, range(ZOOMS[0], 12))
    assert again[:8] == b"PMTiles\x03" == citymap.DEMO_FILE.read_bytes()[:8]
    kept = citymap.DEMO_FILE.read_bytes()
    # Compressed alike by other builds of zlib or not: what matters is inside.
    starts = [at for at in range(len(kept)) if kept[at : at + 3] == b"\x1f\x8b\x08"]
    inside = set()
    for at in starts[2:60]:
        try:
            inside.add(gzip.decompress(kept[at : starts[starts.index(at) + 1]]))
        except (OSError, EOFError):
            continue
    assert {tile for _, tile in drawn} <= inside
    assert json.loads(gzip.decompress(kept[starts[1] : starts[2]]))["name"] == "Demo city"


def test_tiles_are_numbered_along_the_curve_of_the_specification():
    assert [tile_id(0, 0, 0), tile_id(1, 0, 0), tile_id(1, 0, 1), tile_id(1, 1, 1), tile_id(1, 1, 0)] == [0, 1, 2, 3, 4]
    assert tile_id(12, 3423, 1763) == 19078479
