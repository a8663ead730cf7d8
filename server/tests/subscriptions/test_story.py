"""A contractor's plan, over HTTP, with books that balance after each step."""

from datetime import timedelta

from jobsphere.contracts.tests.conftest import Deals
from jobsphere.escrow.types import FeeTerms
from jobsphere.invoices.models import Invoice
from jobsphere.kit import clock
from jobsphere.ledger import selectors as ledger
from jobsphere.payments.models import Payment, Refund
from jobsphere.plans import books
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.tests.conftest import assert_books_balance, offer
from tests.marketplace import usd


def terms_of(offer_id) -> FeeTerms:
    from jobsphere.contracts.models import Offer

    return FeeTerms.from_json(Offer.objects.get(pk=offer_id).fee_terms)


def revenue() -> int:
    return ledger.balance_of(books.revenue("USD")).amount


def test_a_plan_lowers_the_fees_of_new_offers_and_touches_no_running_one(subscribe, settle, send, casey, pat):
    deals = Deals(casey, pat)
    before = deals.offer()
    row = subscribe()
    settle()
    assert (row.status, revenue()) == ("active", 20_00)
    after = deals.offer()
    assert terms_of(before).basis_points == 3000
    pinned = terms_of(after)
    assert (pinned.basis_points, pinned.reason, pinned.reason_name, pinned.usual_basis_points) == (
        1500,
        "plan",
        "Pro",
        3000,
    )
    shown = send(pat, "get", f"offers/{after}/").json()["fees"]
    assert (shown["reason"], shown["reason_name"], shown["share"], shown["usual_share"]) == ("plan", "Pro", 1500, 3000)
    assert shown["payout"]["amount"] == 850_00
    fees = send(pat, "get", "plans/fees/?amount=100000&currency=USD").json()
    assert (fees["payout"]["amount"], fees["usual_payout"]["amount"], fees["reason"]) == (850_00, 700_00, "plan")
    document = Invoice.objects.get(kind="plan")
    assert (document.gross, document.buyer_id, document.number[:2]) == (20_00, pat.id, "F-")
    assert_books_balance()


def test_a_year_of_months_is_paid_once_each_and_counted_from_the_first(subscribe, tick):
    first = clock.now().replace(year=2028, month=1, day=31, hour=9)
    clock.set_offset(clock.offset() + (first - clock.now()))
    row = subscribe()
    ends = []
    for _ in range(13):
        row.refresh_from_db()
        ends.append(row.ends_at.day)
        tick(until=row.next_at + timedelta(minutes=1))
    assert ends == [29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]
    assert Period.objects.filter(status="paid").count() == 14
    assert Payment.objects.filter(detail="released").count() == 14
    assert revenue() == 14 * 20_00
    assert_books_balance()


def test_cancelled_it_holds_until_its_end_and_can_be_resumed_before(subscribe, tick, send, pat, casey):
    row = subscribe()
    answer = send(pat, "post", f"plans/subscriptions/{row.pk}/cancel/", {}).json()
    assert (answer["status"], answer["cancels_at_end"], answer["allowed_actions"]) == (
        "active",
        True,
        ["card", "change", "resume"],
    )
    assert send(pat, "post", f"plans/subscriptions/{row.pk}/resume/", {}).json()["cancels_at_end"] is False
    send(pat, "post", f"plans/subscriptions/{row.pk}/cancel/", {})
    tick(until=row.ends_at - timedelta(hours=1))
    assert terms_of(Deals(casey, pat).offer()).reason == "plan"
    tick(until=row.ends_at + timedelta(minutes=1))
    row.refresh_from_db()
    assert (row.status, row.reason, Payment.objects.filter(purpose_type="plan").count()) == ("ended", "cancelled", 1)
    assert send(pat, "post", f"plans/subscriptions/{row.pk}/resume/", {}).status_code == 409
    assert revenue() == 20_00
    assert_books_balance()


def test_cancelled_after_the_next_period_was_paid_that_one_goes_back(subscribe, tick, send, pat):
    row = subscribe()
    end = row.ends_at
    tick(until=row.next_at + timedelta(minutes=1))
    row.refresh_from_db()
    assert (revenue(), row.ends_at > end) == (40_00, True)
    assert send(pat, "post", f"plans/subscriptions/{row.pk}/cancel/", {}).status_code == 200
    tick()
    row.refresh_from_db()
    assert (row.ends_at, revenue(), Refund.objects.get().status) == (end, 20_00, "succeeded")
    assert Invoice.objects.filter(kind="plan", type="credit_note").count() == 1
    assert_books_balance()


def test_a_refused_card_is_asked_three_times_and_then_the_plan_lapses(subscribe, tick, send, pat, casey):
    row = subscribe()
    Subscription.objects.filter(pk=row.pk).update(method_id=None)
    methods = send(pat, "get", "payments/methods/").json()["methods"]
    send(pat, "post", "payments/methods/", {"payment_method": "pm_card_chargeCustomerFail"})
    send(pat, "delete", f"payments/methods/{methods[0]['id']}/")
    tick(until=row.next_at + timedelta(minutes=1))
    one = Period.objects.get(kind="renewal")
    assert (one.status, one.tries, Subscription.objects.get().status) == ("failed", 1, "past_due")
    for _ in range(2):
        tick(timedelta(days=1, minutes=1))
    one.refresh_from_db()
    assert (one.status, one.tries) == ("needs_owner", 3)
    assert terms_of(Deals(casey, pat).offer()).reason == "plan"
    tick(until=row.ends_at + timedelta(minutes=20))
    assert (Subscription.objects.get().status, Period.objects.get(kind="renewal").status) == ("lapsed", "void")
    assert terms_of(Deals(casey, pat).offer()).reason == ""
    assert (Payment.objects.filter(purpose_type="plan").count(), revenue()) == (4, 20_00)
    assert_books_balance()


