"""Plans and many at once: one subscription, one charge a period, and a cancelling that meets a renewal."""

from functools import partial
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict
from jobsphere.ledger import selectors as ledger
from jobsphere.payments.models import Payment, Refund
from jobsphere.plans import books, services
from jobsphere.plans.models import Period, Subscription
from jobsphere.plans.tests.conftest import assert_books_balance, pro, subscribe  # noqa: F401
from tests.marketplace import usd
from tests.races.running import race

WORKERS = 6


def make_due() -> Subscription:
    row = Subscription.objects.get()
    assert row.next_at is not None
    clock.set_offset(clock.offset() + (row.next_at - clock.now()))
    return row


def renew(subscription_id: UUID) -> str:
    with edge_transaction():
        return str(services.renew(subscription_id=subscription_id))


def test_six_workers_renew_a_plan_once(subscribe, settle):  # noqa: F811
    subscribe()
    row = make_due()
    assert sorted(race(*[partial(renew, row.pk)] * WORKERS)) == ["False"] * (WORKERS - 1) + ["True"]
    settle()
    assert (Period.objects.filter(status="paid").count(), Payment.objects.count()) == (2, 2)
    assert_books_balance()


def test_who_subscribes_six_times_at_once_pays_once(pro, keep, settle, pat: Actor):  # noqa: F811
    method = keep(pat)

    def begin() -> str:
        try:
            with edge_transaction():
                services.subscribe(actor=pat, plan_id=pro, price=usd(20_00), method_id=method)
        except Conflict as conflict:
            return conflict.code
        return "begun"

    assert sorted(race(*[begin] * WORKERS)) == ["already-subscribed"] * (WORKERS - 1) + ["begun"]
    settle()
    assert (Subscription.objects.count(), Payment.objects.count()) == (1, 1)
    assert ledger.balance_of(books.revenue("USD")) == usd(20_00)


def test_a_cancelling_that_meets_a_renewal_costs_nothing_more(subscribe, settle, pat: Actor):  # noqa: F811
    subscribe()
    row = make_due()

    def cancel() -> str:
        with edge_transaction():
            services.cancel(actor=pat, subscription_id=row.pk)
        return "cancelled"

    race(partial(renew, row.pk), cancel)
    settle()
    row.refresh_from_db()
    assert (row.status, row.cancels_at_end, row.ends_at) == ("active", True, Period.objects.get(number=0).ends_at)
    back = sum(Refund.objects.filter(status="succeeded").values_list("amount", flat=True))
    taken = sum(Payment.objects.values_list("captured_amount", flat=True))
    assert taken - back == 20_00
    assert ledger.balance_of(books.revenue("USD")) == usd(20_00)
