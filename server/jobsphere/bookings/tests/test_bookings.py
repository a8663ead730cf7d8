"""Bookings over HTTP: what is refused changes nothing, strangers see nothing, reads cost the same."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from icalendar import Calendar as Ical

from jobsphere.bookings import selectors, services
from jobsphere.bookings.models import Booking, CalendarFeed, SlotClaim
from jobsphere.bookings.tests.conftest import free, open_calendar
from jobsphere.contracts.models import Contract, Offer
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor

TABLES = (
    "bookings.Booking",
    "bookings.SlotClaim",
    "contracts.Offer",
    "contracts.Contract",
    "jobs.Job",
    "payments.Payment",
)


def rows():
    return [list(apps.get_model(name).objects.order_by("pk").values()) for name in TABLES]


def test_a_time_is_booked_once_and_is_free_again_when_the_offer_ends(book, casey, pat, package, send):
    first, second = free(pat, package)[:2]
    made = book(starts_at=first.isoformat())
    assert made.status_code == 201, made.json()
    row = Booking.objects.get(pk=made.json()["id"])
    assert (row.status, row.claims.count()) == ("held", 8)
    # The next whole hour overlaps with the two hours that are taken.
    assert not {first, second} & set(free(pat, package))
    before = rows()
    for taken in (first, second, first - timedelta(minutes=15), first - timedelta(days=30)):
        refused = book(starts_at=taken.isoformat())
        assert (refused.status_code, refused.json()["code"]) == (409, "slot-taken")
    assert rows() == before
    assert send(pat, "post", f"offers/{row.offer_id}/reject/", {"reason": "Ill."}).status_code == 200
    row.refresh_from_db()
    assert (row.status, SlotClaim.objects.count()) == ("freed", 0)
    assert first in free(pat, package)


def test_a_booking_by_hand_takes_time_as_well(book, casey, pat, package, send):
    start = free(pat, package)[0]
    body = {
        "contractor_id": str(pat.id),
        "booking": {"title": "Something else"},
        "amount": {"amount": 5000, "currency": "USD"},
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=30)).isoformat(),
        "payment_method": "pm_card_visa",
    }
    assert send(casey, "post", "offers/", body).status_code == 201
    before = rows()
    assert book(starts_at=start.isoformat()).json()["code"] == "slot-taken"
    assert send(casey, "post", "offers/", body).json()["code"] == "slot-taken"
    assert rows() == before
    # Its money goes by the table of all contracts, not by the time that is left.
    assert not Offer.objects.get().cancels_by_slot


def test_what_nobody_pays_for_is_given_back(book, pat, package, send):
    made = book(payment_method="").json()
    assert send(pat, "get", f"bookings/{made['id']}/").status_code == 404, "unpaid, it is the customer's alone"
    assert selectors.unpaid_bookings(10) == []
    clock.set_offset(timedelta(minutes=31))
    (waiting,) = selectors.unpaid_bookings(10)
    with edge_transaction():
        assert services.release_unpaid(booking_id=waiting)
    assert (Booking.objects.get().status, SlotClaim.objects.count()) == ("freed", 0)
    assert Offer.objects.get().status == "withdrawn"


def test_another_time_holds_when_the_other_one_agrees(confirmed, casey, pat, package, send):
    path, old = f"bookings/{confirmed.pk}", confirmed.starts_at
    later = next(each for each in free(pat, package) if each > old + timedelta(days=1))
    proposed = send(casey, "post", f"{path}/reschedule/", {"starts_at": later.isoformat()})
    assert proposed.status_code == 200, proposed.json()
    assert SlotClaim.objects.count() == 16, "both times are kept"
    before = rows()
    for actor, action in ((casey, "accept-reschedule"), (casey, "decline-reschedule"), (pat, "withdraw-reschedule")):
        assert send(actor, "post", f"{path}/{action}/", {}).status_code == 409
    assert rows() == before
    assert send(pat, "post", f"{path}/accept-reschedule/", {}).status_code == 200
    confirmed.refresh_from_db()
    offer, contract = Offer.objects.get(), Contract.objects.get()
    assert confirmed.starts_at == offer.starts_at == contract.slot_starts_at == later
    assert (SlotClaim.objects.count(), confirmed.sequence, confirmed.proposed_by) == (8, 1, "")
    assert old in free(pat, package)


def test_a_proposal_that_is_declined_gives_its_time_back(confirmed, casey, pat, package, send):
    path = f"bookings/{confirmed.pk}"
    shifted = confirmed.starts_at + timedelta(hours=1)
    assert send(pat, "post", f"{path}/reschedule/", {"starts_at": shifted.isoformat()}).status_code == 200
    assert SlotClaim.objects.count() == 12, "where the two overlap it is taken once"
    shown = send(casey, "get", f"{path}/").json()
    assert {"accept_reschedule", "decline_reschedule"} <= set(shown["allowed_actions"])
    assert send(casey, "post", f"{path}/decline-reschedule/", {}).status_code == 200
    assert (SlotClaim.objects.count(), Offer.objects.get().starts_at) == (8, confirmed.starts_at)


def test_the_contractor_sets_out_and_checks_in_without_leaving_a_place(confirmed, casey, pat, send):
    path = f"bookings/{confirmed.pk}"
    before = rows()
    assert send(pat, "post", f"{path}/check-in/", {}).status_code == 409, "days too early"
    assert rows() == before
    clock.set_offset(confirmed.starts_at - clock.now() - timedelta(minutes=20))
    assert send(casey, "post", f"{path}/on-the-way/", {}).status_code == 409
    assert send(pat, "post", f"{path}/on-the-way/", {}).json()["on_the_way_at"]
    there = {"latitude": 51.5, "longitude": -0.12}
    done = send(pat, "post", f"{path}/check-in/", there).json()
    assert (done["checked_in_at"] is not None, done["nearness"]) == (True, "")
    row = Booking.objects.filter(pk=confirmed.pk).values().get()
    assert not [name for name in row if "itude" in name]


def test_a_place_that_is_too_far_is_refused(book):
    before = rows()
    refused = book(latitude=48.8, longitude=2.3)
    assert (refused.status_code, refused.json()["code"]) == (409, "too-far")
    assert rows() == before
    assert book(latitude=51.51, longitude=-0.1).status_code == 201


def test_strangers_see_nothing(confirmed, sam, omar, casey, send):
    path = f"bookings/{confirmed.pk}"
    before = rows()
    actions = ("cancel", "accept-reschedule", "decline-reschedule", "withdraw-reschedule", "on-the-way", "check-in")
    for stranger in (sam, omar):
        assert send(stranger, "get", f"{path}/").status_code == 404
        assert send(stranger, "get", "bookings/").json()["results"] == []
        for action in (*actions, "withdraw-no-show"):
            assert send(stranger, "post", f"{path}/{action}/", {}).status_code == 404, action
        for action in ("no-show", "contest-no-show"):
            assert send(stranger, "post", f"{path}/{action}/", {"reason": "Not there."}).status_code == 404
    assert send(casey, "get", "calendar/").status_code == 403
    assert rows() == before


def test_the_feed_tells_the_times_and_its_address_can_be_taken_back(confirmed, casey, pat, send):
    url = send(casey, "post", "calendar/feed/").json()["url"]
    path = url.split("/api/")[1]
    answer = send(None, "get", path)
    assert answer["Content-Type"].startswith("text/calendar")
    (event,) = Ical.from_ical(answer.content).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (confirmed.starts_at, confirmed.ends_at)
    assert pat.name.split()[0] in str(event["summary"])
    token = path.split("/")[1].removesuffix(".ics")
    assert not CalendarFeed.objects.filter(token_digest=token).exists(), "only a digest is kept"
    assert send(casey, "get", "calendar/feed/").json() == {"exists": True, "url": ""}
    fresh = send(casey, "post", "calendar/feed/").json()["url"].split("/api/")[1]
    assert send(None, "get", path).status_code == 404
    assert send(None, "get", fresh).status_code == 200
    send(casey, "delete", "calendar/feed/")
    assert send(None, "get", fresh).status_code == 404
    assert send(None, "get", "feeds/a-guess.ics").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("calendar/", {"settings": {"time_zone": "Mars/Base"}, "weekly": []}),
        ("calendar/", {"settings": {"time_zone": "UTC", "step": 7}, "weekly": []}),
        ("calendar/", {"settings": {"time_zone": "UTC"}, "weekly": [{"weekday": 1, "starts": 600, "ends": 500}]}),
        (
            "calendar/",
            {
                "settings": {"time_zone": "UTC"},
                "weekly": [{"weekday": 1, "starts": 480, "ends": 600}, {"weekday": 1, "starts": 585, "ends": 700}],
            },
        ),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused_and_the_old_one_stays(pat, package, send, path, body):
    before = send(pat, "get", path).json()
    assert send(pat, "put", path, body).status_code == 400
    assert send(pat, "get", path).json() == before


def test_a_day_off_takes_its_times_away(pat, package, send):
    day = free(pat, package)[0].date()
    body = {"kind": "off", "first_day": day.isoformat(), "last_day": day.isoformat(), "note": "Holiday"}
    (added,) = send(pat, "post", "calendar/exceptions/", body).json()["specials"]
    assert day not in {each.date() for each in free(pat, package)}
    assert send(pat, "delete", f"calendar/exceptions/{added['id']}/").json()["specials"] == []
    assert day in {each.date() for each in free(pat, package)}


#: Signing in is one query, a keyset page is one, then people and contracts.
LISTED, AVAILABLE, PAGE = 4, 6, 3


def test_reads_cost_the_same_however_much_there_is(
    book, pat: Actor, casey: Actor, package: UUID, send, client_for, django_assert_num_queries
):
    day = (clock.now() + timedelta(days=3)).date()
    client, visitor = client_for(casey), client_for(None)
    for days in (1, 30):
        offer_id = book().json()["offer_id"]
        assert send(pat, "post", f"offers/{offer_id}/accept/", {}).status_code == 200
        with django_assert_num_queries(LISTED):
            assert client.get("/api/bookings/").json()["results"]
        until = day + timedelta(days=days)
        with django_assert_num_queries(AVAILABLE):
            asked = f"from={day}&to={until}&package={package}"
            assert visitor.get(f"/api/contractors/{pat.id}/availability/?{asked}").json()["slots"]
        with django_assert_num_queries(PAGE):
            assert visitor.get(f"/api/contractors/{pat.id}/packages/").json()["packages"]


def test_each_contractor_has_times_of_their_own(book, pat, sam, package):
    other = open_calendar(sam)
    start = free(pat, package)[0]
    assert book(starts_at=start.isoformat()).status_code == 201
    assert start in free(sam, other)
