"""Conversations about jobs: the steps of a proposal in them, their titles, and who may begin one about a proposal."""

import pytest

from jobsphere.jobs import services, threads
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import selectors as messaging
from tests.marketplace import edge

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_proposal_begins_the_conversation_and_leaves_its_steps(pats_proposal, open_job, casey, pat, run_worker):
    run_worker()
    with edge():
        services.shortlist_proposal(actor=casey, proposal_id=pats_proposal)
    run_worker()
    with edge():
        services.reject_proposal(actor=casey, proposal_id=pats_proposal, feedback="Too late for me.")
    run_worker()
    run_worker()
    [chat] = messaging.conversation_ids("job", open_job, viewer=pat)
    lines = [(row.code, row.body) for row in messaging.messages(casey, chat).order_by("pk")]
    assert lines == [
        ("proposal.submitted", "A proposal of $100.00 was sent."),
        ("proposal.shortlisted", "This proposal is in the closer choice."),
        ("proposal.rejected", "The customer has decided against this proposal."),
    ]


def test_a_conversation_is_called_after_its_job(pats_proposal, open_job, casey, pat, client_for, run_worker):
    run_worker()
    [row] = client_for(casey).get("/api/messages/?about=job").json()["results"]
    assert row["subject"]["title"] == "Repair the kitchen tap"
    assert threads.proposal_titles([pats_proposal]) == {pats_proposal: "Repair the kitchen tap"}


def test_the_two_of_a_proposal_may_write_about_it_and_nobody_else(pats_proposal, casey, pat, sam, omar, client_for):
    def writes(sender, recipient, proposal) -> int:
        body = {
            "recipient_id": str(recipient.id),
            "subject_type": "proposal",
            "subject_id": str(proposal),
            "body": "Hi",
        }
        return client_for(sender).post("/api/messages/send/", body, format="json").status_code

    assert writes(pat, casey, pats_proposal) == writes(casey, pat, pats_proposal) == 201
    refused = [
        writes(sam, casey, pats_proposal),
        writes(casey, omar, pats_proposal),
        writes(omar, pat, pats_proposal),
        writes(pat, casey, uuid7()),
    ]
    assert refused == [404, 404, 404, 404]
    assert messaging.conversations(omar).count() == messaging.conversations(sam).count() == 0
