"""What people are told, once; and what `manage.py reconcile` finds when somebody meddles with the tables."""

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps

from jobsphere.contracts import selectors, services
from jobsphere.contracts.tasks import release_unanswered_milestones
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.contracts.types import Handover
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.ledger import checks
from jobsphere.notifications import selectors as notifications
from tests.marketplace import make_job, usd

OUR_CHECKS = ("contracts.milestones", "contracts.offers")


def told(person: Actor) -> list[str]:
    """Return the types of what somebody was told, oldest first."""
    return [row.type for row in notifications.notifications(person).order_by("pk")]


def test_each_side_is_told_what_concerns_it_once(
    deals: Deals, casey: Actor, pat: Actor, omar: Actor, settle: Callable[[], None]
):
    deal = deals.submitted()
    first, second = (each.id for each in deal.milestones)
    deals.do(services.request_changes, casey, milestone_id=first, reason="The corner.")
    deals.do(services.submit_milestone, pat, milestone_id=first, work=Handover("Better."))
    deals.do(services.release_milestone, casey, milestone_id=first)
    wish = deals.do(services.request_refund, casey, milestone_id=second, reason="Not needed.", amount=usd(100_00))
    deals.do(services.decline_refund, pat, request_id=wish, reason="It is ordered.")
    deals.do(services.cancel_contract, casey, contract_id=deal.id, reason="That is enough.")
    settle()
    settle()
    assert sorted(told(pat)) == [
        "contract.cancelled",
        "contract.started",
        "milestone.changes_requested",
        "milestone.released",
        "offer.received",
        "payment.refunded",
        "payment.refunded",
    ]
    assert sorted(told(casey)) == [
        "contract.cancelled",
        "milestone.submitted",
        "milestone.submitted",
        "offer.accepted",
        "payment.authorized",
        "payment.received",
        "payment.refunded",
        "payment.refunded",
    ]
    assert told(omar) == []


def test_endings_of_offers_are_told_to_who_is_waiting(
    deals: Deals, casey: Actor, pat: Actor, sam: Actor, settle: Callable[[], None]
):
    rejected, withdrawn = deals.offer(pat), deals.offer(sam)
    deals.do(services.reject_offer, pat, offer_id=rejected, reason="Too far.")
    deals.do(services.withdraw_offer, casey, offer_id=withdrawn)
    unseen = deals.offer(sam, payment_method="pm_card_threeDSecureRequired")
    deals.do(services.withdraw_offer, casey, offer_id=unseen)
    settle()
    assert sorted(told(casey)) == ["offer.rejected", "payment.action_required", *2 * ["payment.authorized"]]
    assert told(pat) == ["offer.received"]
    assert sorted(told(sam)) == ["offer.received", "offer.withdrawn"]


def test_a_release_by_silence_is_told_to_both(deals: Deals, casey: Actor, pat: Actor, settle: Callable[[], None]):
    deals.submitted(parts=1)
    with clock.travel(timedelta(days=8)):
        release_unanswered_milestones()
        settle()
    assert told(pat).count("milestone.released") == 1
    assert told(casey).count("milestone.released") == 1


def test_the_checks_find_nothing_in_sound_books_and_name_what_was_meddled_with(deals: Deals, casey: Actor):
    deal = deals.submitted()
    cancelled = deals.started()
    deals.do(services.cancel_contract, casey, contract_id=cancelled.id, reason="Enough.")
    pending = deals.offer(job_id=make_job(casey))
    assert checks.run(OUR_CHECKS) == {name: [] for name in OUR_CHECKS}

    apps.get_model("contracts.Milestone").objects.filter(pk=deal.milestones[0].id).update(status="released")
    apps.get_model("contracts.Contract").objects.filter(pk=cancelled.id).update(status="active")
    apps.get_model("contracts.Offer").objects.filter(pk=pending).update(status="accepted")
    apps.get_model("contracts.Offer").objects.filter(pk=deal.offer_id).update(status="expired")
    found = checks.run(OUR_CHECKS)
    subjects = {each.subject for name in OUR_CHECKS for each in found[name]}
    assert subjects == {
        f"milestone {deal.milestones[0].id}",
        f"contract {cancelled.id}",
        f"offer {pending}",
        f"offer {deal.offer_id}",
    }


def test_a_contract_shows_where_its_money_is_after_a_cancellation(deals: Deals, casey: Actor, ada: Actor):
    deal = deals.started()
    deals.do(services.cancel_contract, casey, contract_id=deal.id, reason="Enough.")
    money = selectors.contract(ada, deal.id).money
    # Two milestones of 500: of the first (450 held) half is earned; of the second 450 go back. The fee of 100 stays.
    assert (money.funded, money.refunded, money.released) == (usd(1000_00), usd(675_00), usd(275_00))
    assert (money.kept_fee, money.protected) == (usd(50_00), usd(0))
    assert money.funded == money.protected + money.released + money.refunded + money.kept_fee
    assert money.fees is not None
    assert money.fees.payout == usd(175_00)
