"""The generated page says what the code says."""

from tools import reference


def test_the_reference_is_what_the_code_says() -> None:
    assert reference.PAGE.read_text() == reference.page(), "run: cd server && ../.venv/bin/python -m tools.reference"


def test_it_lists_problems_events_lifecycles_and_routes() -> None:
    page = reference.page()
    for word in ("insufficient-balance", "offer.accepted", "awaiting_payment", "/api/offers/<uuid:offer_id>/accept/"):
        assert word in page
