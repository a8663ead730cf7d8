"""The documentation site from `docs/`: `python -m tools.site [serve] [folder]`, which is `make docs`."""
