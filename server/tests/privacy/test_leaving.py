"""A contractor and a customer did business, take their data, and leave: nobody is named any more, the books stand."""

import io
import json
import zipfile
from datetime import timedelta

from django.core import mail
from rest_framework.test import APIClient

from jobsphere.accounts.models import Closure, DataExport
from jobsphere.accounts.tasks import end_what_is_over, erase_what_is_due
from jobsphere.files.models import StoredFile
from jobsphere.kit import clock
from jobsphere.ledger.models import Entry
from jobsphere.users.models import User
from tests.cast import PASSWORD
from tests.privacy.conftest import cells, places_of
from tests.stories.people import Contractor, Customer, books, dollars

PHONE = "+1 555 0100 77"


def email_of(person) -> str:
    return User.objects.get(pk=person.id).email


def upload(person, name="paper.pdf", purpose="attachment") -> str:
    page = io.BytesIO(b"%PDF-1.4 of " + person.name.encode() + b"\n%%EOF")
    page.name = name
    answer = person.client.post("/api/upload", {"file": page, "purpose": purpose}, format="multipart")
    assert answer.status_code == 201, answer.json()
    return str(answer.json()["id"])


def done_deal(customer: Customer, contractor: Contractor, settle, sandbox) -> str:
    """Play a whole job, with names and numbers in every free word; returns the contract's id."""
    customer.client.patch("/api/auth/me/", {"phone": PHONE}, format="json")
    job = customer.posts_job(
        description=f"Ask for {customer.name}, {PHONE}.", place="Old Town", address="7 Mill Lane", latitude=51.5,
        longitude=-0.1,
    )  # fmt: skip
    proposal = contractor.proposes(job, 1000, message=f"Dear {customer.name}, call {contractor.name}.")
    settle()
    talk = contractor.get("messages/")["results"][0]["id"]
    contractor.post("messages/send/", {"chat_id": talk, "body": f"I am {contractor.name}."}, expect=201)
    reply = {
        "chat_id": talk,
        "body": f"And I am {customer.name}, {PHONE}.",
        "file_ids": [upload(customer, "Casey.pdf")],
    }
    customer.post("messages/send/", reply, expect=201)
    settle()
    offer = contractor.accepts(
        customer.offers(proposal_id=proposal, amount=dollars(1000), message=f"From {customer.name}")
    )
    settle()
    contract = contractor.get(f"contracts/{offer['contract_id']}/")
    milestone = contract["milestones"][0]["id"]
    contractor.post(f"milestones/{milestone}/start/")
    contractor.post(f"milestones/{milestone}/submit/", {"note": f"Done, yours {contractor.name}"})
    customer.post(f"milestones/{milestone}/release/")
    settle()
    contractor.becomes_payable()
    contractor.post("payouts/withdraw", {"amount": dollars(contractor.wallet() // 100)}, expect=201)
    settle()
    for each in sandbox.objects("payout"):
        sandbox.land_payout(each["id"])
    settle()
    return str(contract["id"])


def leaves(person, settle) -> None:
    """Ask to be deleted, and let the grace period pass."""
    person.post("account/delete/", {"password": PASSWORD})
    settle()
    with clock.travel(timedelta(days=15)):
        erase_what_is_due()
        settle()


def test_export_then_erase_leaves_the_books_as_they_were_and_nobody_named(customer, contractor, settle, sandbox):
    contract = done_deal(customer, contractor, settle, sandbox)
    address = email_of(customer)
    customer.post("account/exports/", expect=202)
    settle()
    data = customer.get("account/exports/")["results"][0]
    assert (data["status"], data["done"]) == ("ready", data["total"])
    before, entries = books(), list(Entry.objects.order_by("pk").values())
    assert places_of(customer.name, address, PHONE)

    mail.outbox.clear()
    leaves(customer, settle)
    assert places_of(customer.name, address, PHONE, "7 Mill Lane", "Casey.pdf") == set()
    assert books() == before
    assert list(Entry.objects.order_by("pk").values()) == entries
    seen = contractor.get(f"contracts/{contract}/")
    assert seen["customer"]["name"] == "Former customer"
    assert seen["amount"] == dollars(1000)
    talks = [each["id"] for each in contractor.get("messages/")["results"]]
    texts = [said["body"] for talk in talks for said in contractor.get(f"messages/{talk}/")["results"]]
    assert "And I am Former customer, Former customer." in texts
    login = {"email": address, "password": PASSWORD}
    assert APIClient().post("/api/auth/login/", login, format="json").status_code == 401
    assert [letter.to for letter in mail.outbox] == [[address]]

    # The other one too: then nobody of the deal is named.
    other = email_of(contractor)
    leaves(contractor, settle)
    assert places_of(contractor.name, other) == set()
    assert books() == before


def test_the_export_holds_every_part_and_is_sealed_on_disk(customer, contractor, settle, sandbox, storage):
    done_deal(customer, contractor, settle, sandbox)
    customer.post("account/exports/", expect=202)
    assert customer.get("account/exports/")["results"][0]["status"] == "queued"
    customer.post("account/exports/", expect=409)
    settle()
    url = customer.get("account/exports/")["results"][0]["url"]
    content = b"".join(customer.client.get(url).streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        parts = {name: json.loads(archive.read(name)) for name in names if name.endswith(".json")}
        [upload_name] = [name for name in names if name.startswith("files/")]
        assert archive.read(upload_name).startswith(b"%PDF")
    wanted = "account activity answers audit consents contracts files jobs ledger messaging notifications payments"
    assert {f"{part}.json" for part in f"{wanted} profiles".split()} <= set(parts)
    assert parts["account.json"]["account"]["phone"] == PHONE
    assert parts["payments.json"]["payments"][0]["amount"] == 100_000
    assert len(parts["messaging.json"]["messages"]) == 2
    assert PASSWORD not in json.dumps(parts)
    assert "argon2" not in json.dumps(parts)
    assert not any(customer.name.encode() in path.read_bytes() for path in storage.rglob("*.zip"))
    assert contractor.client.get(url).status_code == 404
    with clock.travel(timedelta(days=8)):
        end_what_is_over()
        assert customer.client.get(url).status_code in (401, 404)
    assert DataExport.objects.get().status == "expired"
    assert not list(storage.rglob("*.zip"))


def test_money_and_work_under_way_is_named_and_nothing_is_closed(customer, contractor, settle, sandbox):
    job = customer.posts_job()
    offer = customer.offers(proposal_id=contractor.proposes(job, 1000))
    settle()
    refused = customer.post("account/delete/", {"password": PASSWORD}, expect=409)
    assert {each["code"] for each in refused["blockers"]} >= {"open-jobs", "open-offers", "open-payments"}
    offer = contractor.accepts(offer)
    settle()
    for who in (customer, contractor):
        refused = who.post("account/delete/", {"password": PASSWORD}, expect=409)
        assert "open-contracts" in {each["code"] for each in refused["blockers"]}
    milestone = contractor.get(f"contracts/{offer['contract_id']}/")["milestones"][0]["id"]
    contractor.post(f"milestones/{milestone}/start/")
    contractor.post(f"milestones/{milestone}/submit/", {"note": "Done."})
    customer.post(f"milestones/{milestone}/release/")
    settle()
    refused = contractor.post("account/delete/", {"password": PASSWORD}, expect=409)
    assert [each["code"] for each in refused["blockers"]] == ["wallet-balance"]
    assert contractor.get("account/")["blockers"] == refused["blockers"]
    assert not Closure.objects.exists()


def test_what_comes_up_within_the_grace_period_puts_the_erasure_off(customer, contractor, settle, sandbox):
    done_deal(customer, contractor, settle, sandbox)
    contractor.post("account/delete/", {"password": PASSWORD})
    Closure.objects.update(until=clock.now())
    from jobsphere.payments.models import Payout

    Payout.objects.update(status="paying")
    erase_what_is_due()
    settle()
    assert Closure.objects.get().blocked_by == ["open-payouts"]
    assert User.objects.get(pk=contractor.id).name == contractor.name
    assert "cannot be deleted yet" in mail.outbox[-1].subject
    sent = len(mail.outbox)
    erase_what_is_due()
    settle()
    assert len(mail.outbox) == sent
    Payout.objects.update(status="paid")
    erase_what_is_due()
    assert places_of(contractor.name) == set()


def test_files_handed_in_for_pay_stay_with_the_customer(customer, contractor, settle, sandbox):
    kept, gone = upload(contractor, "Pat's plan.pdf"), upload(contractor, "Pat's note.pdf")
    StoredFile.objects.filter(pk=kept).update(target_type="deliverable", target_id=kept)
    leaves(contractor, settle)
    assert StoredFile.objects.get(pk=kept).display_name == "file.pdf"
    assert StoredFile.objects.get(pk=gone).deleted_at
    assert places_of("Pat's plan", "Pat's note", contractor.name) == set()


def test_the_search_of_the_whole_database_finds_what_is_there(customer):
    assert "users_user.name" in places_of(customer.name)
    assert len(cells()) > 50
