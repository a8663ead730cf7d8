"""Series over HTTP and by the clock: once a date, at the agreed price, and never unprotected."""

from datetime import timedelta

from django.apps import apps

from jobsphere.contracts.models import Contract, Offer
from jobsphere.kit import clock
from jobsphere.notifications.models import Notification
from jobsphere.payments.models import Payment, SavedMethod
from jobsphere.repeats.models import Occurrence, Repeat
from jobsphere.repeats.rules.lifecycle import GIVE_UP_BEFORE, MAKE_BEFORE

TABLES = ("repeats.Repeat", "repeats.Occurrence", "contracts.Offer", "contracts.Contract", "payments.Payment")


def rows():
    return [list(apps.get_model(name).objects.order_by("pk").values()) for name in TABLES]


def due(repeat):
    """Return when the next occurrence is made."""
    return Repeat.objects.get(pk=repeat.pk).next_at - MAKE_BEFORE + timedelta(minutes=1)


def told(actor):
    return set(Notification.objects.filter(user_id=actor.id).values_list("message", flat=True))


def times_told(actor, type_):
    return Notification.objects.filter(user_id=actor.id, type=type_).count()


def test_a_series_begins_when_the_contractor_agrees(offer, casey, pat, omar, send, card, tick):
    wish = {"offer_id": offer, "every": "weekly", "time_zone": "Europe/London"}
    before = rows()
    assert send(casey, "post", "repeats/", wish).json()["code"] == "no-saved-card"
    card()
    assert send(pat, "post", "repeats/", wish).status_code == 409, "it is not Pat's to ask for"
    assert send(omar, "post", "repeats/", wish).status_code == 404
    assert send(casey, "post", "repeats/", {**wish, "time_zone": "Mars/Base"}).status_code == 400
    assert rows() == before
    made = send(casey, "post", "repeats/", wish).json()
    assert (made["status"], made["card"], made["mine"]) == ("proposed", "visa 4242", "customer")
    assert send(casey, "post", "repeats/", wish).json()["code"] == "already-repeats"
    path = f"repeats/{made['id']}/"
    for actor, action in ((casey, "accept"), (omar, "accept"), (omar, "end"), (pat, "end")):
        assert send(actor, "post", f"{path}{action}/", {}).status_code in (404, 409)
    assert send(omar, "get", path).status_code == 404
    tick(until=Repeat.objects.get().next_at)
    assert Offer.objects.count() == 1, "nothing is made before both have agreed"
    agreed = send(pat, "post", f"{path}accept/", {}).json()
    assert (agreed["status"], agreed["card"], len(agreed["dates"])) == ("active", "", 6)
    assert "booking.updated/repeat_proposed" in told(pat)


def test_each_date_is_an_offer_and_a_contract_of_its_own(series, casey, pat, tick, send):
    repeat = series()
    tick()
    assert Occurrence.objects.count() == 0, "it is too early"
    tick(until=due(repeat))
    one = Occurrence.objects.get()
    assert (one.status, one.tries, one.reason) == ("made", 1, "")
    assert one.contract is not None
    assert one.contract.amount == 100_00
    first, second = Offer.objects.order_by("pk")
    assert None not in (first.starts_at, second.starts_at)
    assert second.starts_at == first.starts_at + timedelta(days=7)  # type: ignore[operator]
    assert second.payment_id != first.payment_id
    assert (second.job.address, second.cancellation_policy) == (first.job.address, first.cancellation_policy)
    tick()
    assert Occurrence.objects.count() == 1
    assert "booking.updated/repeat_made" in told(pat)
    assert (times_told(pat, "offer.received"), times_told(pat, "contract.started")) == (1, 1), "of the first one alone"
    assert (times_told(casey, "offer.accepted"), times_told(casey, "payment.received")) == (1, 2)
    shown = send(pat, "get", f"repeats/{repeat.pk}/").json()
    assert [each["contract_id"] for each in shown["occurrences"]] == [str(one.contract_id)]
    found = send(casey, "get", f"repeats/?contract_id={one.contract_id}").json()["results"]
    assert [each["id"] for each in found] == [str(repeat.pk)]


