"""The story, step by step: register, post, propose, offer with 3-D Secure, accept, work, release, withdraw."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from jobsphere.demo.story.people import Person, StoryError

USD = "USD"
PASSWORD = "a long password for the story"  # noqa: S105  of people who exist only in the story
MILESTONES = [("Cabinets and worktop", 40_000), ("Plumbing and finish", 60_000)]


@dataclass
class Tale:
    """What the story has come to: its people and the ids of what they made."""

    say: Callable[[str, str], None]
    casey: Person
    pat: Person
    sam: Person
    job: str = ""
    offer: str = ""
    rival_offer: str = ""
    contract: str = ""
    payout: str = ""
    #: What the offer said, before anybody was paid, that the parts of the price would be.
    fees: dict[str, Any] = field(default_factory=dict)


def play(base_url: str, say: Callable[[str, str], None]) -> Tale:
    """Play the whole story against a server; `say(step, outcome)` hears each step. Raises StoryError."""
    casey, pat, sam = (Person(name, base_url) for name in ("Casey Customer", "Pat Contractor", "Sam Rival"))
    tale = Tale(say, casey, pat, sam)
    register(tale)
    proposals = post_and_propose(tale)
    offer(tale, proposals)
    accept(tale)
    work(tale)
    withdraw(tale)
    return tale


def usd(amount: int) -> dict[str, Any]:
    """Write cents as the API does."""
    return {"amount": amount, "currency": USD}


def register(tale: Tale) -> None:
    """Three people sign up; the contractors write a profile."""
    mark = uuid4().hex[:8]
    for person, role in ((tale.casey, "customer"), (tale.pat, "contractor"), (tale.sam, "contractor")):
        person.register(f"{person.name.split()[0].lower()}.{mark}@story.example", PASSWORD, role)
        tale.say(f"{person.name} registers as a {role}", "signed in")
    for person in (tale.pat, tale.sam):
        profile = {"headline": "Kitchens, done properly", "categories": ["carpenters"], "skills": ["kitchen-fitting"]}
        person.put("/api/profiles/me/", {"contractor": profile})


def post_and_propose(tale: Tale) -> dict[str, str]:
    """Casey posts a job of $1000 and two contractors propose; returns the proposals' ids by contractor id."""
    job = tale.casey.post(
        "/api/jobs/",
        {
            "title": "Fit a new kitchen",
            "description": "Six cabinets, an oak worktop and the sink. Everything is delivered.",
            "category": "carpenters",
            "skills": ["kitchen-fitting"],
            "budget": {"kind": "fixed", "min": usd(80_000), "max": usd(110_000)},
            "place": "Irvington, Portland",
            "address": "12 Hancock St",
        },
    )
    tale.job = job["id"]
    tale.say("Casey posts a job: Fit a new kitchen", job["status"])
    parts = [{"title": title, "amount": usd(amount)} for title, amount in MILESTONES]
    pats = {"job": tale.job, "price": usd(100_000), "message": "Two steps, ten days.", "estimated_days": 10}
    sams = {"job": tale.job, "price": usd(105_000), "message": "I can start tomorrow.", "estimated_days": 12}
    mine = tale.pat.post("/api/proposals/", {**pats, "milestones": parts})
    rival = tale.sam.post("/api/proposals/", sams)
    tale.say("Pat proposes $1000.00 in two milestones", mine["status"])
    tale.say("Sam proposes $1050.00", rival["status"])
    return {"pat": mine["id"], "sam": rival["id"]}


def offer(tale: Tale, proposals: dict[str, str]) -> None:
    """Casey offers the job to both; Pat's offer is paid with a card that asks for 3-D Secure."""
    rival = tale.casey.post("/api/offers/", {"proposal_id": proposals["sam"], "payment_method": "pm_card_visa"})
    tale.rival_offer = rival["id"]
    tale.say("Casey offers Sam the job, card reserved", rival["status"])
    made = tale.casey.post(
        "/api/offers/", {"proposal_id": proposals["pat"], "payment_method": "pm_card_authenticationRequired"}
    )
    tale.offer = made["id"]
    tale.say("Casey offers Pat the job with a 3-D Secure card", made["payment"]["detail"])
    tale.casey.http.post(
        made["payment"]["action"]["url"], json={"result": "complete"}, headers={"Accept": "application/json"}
    ).raise_for_status()
    paid = tale.casey.post(f"/api/offers/{tale.offer}/pay/")
    tale.say("Casey proves who they are; the money is reserved", paid["status"])


