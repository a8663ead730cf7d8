"""What was reported and decided about people: each takes away what is theirs, and nobody is named after they left."""

import io
import json
import zipfile
from uuid import UUID

from jobsphere.db.transactions import edge_transaction
from jobsphere.moderation.models import Case, Decision
from jobsphere.users.services import grant_right
from tests.privacy.conftest import places_of
from tests.privacy.test_leaving import email_of, leaves
from tests.stories.people import Customer

FACTS = "{} insulted a customer in a message."


def judged(customer, contractor, settle, ada) -> None:
    """A message is reported, removed with a restriction, and appealed; names stand in every free word."""
    job = customer.posts_job()
    contractor.proposes(job, 1000)
    settle()
    talk = contractor.get("messages/")["results"][0]["id"]
    said = f"{customer.name} is a fool, says {contractor.name}."
    message = contractor.post("messages/send/", {"chat_id": talk, "body": said}, expect=201)["id"]
    report = {
        "subject_type": "message",
        "subject_id": message,
        "rule": "respect",
        "words": f"{contractor.name} insults me",
    }
    customer.post("reports/", report, expect=201)
    staff = Customer("Mo Moderator")
    with edge_transaction():
        grant_right(actor=ada, user_id=UUID(staff.id), right="moderation")
    case = Case.objects.get().id
    staff.post(f"admin/moderation/cases/{case}/claim/")
    verdict = {"measure": "restrict", "acts": ["messaging"], "days": 7, "remove_content": True}
    facts = FACTS.format(contractor.name)
    staff.post(f"admin/moderation/cases/{case}/decide/", {**verdict, "facts": facts, "rule": "respect"})
    statement = Decision.objects.get().id
    words = f"I, {contractor.name}, never meant {customer.name}."
    contractor.post(f"statements/{statement}/appeal/", {"words": words}, expect=201)
    contractor.post(f"people/{customer.id}/block/")
    contractor.client.delete(f"/api/proposals/{contractor.get('proposals/')['results'][0]['id']}/")
    customer.post(f"jobs/{job}/cancel/")
    settle()


def exported(person, settle) -> dict:
    person.post("account/exports/", expect=202)
    settle()
    url = person.get("account/exports/")["results"][0]["url"]
    content = b"".join(person.client.get(url).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return json.loads(archive.read("moderation.json"))


def test_each_takes_away_their_own_part_alone(customer, contractor, settle, ada):
    judged(customer, contractor, settle, ada)
    theirs, reporters = exported(contractor, settle), exported(customer, settle)
    assert theirs["decisions"][0]["facts"] == FACTS.format(contractor.name)
    assert [each["words"] for each in theirs["appeals"]] == [f"I, {contractor.name}, never meant {customer.name}."]
    assert theirs["restrictions"][0]["messaging"] is True
    assert [each["blocked_id"] for each in theirs["blocked"]] == [str(customer.id)]
    assert theirs["reports"] == []
    assert reporters["reports"][0]["words"] == f"{contractor.name} insults me"
    assert reporters["blocked"] == reporters["decisions"] == []


def test_who_reported_leaves(customer, contractor, settle, ada):
    judged(customer, contractor, settle, ada)
    address = email_of(customer)
    assert "moderation_report.snapshot" in places_of(customer.name)
    leaves(customer, settle)
    assert places_of(customer.name, address) == set()


def test_who_was_judged_leaves_and_the_decision_stays_without_a_name(customer, contractor, settle, ada):
    judged(customer, contractor, settle, ada)
    address = email_of(contractor)
    leaves(contractor, settle)
    assert places_of(contractor.name, address) == set()
    assert Decision.objects.get().facts == FACTS.format("Former contractor")
