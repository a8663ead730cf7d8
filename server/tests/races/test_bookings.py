"""Fifty people want the same hour of one contractor (issue 7)."""

from functools import partial

from jobsphere.bookings.models import Booking, SlotClaim
from jobsphere.bookings.tests.conftest import free, open_calendar
from jobsphere.contracts.models import Milestone, Offer
from jobsphere.jobs.models import Job
from jobsphere.kit.actor import Actor
from jobsphere.payments.models import Payment
from tests.cast import person
from tests.races.conftest import Post
from tests.races.running import race

PEOPLE = 50


def test_of_fifty_who_book_one_time_exactly_one_has_it(pat: Actor, stage: None, post: Post):
    package = open_calendar(pat, buffer_before=15, buffer_after=30)
    start, next_start = (free(pat, package)[index] for index in (0, 1))
    # Half of them want an hour later, which overlaps.
    bodies = [
        {
            "contractor_id": str(pat.id),
            "package_id": str(package),
            "starts_at": (start if number % 2 else next_start).isoformat(),
            "payment_method": "pm_card_visa",
        }
        for number in range(PEOPLE)
    ]
    people = [person(f"Customer{number} Hurry", is_customer=True) for number in range(PEOPLE)]
    for each in people:
        post(each, "bookings/", {})  # signs in before the race
    answers = race(*(partial(post, each, "bookings/", body) for each, body in zip(people, bodies, strict=True)))
    statuses = sorted(status for status, _ in answers)
    assert statuses == [201, *[409] * (PEOPLE - 1)], statuses
    assert {body["code"] for status, body in answers if status == 409} == {"slot-taken"}
    # What was refused has left nothing.
    counts = [model.objects.count() for model in (Booking, Offer, Milestone, Payment, Job)]
    assert counts == [1, 1, 1, 1, 1]
    # Two hours with their buffers: eleven quarters.
    assert SlotClaim.objects.filter(booking=Booking.objects.get(), contractor_id=pat.known_id()).count() == 11