def accept(tale: Tale) -> None:
    """Pat accepts and the money is captured; Sam is too late."""
    accepted = until(
        lambda: tale.pat.post(f"/api/offers/{tale.offer}/accept/"),
        lambda: tale.pat.get(f"/api/offers/{tale.offer}/"),
        lambda shown: shown["status"] == "accepted",
    )
    tale.contract = accepted["contract_id"]
    tale.fees = accepted["fees"]
    tale.say("Pat accepts: $1000.00 captured and protected", accepted["status"])
    refusal = tale.sam.post(f"/api/offers/{tale.rival_offer}/accept/", expect=409)
    tale.say("Sam tries to accept as well: blocked", f"409 {refusal['current_status']}")


def work(tale: Tale) -> None:
    """Two milestones; the first one needs a change before it is approved."""
    first, second = tale.pat.get(f"/api/contracts/{tale.contract}/")["milestones"]
    step(tale, tale.pat, first, "start", "Pat starts the first milestone")
    step(tale, tale.pat, first, "submit", "Pat hands it in", {"note": "Cabinets are up."})
    step(tale, tale.casey, first, "request-changes", "Casey asks for a change", {"reason": "One door is not level."})
    step(tale, tale.pat, first, "submit", "Pat hands it in again", {"note": "Levelled."})
    step(tale, tale.casey, first, "release", "Casey approves: $400.00 released")
    step(tale, tale.pat, second, "start", "Pat starts the second milestone")
    step(tale, tale.pat, second, "submit", "Pat hands it in", {"note": "Sink connected, all sealed."})
    step(tale, tale.casey, second, "release", "Casey approves: $600.00 released")
    contract = tale.casey.get(f"/api/contracts/{tale.contract}/")
    tale.say(
        "The contract and the job are", f"{contract['status']} / {tale.casey.get(f'/api/jobs/{tale.job}/')['status']}"
    )


def withdraw(tale: Tale) -> None:
    """Pat connects a bank account and withdraws all of it."""
    onboard(tale.pat)
    payee = tale.pat.post("/api/payouts/refresh")
    tale.say("Pat connects a bank account", "can withdraw" if payee["can_withdraw"] else "not yet")
    available = tale.pat.get("/api/wallet/")["balances"][0]["available"]
    payout = tale.pat.post("/api/payouts/withdraw", {"amount": available})
    tale.payout = payout["id"]
    tale.say(f"Pat withdraws {dollars(available['amount'])}", payout["status"])
    arrived = until(
        lambda: payout,
        lambda: next(row for row in tale.pat.get("/api/payouts/history")["results"] if row["id"] == tale.payout),
        lambda shown: shown["status"] in ("paid", "failed", "returned"),
    )
    tale.say("The bank has the money", arrived["status"])


def onboard(person: Person) -> None:
    """Tell the gateway, on its own page, what it wants to know of a payee; the marketplace never sees it."""
    payee = until(
        lambda: person.post("/api/payouts/connect"),
        lambda: person.post("/api/payouts/connect"),
        lambda shown: bool(shown["onboarding_url"]),
    )
    address = urlsplit(payee["onboarding_url"])
    form = {"token": parse_qs(address.query)["token"][0], "bank": "000123456789", "holder": person.name}
    page = payee["onboarding_url"].partition("?")[0]
    person.http.post(page, json=form, headers={"Accept": "application/json"}).raise_for_status()


def dollars(cents: int) -> str:
    """Write cents for people."""
    return f"${cents // 100}.{cents % 100:02d}"


def step(tale: Tale, person: Person, milestone: dict[str, Any], action: str, text: str, body: Any = None) -> None:
    """Do one named action on a milestone and say what became of it."""
    contract = person.post(f"/api/milestones/{milestone['id']}/{action}/", body)
    tale.say(text, next(each["status"] for each in contract["milestones"] if each["id"] == milestone["id"]))


def until(
    first: Callable[[], Any], again: Callable[[], Any], fine: Callable[[Any], bool], *, seconds: float = 60
) -> Any:
    """Do something and then look until the outcome is known: a slow gateway answers 202 first."""
    answer, deadline = first(), time.monotonic() + seconds
    while not fine(answer):
        if time.monotonic() > deadline:
            raise StoryError(f"Nothing came of it in {seconds:.0f} seconds: {str(answer)[:400]}")
        time.sleep(0.3)
        answer = again()
    return answer