def test_a_date_that_is_skipped_is_not_made_and_the_next_one_is(series, casey, pat, tick, send):
    repeat = series()
    path = f"repeats/{repeat.pk}/"
    dates = send(casey, "get", path).json()["dates"]
    before = rows()
    assert send(casey, "post", f"{path}skip/", {"due_on": "2031-01-01"}).json()["code"] == "date-not-ahead"
    assert [each[1:] for each in rows()[2:]] == [each[1:] for each in before[2:]]
    assert Occurrence.objects.count() == 0
    assert send(casey, "post", f"{path}skip/", {"due_on": dates[1]["due_on"]}).status_code == 200
    after = send(pat, "post", f"{path}skip/", {"due_on": dates[0]["due_on"]}).json()
    assert after["dates"][0]["due_on"] == dates[2]["due_on"]
    assert send(casey, "post", f"{path}skip/", {"due_on": dates[0]["due_on"]}).json()["code"] == "date-not-ahead"
    for _ in range(3):
        tick(timedelta(days=7))
    made = [each.due_on.isoformat() for each in Occurrence.objects.filter(status="made")]
    assert dates[0]["due_on"] not in made
    assert made[0] == dates[2]["due_on"]
    assert "booking.updated/repeat_skipped" in told(casey)


def test_a_pause_makes_nothing_and_nothing_is_made_up_for_it(series, casey, pat, tick, send):
    repeat = series()
    path = f"repeats/{repeat.pk}/"
    assert send(pat, "post", f"{path}pause/", {"reason": "Holidays"}).json()["status"] == "paused"
    for _ in range(3):
        tick(timedelta(days=7))
    assert Occurrence.objects.count() == 0
    resumed = send(casey, "post", f"{path}resume/", {}).json()
    assert resumed["status"] == "active"
    assert Repeat.objects.get().next_at > clock.now()
    tick(until=due(repeat))
    assert Occurrence.objects.filter(status="made").count() == 1
    assert send(casey, "post", f"{path}end/", {}).json()["status"] == "ended"
    before = rows()
    tick(timedelta(days=30))
    assert rows()[:4] == before[:4]
    assert Contract.objects.count() == 2


def test_a_refused_card_is_asked_again_by_a_schedule_and_then_the_date_is_let_go(series, casey, pat, tick, send):
    repeat = series(number="pm_card_chargeCustomerFail")
    tick(until=due(repeat))
    one = Occurrence.objects.get()
    assert (one.status, one.tries, one.reason) == ("failed", 1, "card_declined")
    assert send(pat, "get", f"repeats/{repeat.pk}/").json()["occurrences"][0]["status"] == "charging"
    tick(timedelta(hours=1))
    assert Offer.objects.count() == 2, "not before its time"
    tick(timedelta(days=1))
    tick(timedelta(days=1))
    one.refresh_from_db()
    assert (one.status, one.tries) == ("needs_customer", 3)
    assert {"booking.updated/repeat_retrying", "booking.updated/repeat_needs_you"} <= told(casey)
    tick(until=one.starts_at - GIVE_UP_BEFORE)
    one.refresh_from_db()
    assert (one.status, one.reason, one.contract_id) == ("skipped", "unpaid", None)
    assert Payment.objects.exclude(detail="declined").count() == 1, "only what was paid at first"
    assert Contract.objects.count() == 1
    for _ in range(30):
        tick(timedelta(hours=6))
    assert Repeat.objects.get().status == "paused", "two in a row that nobody paid for"


def test_a_bank_that_wants_to_see_the_customer_is_shown_them(series, casey, pat, omar, tick, send, sandbox):
    repeat = series(number="pm_card_threeDSecure2Required")
    tick(until=due(repeat))
    one = Occurrence.objects.get()
    assert (one.status, one.reason) == ("needs_customer", "authentication_failed")
    path = f"repeats/{repeat.pk}/"
    assert send(casey, "get", path).json()["needs_customer"] is True
    assert send(pat, "get", path).json()["needs_customer"] is False
    before = rows()
    body = {"occurrence_id": str(one.pk)}
    for actor in (pat, omar):
        assert send(actor, "post", f"{path}pay/", body).status_code == 404
    assert rows()[1:] == before[1:]
    shown = send(casey, "post", f"{path}pay/", body).json()["occurrences"][0]
    assert shown["status"] == "charging"
    payment = send(casey, "get", f"offers/{shown['offer_id']}/").json()["payment"]
    assert payment["action"]["url"]
    sandbox.answer_challenge(payment["action"]["url"].rsplit("/", 1)[1])
    assert send(casey, "post", f"offers/{shown['offer_id']}/pay/", {}).status_code == 200
    tick()
    one.refresh_from_db()
    assert one.contract is not None
    assert (one.status, one.contract.amount, Contract.objects.count()) == ("made", 100_00, 2)
    captured = Payment.objects.filter(detail="captured").values_list("amount", flat=True)
    assert list(captured) == [100_00, 100_00]


