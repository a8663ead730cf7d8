"""Seed 001's example, over HTTP: $1000 becomes 100 platform fee, 200 service fee and 700 for the contractor."""

from collections.abc import Callable

from tests.stories.people import CARD_WITH_3DS, Contractor, Customer, books, dollars

MILESTONES = [
    {"title": "Pipes", "amount": dollars(400)},
    {"title": "Tiles and basin", "amount": dollars(600)},
]


def test_a_job_of_a_thousand_dollars_from_posting_to_the_bank(
    customer: Customer, contractor: Contractor, rival: Contractor, settle: Callable[[], None], sandbox
):
    job = customer.posts_job()
    proposal = contractor.proposes(job, 1000, milestones=MILESTONES)
    rivals_proposal = rival.proposes(job, 950)
    rivals_offer = customer.offers(proposal_id=rivals_proposal)
    assert rivals_offer["status"] == "pending"
    settle()
    assert books() == {}

    # The offer, with a card that asks for 3-D Secure. The contractor does not see it before the bank has said yes.
    offer = customer.offers(proposal_id=proposal, payment_method=CARD_WITH_3DS)
    assert offer["status"] == "awaiting_payment"
    assert offer["payment"]["detail"] == "action_required"
    contractor.get(f"offers/{offer['id']}/", expect=404)
    offer = customer.confirms_3ds(offer)
    assert offer["status"] == "pending"
    assert offer["allowed_actions"] == ["withdraw"]
    settle()
    assert books() == {}, "reserved is not taken"

    # Accepted: captured, 10 % platform fee, the rest held, the rival blocked.
    offer = contractor.accepts(offer)
    assert offer["status"] == "accepted"
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    assert rival.accepts(rivals_offer, expect=409)["current_status"] == "withdrawn"
    assert rival.get(f"proposals/{rivals_proposal}/")["status"] == "rejected"
    assert customer.get(f"jobs/{job}/")["status"] == "assigned"
    settle()
    assert customer.get(f"offers/{rivals_offer['id']}/")["payment"]["detail"] == "voided"
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}

    # Work on the first milestone, one change request, approval: 40 % of everything moves.
    contract = contractor.get(f"contracts/{offer['contract_id']}/")
    pipes, tiles = (each["id"] for each in contract["milestones"])
    contractor.post(f"milestones/{pipes}/start/")
    assert customer.get(f"jobs/{job}/")["status"] == "in_progress"
    contractor.post(f"milestones/{pipes}/submit/", {"note": "Done.", "links": ["https://example.com/photos"]})
    contractor.post(f"milestones/{pipes}/release/", expect=403)
    customer.post(f"milestones/{pipes}/request-changes/", {"reason": "The left valve leaks."})
    contractor.post(f"milestones/{pipes}/submit/", {"note": "Tightened."})
    assert books() == {"gateway": 1000, "escrow": 900, "revenue_platform_fee": 100}
    customer.post(f"milestones/{pipes}/release/")
    assert books() == {
        "gateway": 1000,
        "escrow": 540,
        "revenue_platform_fee": 100,
        "revenue_service_fee": 80,
        "wallet": 280,
    }
    work = customer.get(f"contracts/{contract['id']}/deliverables/")["results"]
    assert [(each["note"], each["answer"]) for each in work] == [
        ("Tightened.", "approved"),
        ("Done.", "changes_requested"),
    ]

    # The second milestone, and the whole contract is completed.
    contractor.post(f"milestones/{tiles}/start/")
    contractor.post(f"milestones/{tiles}/submit/", {"note": "All tiled."})
    assert customer.get(f"jobs/{job}/")["status"] == "delivered"
    done = customer.post(f"jobs/{job}/complete/")
    assert (done["status"], done["allowed_actions"]) == ("completed", ["tip"])
    assert done["money"]["released"] == dollars(1000)
    assert done["money"]["fees"] is None, "what the platform takes of the contractor is not the customer's affair"
    earned = contractor.get(f"contracts/{contract['id']}/")["money"]["fees"]
    assert earned == {"platform_fee": dollars(100), "service_fee": dollars(200), "payout": dollars(700)}
    assert customer.get(f"jobs/{job}/")["status"] == "completed"
    held_nowhere = {"gateway": 1000, "revenue_platform_fee": 100, "revenue_service_fee": 200, "wallet": 700}
    assert books() == held_nowhere

    # To the bank.
    contractor.becomes_payable()
    assert contractor.wallet() == 700_00
    payout = contractor.post("payouts/withdraw", {"amount": dollars(700)}, expect=201)
    settle()
    for each in sandbox.objects("payout"):
        sandbox.land_payout(each["id"])
    settle()
    history = contractor.get("payouts/history")["results"]
    assert [(each["id"], each["status"]) for each in history] == [(payout["id"], "paid")]
    assert books() == {"gateway": 300, "revenue_platform_fee": 100, "revenue_service_fee": 200}
    assert contractor.wallet() == 0
    assert sandbox.balance("usd") == 300_00
    assert customer.get("payments/history/")["results"][0]["status"] == "withdrawn"
