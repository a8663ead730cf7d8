"""`kill -9` of the whole marketplace around every step of the story: nothing is lost, and nothing happens twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobsphere.demo.story import play, statement
from jobsphere.demo.story.people import Person
from tests.faults.server import Blow, Host, Stubborn

#: One word: it goes to the command through a pipe of words.
PASSWORD = "a-long-password-for-the-killer"
BLOWS = [
    Blow("POST /api/offers/", lines=["POST /v1/payment_intents"]),
    Blow("POST /api/offers/", after=0.15, slow="POST /v1/payment_intents"),
    Blow("POST /api/offers/*/pay/", after=0.012),
    Blow("POST /api/offers/*/accept/", lines=["POST /v1/payment_intents/*/capture"]),
    Blow("POST /api/milestones/*/start/", before=True),
    Blow("POST /api/milestones/*/submit/", after=0.008),
    Blow("POST /api/milestones/*/release/", after=0.015),
    Blow("POST /api/milestones/*/release/", after=0.005),
    Blow("POST /api/payouts/connect", lines=["POST /v1/accounts"]),
    Blow("POST /api/payouts/withdraw", lines=["POST /v1/transfers", "POST /v1/payouts"]),
]


@pytest.fixture
def host(tmp_path: Path, database_url: str) -> Iterator[Host]:
    """A marketplace with nobody in it."""
    host = Host(tmp_path, database_url)
    try:
        yield host
    finally:
        host.close()


@pytest.mark.timeout(400)
def test_the_story_survives_being_killed_at_every_step(host: Host):
    host.start()
    assert host.manage("make_admin", "ada@kill.example", "--password", PASSWORD) == 0, host.log()
    line = Stubborn(host, BLOWS)
    casey, pat, sam = (someone(name, line) for name in ("Casey Customer", "Pat Contractor", "Sam Rival"))
    tale = play.Tale(lambda step, outcome: None, casey, pat, sam)
    play.register(tale)
    offer(tale, play.post_and_propose(tale))
    play.accept(tale)
    play.work(tale)
    play.withdraw(tale)
    line.finish()
    assert host.kills >= len(BLOWS)
    the_books_tell_the_story(host, tale, someone("Ada Admin", line))
    the_gateway_did_everything_once(host)
    assert host.manage("reconcile") == 0, host.log()


def someone(name: str, line: Stubborn) -> Person:
    """Return a person whose client does not give up."""
    person = Person(name, line.host.url)
    person.http = httpx.Client(base_url=line.host.url, transport=line)
    return person


def offer(tale: play.Tale, proposals: dict[str, str]) -> None:
    """Make the two offers as in the story, but look until the gateway has answered."""
    offers = [
        tale.casey.post("/api/offers/", {"proposal_id": proposals[name], "payment_method": card})
        for name, card in (("sam", "pm_card_visa"), ("pat", "pm_card_authenticationRequired"))
    ]
    tale.rival_offer, tale.offer = (each["id"] for each in offers)
    shown = shows(tale.casey, tale.offer, lambda payment: payment["action"])
    answer = tale.casey.http.post(
        shown["payment"]["action"]["url"], json={"result": "complete"}, headers={"Accept": "application/json"}
    )
    answer.raise_for_status()
    tale.casey.post(f"/api/offers/{tale.offer}/pay/")
    for each in (tale.offer, tale.rival_offer):
        shows(tale.casey, each, lambda payment: payment["detail"] == "authorized")


def shows(person: Person, offer_id: str, wanted: Any) -> Any:
    """Look at an offer until its payment is as wanted."""

    def look() -> Any:
        return person.get(f"/api/offers/{offer_id}/")

    return play.until(look, look, lambda shown: wanted(shown["payment"]), seconds=30)


def the_books_tell_the_story(host: Host, tale: play.Tale, ada: Person) -> None:
    """100 to the platform, 200 for the service, 700 to the contractor, and a sum of zero."""
    ada.sign_in("ada@kill.example", PASSWORD)
    told = ada.get(f"/api/admin/contracts/{tale.contract}/statement/")
    assert len(statement.verify(told)) > 0
    assert told["totals"]["paid_out"] == {"amount": 70_000, "currency": "USD"}


def the_gateway_did_everything_once(host: Host) -> None:
    """One payment taken and one given up, one payee, one transfer, one payout; 300 dollars are left."""
    gateway = host.gateway
    assert sorted(each["status"] for each in gateway.objects("payment_intent")) == ["canceled", "succeeded"]
    made = {kind: len(gateway.objects(kind)) for kind in ("account", "transfer", "payout", "refund")}
    assert made == {"account": 1, "transfer": 1, "payout": 1, "refund": 0}
    assert gateway.balance("usd") == 300_00
