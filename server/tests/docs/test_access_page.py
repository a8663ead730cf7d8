"""docs/access.md is what the routes say."""

from tools import access


def test_the_page_is_what_the_routes_say() -> None:
    assert access.PAGE.read_text() == access.page(), "run `python -m tools.access` in server/"
