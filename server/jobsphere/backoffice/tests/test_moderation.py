"""From a report to a decision and back: what is removed goes, and comes back when an appeal is right."""

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.backoffice.tests.conftest import Desk, employ
from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs.models import Job, Proposal
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.ids import uuid7
from jobsphere.messaging import services as messaging
from jobsphere.messaging.models import Message
from jobsphere.moderation.models import Case, Decision
from jobsphere.profiles import reported as profiles
from jobsphere.profiles.models import ContractorProfile
from tests.marketplace import make_profile

pytestmark = pytest.mark.django_db(transaction=True)
VERDICT = {"measure": "remove", "facts": "This text insults a customer.", "rule": "respect"}


@pytest.fixture
def mo(ada, client_for) -> Desk:
    """A moderator's desk."""
    return Desk(client_for(employ(ada, "moderation")))


@pytest.fixture
def nia(ada, client_for) -> Desk:
    """Another moderator's desk."""
    return Desk(client_for(employ(ada, "moderation")))


@pytest.fixture
def said(open_job, pats_proposal, casey, pat):
    """A message of Pat's to Casey."""
    with edge_transaction():
        about = {"subject_type": "job", "subject_id": open_job}
        chat = messaging.open_conversation(actor=pat, between=(casey.known_id(), pat.known_id()), **about)
        return messaging.send_message(actor=pat, chat_id=chat, body="You fool!")


@pytest.fixture
def things(open_job, pats_proposal, said, casey, pat, client_for):
    """Each kind of thing that can be removed: who reports it, its id, and whether it is in sight of the reporter."""
    theirs, visitors = client_for(casey), client_for()

    def words_of(path: str, name: str) -> str:
        return str(theirs.get(f"/api/{path}").json()[name])

    def body() -> str:
        return str(theirs.get(f"/api/messages/{said.chat_id}/").json()["results"][0]["body"])

    return {
        "job": (pat, open_job, lambda: visitors.get(f"/api/jobs/{open_job}/").status_code == 200),
        "proposal": (casey, pats_proposal, lambda: "tomorrow" in words_of(f"proposals/{pats_proposal}/", "message")),
        "message": (casey, said.id, lambda: body() == "You fool!"),
        "profile": (casey, pat.id, lambda: "Plumber" in words_of(f"contractors/{pat.id}/", "headline")),
    }


def reported(client, kind: str, key, **changes) -> str:
    body = {"subject_type": kind, "subject_id": str(key), "rule": "respect", **changes}
    made = client.post("/api/reports/", body, format="json")
    assert made.status_code == 201, made.content
    return str(Case.objects.get(subject_id=key, status="open").id)


@pytest.mark.parametrize("kind", ["job", "proposal", "message", "profile"])
def test_what_is_removed_goes_and_comes_back_when_the_appeal_is_right(things, kind, mo, nia, client_for, casey, pat):
    reporter, key, in_sight = things[kind]
    accused = pat if reporter == casey else casey
    case = reported(client_for(reporter), kind, key)
    assert in_sight()
    mo.post(f"moderation/cases/{case}/claim/")
    shown = mo.post(f"moderation/cases/{case}/decide/", VERDICT)
    assert (shown["decision"]["content_removed"], shown["removable"]) == (True, True)
    assert not in_sight()
    statement = client_for(accused).get("/api/statements/").json()["results"][0]
    assert (statement["content_removed"], statement["facts"]) == (True, VERDICT["facts"])
    client_for(accused).post(f"/api/statements/{statement['id']}/appeal/", {"words": "It is fine."}, format="json")
    waiting = nia.get("moderation/appeals/", status="open")["results"][0]
    mo.post(f"moderation/appeals/{waiting['id']}/decide/", {"overturn": True, "reasons": "It is fine."}, expect=403)
    assert not in_sight()
    nia.post(f"moderation/appeals/{waiting['id']}/decide/", {"overturn": True, "reasons": "It was harmless."})
    assert in_sight()


def test_the_author_may_write_other_words_meanwhile_and_keeps_them(things, mo, client_for, casey, pat):
    case = reported(client_for(casey), "profile", pat.id)
    mo.post(f"moderation/cases/{case}/claim/")
    mo.post(f"moderation/cases/{case}/decide/", VERDICT)
    assert ContractorProfile.objects.get(pk=pat.id).headline == profiles.REMOVED
    make_profile(pat, headline="A kind plumber")
    removed = Decision.objects.get().removed
    with edge_transaction():
        profiles.put_texts_back(actor=SYSTEM, person_id=pat.known_id(), removed=removed)
    assert ContractorProfile.objects.get(pk=pat.id).headline == "A kind plumber"


def test_a_refused_decision_removes_nothing(things, mo, nia, client_for, casey, rows):
    _, key, in_sight = things["message"]
    case = reported(client_for(casey), "message", key)
    path = f"moderation/cases/{case}/decide/"
    before = rows(Message, Decision, AuditEntry)
    mo.post(path, VERDICT, expect=409)  # nobody has claimed it
    assert rows(Message, Decision, AuditEntry) == before
    mo.post(f"moderation/cases/{case}/claim/")
    before = rows(Message, Decision, AuditEntry)
    nia.post(path, VERDICT, expect=409)
    mo.post(path, {**VERDICT, "rule": None}, expect=400)
    mo.post(path, {**VERDICT, "facts": "short"}, expect=400)
    mo.post(path, {**VERDICT, "measure": "restrict"}, expect=400)
    mo.post(path, {**VERDICT, "measure": "torture"}, expect=400)
    mo.post(f"moderation/cases/{uuid7()}/decide/", VERDICT, expect=404)
    assert rows(Message, Decision, AuditEntry) == before
    assert in_sight()