def test_unknown_is_not_failed_and_nothing_is_charged_twice(series, casey, tick, sandbox):
    repeat = series()
    sandbox.go_down()
    tick(until=due(repeat))
    one = Occurrence.objects.get()
    assert (one.status, one.tries) == ("charging", 1)
    tick(timedelta(minutes=20))
    assert Offer.objects.count() == 2, "nobody knows yet, so nothing is tried again"
    sandbox.come_back()
    tick(timedelta(minutes=8))
    one.refresh_from_db()
    assert (one.status, one.tries, Offer.objects.count()) == ("made", 1, 2)
    assert Payment.objects.filter(detail="captured").count() == 2


def test_time_that_is_taken_is_let_go_and_nothing_is_charged(series, casey, pat, tick, send):
    repeat = series()
    start = repeat.next_at
    body = {
        "contractor_id": str(pat.id),
        "booking": {"title": "Something else"},
        "amount": {"amount": 5000, "currency": "USD"},
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(minutes=30)).isoformat(),
        "payment_method": "pm_card_visa",
    }
    tick(until=due(repeat) - timedelta(hours=1))
    taken = send(casey, "post", "offers/", body)
    assert taken.status_code == 201
    assert send(pat, "post", f"offers/{taken.json()['id']}/accept/", {}).status_code == 200
    tick(until=due(repeat))
    one = Occurrence.objects.get()
    assert (one.status, one.reason, one.offer_id, Payment.objects.count()) == ("skipped", "slot-taken", None, 2)
    assert Repeat.objects.get().status == "active"


def test_without_a_card_the_customer_is_asked(series, casey, tick, send, card):
    repeat = series()
    send(casey, "delete", f"payments/methods/{SavedMethod.objects.get().pk}/")
    tick(until=due(repeat))
    one = Occurrence.objects.get()
    assert (one.status, one.reason, one.offer_id) == ("needs_customer", "no-card", None)
    path = f"repeats/{repeat.pk}/"
    assert send(casey, "post", f"{path}pay/", {"occurrence_id": str(one.pk)}).json()["code"] == "no-saved-card"
    other = card("pm_card_mastercard")
    assert send(casey, "post", f"{path}card/", {"method_id": str(other)}).json()["card"] == "mastercard 4444"
    assert send(casey, "post", f"{path}pay/", {"occurrence_id": str(one.pk)}).status_code == 200
    tick()
    one.refresh_from_db()
    assert one.status == "made"


def test_a_new_price_is_told_ahead_and_agreed_or_the_series_ends_there(series, casey, pat, tick, send):
    repeat = series()
    path, more = f"repeats/{repeat.pk}/", {"amount": 120_00, "currency": "USD"}
    soon, ahead = clock.now().date() + timedelta(days=5), clock.now().date() + timedelta(days=20)
    before = rows()
    for actor, body in ((casey, ahead), (pat, soon)):
        answer = send(actor, "post", f"{path}price/", {"amount": more, "new_from": body.isoformat()})
        assert answer.status_code in (400, 409)
    assert send(casey, "post", f"{path}agree-price/", {"amount": more}).json()["code"] == "price-not-now"
    assert [r["new_amount"] for r in rows()[0]] == [r["new_amount"] for r in before[0]]
    proposed = send(pat, "post", f"{path}price/", {"amount": more, "new_from": ahead.isoformat()}).json()
    assert proposed["price_change"] == {"amount": more, "new_from": ahead.isoformat(), "agreed": False}
    assert [each["price"] is None for each in proposed["dates"]][-1] is True
    other = {"amount": 130_00, "currency": "USD"}
    assert send(casey, "post", f"{path}agree-price/", {"amount": other}).json()["code"] == "price-not-now"
    assert send(pat, "post", f"{path}agree-price/", {"amount": more}).status_code == 409
    assert send(casey, "post", f"{path}agree-price/", {"amount": more}).json()["price_change"]["agreed"] is True
    for _ in range(5):
        tick(timedelta(days=7))
    found = {one.amount for one in Occurrence.objects.filter(status="made", due_on__lt=ahead)}
    assert found == {100_00}
    assert {one.amount for one in Occurrence.objects.filter(status="made", due_on__gte=ahead)} == {120_00}
    paid = set(Contract.objects.values_list("amount", flat=True))
    assert paid == {100_00, 120_00}


def test_a_price_that_nobody_agreed_to_is_never_charged(series, pat, casey, tick, send):
    repeat = series()
    ahead = clock.now().date() + timedelta(days=20)
    body = {"amount": {"amount": 120_00, "currency": "USD"}, "new_from": ahead.isoformat()}
    assert send(pat, "post", f"repeats/{repeat.pk}/price/", body).status_code == 200
    for _ in range(6):
        tick(timedelta(days=7))
    ended = Repeat.objects.get()
    assert (ended.status, ended.reason) == ("ended", "price")
    assert set(Contract.objects.values_list("amount", flat=True)) == {100_00}
    assert Occurrence.objects.filter(due_on__gte=ahead).count() == 0
