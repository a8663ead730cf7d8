"""Hints: every event of the tables is understood, and a real deal is told to those whom it concerns and nobody else."""

from dataclasses import fields

import orjson
import pytest

from jobsphere.contracts import live as contracts
from jobsphere.jobs import live as jobs
from jobsphere.payments import live as payments
from jobsphere.realtime.models import Frame
from tests.stories.people import GOOD_CARD, Contractor, Customer, dollars

TABLES = [jobs.HINTS, contracts.HINTS, payments.HINTS]


@pytest.mark.parametrize("table", TABLES)
def test_every_field_that_a_hint_names_is_one_of_its_event(table):
    for event, hints in table.items():
        known = {field.name for field in fields(event)}
        for hint in hints:
            named = {hint.id, hint.when, *hint.people} - {""}
            assert named <= known, (event.name, named - known)
            assert not hint.topic or hint.id


def told(person_id) -> set[tuple[str, str | None]]:
    payloads = Frame.objects.filter(user_id=person_id, type="changed").values_list("payload", flat=True)
    return {(hint["subject"], hint.get("id")) for hint in map(orjson.loads, payloads)}


def subjects(person_id) -> set[str]:
    return {subject for subject, _ in told(person_id)}


@pytest.mark.django_db(transaction=True)
def test_a_deal_is_told_to_the_two_and_a_rival_hears_of_their_own_proposal_only(sandbox, taxonomy, settle):
    customer, contractor, rival = Customer(), Contractor(), Contractor("sam")
    job = customer.posts_job()
    proposal, lost = contractor.proposes(job, 1000), rival.proposes(job, 900)
    offer = customer.offers(proposal_id=proposal, amount=dollars(1000), payment_method=GOOD_CARD)
    contractor.accepts(offer)
    settle()
    assert {"job", "proposal", "offer", "contract", "payment"} <= subjects(customer.id)
    assert {"job", "proposal", "offer", "contract"} <= subjects(contractor.id)
    assert ("proposal", str(proposal)) in told(customer.id) & told(contractor.id)
    assert "payment" not in subjects(contractor.id)
    assert told(rival.id) == {("proposal", str(lost))}