def test_a_bank_that_asks_is_answered_and_only_then_the_plan_holds(subscribe, settle, send, sandbox, pat):
    row = subscribe("pm_card_authenticationRequired")
    shown = send(pat, "get", f"plans/subscriptions/{row.pk}/").json()
    assert (shown["status"], shown["tier"], revenue()) == ("starting", "", 0)
    action = shown["periods"][0]["action"]
    sandbox.answer_challenge(action["url"].rsplit("/", 1)[1])
    paid = send(pat, "post", f"plans/subscriptions/{row.pk}/pay/", {})
    assert paid.status_code == 200, paid.json()
    settle()
    shown = send(pat, "get", f"plans/subscriptions/{row.pk}/").json()
    assert (shown["status"], shown["tier"], revenue()) == ("active", "pro", 20_00)
    assert_books_balance()


def test_a_first_payment_that_nobody_finishes_ends_and_charges_nothing(subscribe, tick, pat, casey):
    row = subscribe("pm_card_authenticationRequired")
    tick(timedelta(hours=1, minutes=1))
    row.refresh_from_db()
    assert (row.status, row.reason, Period.objects.get().status, revenue()) == ("ended", "unpaid", "void", 0)
    assert terms_of(Deals(casey, pat).offer()).reason == ""


def test_a_dearer_plan_holds_now_less_what_is_unused_and_a_cheaper_one_later(subscribe, tick, send, ada, pat, settle):
    top = offer(ada, "Top", 50_00, 1000)
    row = subscribe()
    middle = row.first_at + (row.ends_at - row.first_at) / 2
    tick(until=middle)
    body = {"plan_id": str(top), "price": usd(50_00).to_json()}
    answer = send(pat, "post", f"plans/subscriptions/{row.pk}/change/", body)
    assert answer.status_code == 200, answer.json()
    settle()
    newest = Period.objects.get(kind="upgrade")
    assert newest.status == "paid"
    assert newest.amount + newest.credit == 50_00
    assert 9_95 <= newest.credit <= 10_00
    assert revenue() == 20_00 + newest.amount
    row.refresh_from_db()
    assert (row.plan_id, row.ends_at) == (top, newest.ends_at)
    pro = Period.objects.get(kind="first").version.plan_id
    back = send(
        pat, "post", f"plans/subscriptions/{row.pk}/change/", {"plan_id": str(pro), "price": usd(20_00).to_json()}
    )
    assert (back.json()["plan"], back.json()["next_plan"]) == ("Top", "Pro")
    tick(until=row.next_at + timedelta(minutes=1))
    assert Period.objects.get(kind="renewal").amount == 20_00
    assert_books_balance()


def test_a_trial_costs_nothing_until_it_is_over_and_is_given_once(subscribe, tick, send, ada, pat):
    plan = offer(ada, "Try", 10_00, 1200, trial_days=14)
    row = subscribe(plan=plan, price=10_00)
    assert (row.status, revenue(), Period.objects.get().status) == ("active", 0, "free")
    tick(until=row.ends_at - timedelta(minutes=1))
    assert revenue() == 0
    tick(until=row.ends_at + timedelta(minutes=1))
    assert revenue() == 10_00
    row.refresh_from_db()
    send(pat, "post", f"plans/subscriptions/{row.pk}/cancel/", {})
    tick(until=row.ends_at + timedelta(minutes=1))
    again = subscribe(plan=plan, price=10_00)
    assert (again.status, revenue()) == ("active", 20_00)
    assert_books_balance()


def test_staff_give_back_and_may_end_it_at_once(subscribe, settle, send, ada, pat, casey):
    row = subscribe()
    one = Period.objects.get()
    path = f"admin/subscriptions/periods/{one.pk}/refund/"
    assert send(pat, "post", path, {"reason": "please"}).status_code == 403
    too_much = send(ada, "post", path, {"reason": "sorry", "amount": usd(20_01).to_json()})
    assert (too_much.status_code, too_much.json()["code"], revenue()) == (409, "nothing-to-refund", 20_00)
    part = send(ada, "post", path, {"reason": "sorry", "amount": usd(5_00).to_json()})
    assert part.status_code == 200, part.json()
    settle()
    assert (revenue(), Subscription.objects.get().status) == (15_00, "active")
    assert_books_balance()
    send(ada, "post", path, {"reason": "sorry", "end": True})
    settle()
    row.refresh_from_db()
    assert (revenue(), row.status, row.reason) == (0, "ended", "refunded")
    assert terms_of(Deals(casey, pat).offer()).reason == ""
    assert_books_balance()


def test_what_was_not_shown_is_not_charged(subscribe, pro, send, keep, pat):
    body = {"price": usd(19_00).to_json(), "method_id": str(keep(pat))}
    refused = send(pat, "post", f"plans/{pro}/subscribe/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "plan-changed")
    assert (Subscription.objects.count(), Payment.objects.count()) == (0, 0)
    subscribe()
    body["price"] = usd(20_00).to_json()
    refused = send(pat, "post", f"plans/{pro}/subscribe/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "already-subscribed")
    assert (Subscription.objects.count(), Payment.objects.count()) == (1, 1)


def test_time_that_passed_while_nothing_ran_is_not_charged(subscribe, tick):
    row = subscribe()
    tick(until=row.ends_at + timedelta(days=40))
    one = Period.objects.get(kind="renewal")
    assert (one.status, one.starts_at > row.ends_at + timedelta(days=39)) == ("paid", True)
    tick()
    assert revenue() == 40_00