def test_what_is_gone_already_cannot_be_removed(things, mo, client_for, casey, pat, said):
    case = reported(client_for(casey), "message", said.id)
    with edge_transaction():
        messaging.delete_message(actor=pat, chat_id=said.chat_id, message_id=said.id)
    mo.post(f"moderation/cases/{case}/claim/")
    problem = mo.post(f"moderation/cases/{case}/decide/", VERDICT, expect=400)
    assert problem["errors"][0]["pointer"] == "/measure"
    evidence = mo.get(f"moderation/cases/{case}/")["evidence"][0]
    assert evidence["snapshot"]["body"] == "You fool!", "taking it back hides nothing from staff"
    shown = mo.post(f"moderation/cases/{case}/decide/", {**VERDICT, "measure": "warn", "remove_content": True})
    assert shown["decision"]["content_removed"] is False


def test_a_conversation_is_judged_but_not_removed(things, mo, client_for, casey, said):
    case = reported(client_for(casey), "conversation", said.chat_id)
    mo.post(f"moderation/cases/{case}/claim/")
    problem = mo.post(f"moderation/cases/{case}/decide/", VERDICT, expect=400)
    assert problem["errors"][0]["code"] == "not-removable"
    restrict = {"measure": "restrict", "acts": ["messaging"], "days": 7, "facts": VERDICT["facts"], "rule": "respect"}
    assert mo.post(f"moderation/cases/{case}/decide/", restrict)["decision"]["restriction"]["acts"] == ["messaging"]


def test_a_restriction_is_told_in_every_refusal(things, mo, client_for, casey, pat, said, open_job, sam, rows):
    case = reported(client_for(casey), "conversation", said.chat_id)
    mo.post(f"moderation/cases/{case}/claim/")
    acts = ["messaging", "proposing", "posting"]
    restrict = {"measure": "restrict", "acts": acts, "days": 7, "facts": VERDICT["facts"], "rule": "respect"}
    decision = mo.post(f"moderation/cases/{case}/decide/", restrict)["decision"]
    client = client_for(pat)
    client.delete(f"/api/proposals/{things['proposal'][1]}/")
    before = rows(Message, Proposal, Job)
    proposal = {"price": {"amount": 90_00, "currency": "USD"}, "message": "Again.", "estimated_days": 2}
    refusals = [
        client.post("/api/messages/send/", {"chat_id": str(said.chat_id), "body": "Fool!"}, format="json"),
        client.post("/api/proposals/", {"job": str(open_job), **proposal}, format="json"),
    ]
    for refused in refusals:
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (403, "account-restricted"), problem
        assert problem["statement_url"] == f"/safety/statements/{decision['id']}"
        assert problem["until"]
    assert rows(Message, Proposal, Job) == before
    mo.post(f"moderation/restrictions/{decision['restriction']['id']}/lift/", {"reason": "He apologised."})


def test_figures_show_the_last_weeks_and_what_waits(things, mo, client_for, casey, said):
    reported(client_for(casey), "message", said.id)
    figures = mo.get("moderation/figures/")
    assert (figures["open_cases"], figures["open_appeals"]) == (1, 0)
    assert figures["weeks"][-1] == {
        "week": figures["weeks"][-1]["week"],
        "reports": 1,
        "decided": 0,
        "hours_to_decision": None,
        "appeals": 0,
        "overturned": 0,
    }
    assert len(figures["weeks"]) in (12, 13)


def test_lists_and_pages_have_pinned_queries(things, mo, client_for, casey, pat, django_assert_num_queries):
    for kind in ("proposal", "message", "profile"):
        reported(client_for(casey), kind, things[kind][1])
    for size in (1, 3):
        with django_assert_num_queries(3):
            assert len(mo.get("moderation/cases/", page_size=size)["results"]) == size
    case = mo.get("moderation/cases/")["results"][0]
    with django_assert_num_queries(12):
        mo.get(f"moderation/cases/{case['id']}/")
    with django_assert_num_queries(2):
        mo.get("moderation/appeals/")
    with django_assert_num_queries(6):
        mo.get("moderation/figures/")


def test_a_review_goes_with_its_stars_and_comes_back(deal, mo, nia, settle):
    deal.complete()
    settle()
    for who, stars in ((deal.customer, 1), (deal.contractor, 5)):
        who.post("reviews/", {"contract_id": deal.id, "rating": stars, "text": "Said in anger."}, expect=201)
    page = f"contractors/{deal.contractor.id}/reviews/"
    [review] = deal.contractor.get(page)["results"]
    case = reported(deal.contractor.client, "review", review["id"])
    mo.post(f"moderation/cases/{case}/claim/")
    mo.post(f"moderation/cases/{case}/decide/", VERDICT)
    assert deal.contractor.get(page)["results"] == []
    statement = deal.customer.get("statements/")["results"][0]["id"]
    deal.customer.post(f"statements/{statement}/appeal/", {"words": "It is true."}, expect=201)
    appeal = nia.get("moderation/appeals/")["results"][0]["id"]
    nia.post(f"moderation/appeals/{appeal}/decide/", {"overturn": True, "reasons": "It is an opinion."})
    assert [each["id"] for each in deal.contractor.get(page)["results"]] == [review["id"]]
