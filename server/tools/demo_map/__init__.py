"""Draws the demo city's map: `python -m tools.demo_map` writes server/jobsphere/web/data/demo-city.pmtiles.

No map of the world can be fetched where this runs, and a marketplace must show a map without any outside host. So the
demo city gets one that is drawn: rivers, parks and districts about where Portland has them, streets that nobody walked.
It says so in its corner. The layers and their words are those of the Protomaps basemap, so that an operator puts a real
extract in its place (docs/operations.md, ADR 0027).
"""
