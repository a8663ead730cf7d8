"""Every step of a deal leaves one quiet line in the conversation of the two (R82), for both and for nobody else."""

from collections.abc import Callable
from uuid import UUID

from jobsphere.contracts import selectors, services
from jobsphere.contracts.tests.conftest import Deals
from jobsphere.contracts.types import Handover
from jobsphere.kit.actor import Actor
from jobsphere.messaging import selectors as messaging
from tests.marketplace import make_job, usd


def steps(viewer: Actor, kind: str, subject_id: UUID) -> list[tuple[str, str]]:
    """Return the codes and texts of the lines of the viewer's conversation about a thing, oldest first."""
    found = messaging.conversation_ids(kind, subject_id, viewer=viewer)
    rows = [row for chat in found for row in messaging.messages(viewer, chat).order_by("pk")]
    return [(row.code, row.body) for row in rows]


def test_a_deal_tells_itself_in_the_conversation_of_its_contract(
    deals: Deals, casey: Actor, pat: Actor, omar: Actor, settle: Callable[[], None]
):
    deal = deals.contract()
    settle()
    first, second = (each.id for each in deal.milestones)
    acts: list[tuple[Callable, Actor, dict]] = [
        (services.start_milestone, pat, {"milestone_id": first}),
        (services.submit_milestone, pat, {"milestone_id": first, "work": Handover("Done.")}),
        (services.request_changes, casey, {"milestone_id": first, "reason": "The corner of Mrs Smith."}),
        (services.submit_milestone, pat, {"milestone_id": first, "work": Handover("Better.")}),
        (services.release_milestone, casey, {"milestone_id": first}),
        (services.request_refund, casey, {"milestone_id": second, "reason": "Not needed.", "amount": usd(100_00)}),
    ]
    for verb, actor, options in acts:
        wish = deals.do(verb, actor, **options)
        settle()
    deals.do(services.decline_refund, pat, request_id=wish, reason="It is ordered.")
    settle()
    deals.do(services.cancel_contract, casey, contract_id=deal.id, reason="That is enough.")
    settle()
    settle()
    lines = steps(casey, "contract", deal.id)
    assert [code for code, _ in lines[:-2]] == [
        *["contract.started", "milestone.started", "milestone.submitted"],
        *["milestone.changes_requested", "milestone.submitted", "milestone.released"],
        *["milestone.refund_asked", "milestone.refund_declined"],
    ]
    # Two facts of one moment, in whichever order the worker takes them.
    assert sorted(code for code, _ in lines[-2:]) == ["contract.cancelled", "milestone.refunded"]
    texts = dict(lines)
    assert texts["contract.started"] == (
        "The contract begins. $1,000.00 is paid in and protected until the work is approved."
    )
    assert texts["milestone.released"] == "$500.00 for “Part 1” is released: it was approved."
    assert texts["milestone.refund_asked"] == "The customer asks for $100.00 of “Part 2” back."
    assert "Smith" not in str(lines)
    assert len(lines) == len(set(lines)) + 1  # handed in twice, in the same words
    assert steps(pat, "contract", deal.id) == lines
    assert steps(omar, "contract", deal.id) == []
    chat = selectors.contract(pat, deal.id).conversation_id
    assert messaging.conversation_ids("contract", deal.id, viewer=pat) == [chat]
    assert messaging.unread_total(pat).messages == messaging.unread_total(casey).messages == 0


def test_offers_are_steps_of_the_jobs_conversation_and_what_was_never_seen_leaves_no_line(
    deals: Deals, casey: Actor, pat: Actor, sam: Actor, settle: Callable[[], None]
):
    job = make_job(casey)
    accepted, withdrawn = deals.offer(pat, job_id=job), deals.offer(sam, job_id=job)
    settle()
    deals.do(services.withdraw_offer, casey, offer_id=withdrawn)
    deals.do(services.accept_offer, pat, offer_id=accepted)
    settle()
    assert [code for code, _ in steps(pat, "job", job)] == ["offer.sent", "offer.accepted"]
    assert [code for code, _ in steps(sam, "job", job)] == ["offer.sent", "offer.withdrawn"]
    elsewhere = make_job(casey)
    unseen = deals.offer(sam, job_id=elsewhere, payment_method="pm_card_threeDSecureRequired")
    deals.do(services.withdraw_offer, casey, offer_id=unseen)
    settle()
    assert steps(sam, "job", elsewhere) == []
