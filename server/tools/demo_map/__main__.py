"""`python -m tools.demo_map`: draw, write, and say how large it became."""

import sys
from pathlib import Path

from tools.demo_map.city import BOUNDS, layers
from tools.demo_map.pmtiles import archive
from tools.demo_map.tiles import draw

FILE = Path(__file__).resolve().parents[2] / "jobsphere" / "web" / "data" / "demo-city.pmtiles"
ZOOMS = range(8, 15)


def main() -> int:
    """Write the file; the same bytes on every machine with the same zlib."""
    content = archive(draw(layers(), BOUNDS, ZOOMS), BOUNDS, ZOOMS)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(content)
    print(f"{FILE.name}: {len(content) // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
