"""What belongs to others, one real thing of each kind, for a stranger to ask for; everything made as people make it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.ledger.models import Transfer
from jobsphere.moderation import services as moderation
from jobsphere.moderation.models import Case, Decision
from jobsphere.moderation.types import HouseRule, Measure, Verdict
from jobsphere.notifications.models import Device, Notification
from jobsphere.plans import services as plans
from jobsphere.plans.types import Audience, BillingCycle
from jobsphere.reviews.models import Review, Round
from jobsphere.users.models import Passkey, Session, User
from tests.cast import person
from tests.stories.people import GOOD_CARD, Contractor, Customer, Human, dollars

Settle = Callable[[], None]


class Outsider(Contractor):
    """Omar: customer and contractor, with things of his own, and never a party of what he asks for."""

    def __init__(self) -> None:
        super().__init__("Omar Outsider")
        self.client.patch("/api/auth/me/", {"roles": ["customer", "contractor"]}, format="json")
        self.posts_job: Callable[..., str] = lambda **changes: Customer.posts_job(self, **changes)  # type: ignore[arg-type]


def upload(human: Human, purpose: str = "attachment") -> Any:
    """Hand in a PDF; returns it."""
    page = io.BytesIO(b"%PDF-1.4 of " + human.name.encode() + b"\n%%EOF")
    page.name = "paper.pdf"
    answer = human.client.post("/api/upload", {"file": page, "purpose": purpose}, format="multipart")
    assert answer.status_code == 201, answer.json()
    return answer.json()


def paper(human: Human) -> Any:
    """Hand in a paper; returns it."""
    body = {"kind": "qualification", "issuer": "Old Town", "file_ids": [upload(human, "document")["id"]]}
    return human.post("verifications/", body, expect=201)


def deal(customer: Customer, contractor: Contractor, settle: Settle) -> dict[str, str]:
    """Make a contract of two milestones; returns the ids of all that it is made of."""
    job = customer.posts_job()
    parts = [{"title": "Pipes", "amount": dollars(400)}, {"title": "Tiles", "amount": dollars(600)}]
    proposal = contractor.proposes(job, 1000, milestones=parts)
    offer = contractor.accepts(customer.offers(proposal_id=proposal))
    settle()
    contract = customer.get(f"contracts/{offer['contract_id']}/")
    first, second = (each["id"] for each in contract["milestones"])
    contractor.post(f"milestones/{first}/start/")
    contractor.post(f"milestones/{first}/submit/", {"note": "Done."})
    wish = {"amount": dollars(100), "reason": "One pipe is crooked."}
    refund = customer.post(f"milestones/{first}/request-refund/", wish, expect=201)
    later = {"kind": "date", "milestone_id": second, "due_on": "2030-01-01"}
    change = {"reason": "The tiles come late.", "changes": [later]}
    change_order = contractor.post(f"contracts/{contract['id']}/change-orders/", change, expect=201)
    tip = customer.post(f"contracts/{contract['id']}/tips/", {"amount": dollars(5)}, expect=201)
    cap = {"reason": "Pipes are dear.", "changes": [{"kind": "expenses", "amount": dollars(50)}]}
    customer.post(f"change-orders/{change_order['id']}/decline/", {"reason": "Not now."})
    agreed = contractor.post(f"contracts/{contract['id']}/change-orders/", cap, expect=201)
    customer.post(f"change-orders/{agreed['id']}/accept/")
    spent = {"amount": dollars(9), "what": "Glue", "spent_on": "2026-01-01", "file_ids": [upload(contractor)["id"]]}
    expense = contractor.post(f"contracts/{contract['id']}/expenses/", spent, expect=201)
    hours = contractor.post(f"contracts/{contract['id']}/time-entries/", {"minutes": 90, "note": "Tiling"}, expect=201)
    said = {"chat_id": contract["conversation_id"], "body": "It looks wonderful."}
    message = customer.post("messages/send/", said, expect=201)
    return {
        "proposal": proposal,
        "accepted_offer": offer["id"],
        "payment": customer.get(f"offers/{offer['id']}/")["payment"]["id"],
        "contract": contract["id"],
        "milestone": first,
        "second_milestone": second,
        "refund_request": refund["id"],
        "change_order": change_order["id"],
        "tip": tip["id"],
        "expense": expense["id"],
        "time_entry": hours["id"],
        "conversation": contract["conversation_id"],
        "message": message["id"],
    }


def belongings(customer: Customer, contractor: Contractor, settle: Settle) -> dict[str, str]:
    """Let two people do business, and return one id of each kind of thing that is theirs alone."""
    owned = deal(customer, contractor, settle)
    waiting = customer.offers(proposal_id=contractor.proposes(customer.posts_job(), 500), amount=dollars(500))
    contractor.post("portfolio/", {"title": "A bathroom"}, expect=201)
    customer.post("account/exports/", expect=202)
    picture, handed_in = upload(customer), paper(contractor)
    searched = customer.post("saved-searches/", {"name": "Mine", "filters": {}}, expect=201)
    settle()
    return {
        **owned,
        "offer": waiting["id"],
        "draft": customer.post("jobs/", {"title": "A secret plan", "draft": True}, expect=201)["id"],
        "open_proposal": contractor.proposes(customer.posts_job(), 300),
        "entry": contractor.get("portfolio/")["results"][0]["id"],
        "export": customer.get("account/exports/")["results"][0]["id"],
        "file": picture["id"],
        "filename": picture["filename"],
        "document": upload(contractor, "document")["id"],
        "verification": handed_in["id"],
        "search": searched["id"],
        "person": customer.id,
        "payout": _withdrawal(customer, contractor, owned, settle),
        **_credentials(UUID(customer.id)),
        **_decision(UUID(customer.id)),
        **_series(customer, waiting["id"]),
        **_plan(customer),
        **_booking(customer, contractor),
        **_hours(customer, contractor),
        "review": _review(customer, contractor, owned),
        "invoice": contractor.get("invoices/")["results"][0]["id"],
        "transfer": str(Transfer.objects.order_by("pk")[0].pk),
    }


def _booking(customer: Customer, contractor: Contractor) -> dict[str, str]:
    """Let the contractor offer their time, and the customer book some of it; returns what it is made of."""
    weekly = [{"weekday": day, "starts": 0, "ends": 1440} for day in range(7)]
    calendar = {"settings": {"time_zone": "Europe/London"}, "weekly": weekly}
    assert contractor.client.put("/api/calendar/", calendar, format="json").status_code == 200
    off = {"kind": "off", "first_day": "2031-05-05", "last_day": "2031-05-06"}
    (special,) = contractor.post("calendar/exceptions/", off, expect=201)["specials"]
    body = {"title": "Boiler service", "minutes": 60, "price": dollars(100)}
    package = contractor.post("packages/", body, expect=201)[0]["id"]
    day = (clock.now() + timedelta(days=2)).date()
    found = customer.get(f"contractors/{contractor.id}/availability/?from={day}&to={day}&package={package}")
    wish = {"contractor_id": contractor.id, "package_id": package, "starts_at": found["slots"][0]}
    booking = customer.post("bookings/", {**wish, "payment_method": GOOD_CARD}, expect=201)
    return {"booking": booking["id"], "package": package, "special": special["id"]}


def _hours(customer: Customer, contractor: Contractor) -> dict[str, str]:
    """Let the customer hire by the hour; returns the agreement and its running week."""
    body = {
        "job_id": customer.posts_job(),
        "contractor_id": contractor.id,
        "rate": dollars(50),
        "weekly_cap_minutes": 600,
        "time_zone": "Europe/Berlin",
        "payment_method": GOOD_CARD,
    }
    deal = customer.post("hourly-deals/", body, expect=201)
    contractor.post(f"offers/{deal['offer_id']}/accept/")
    weeks = customer.get(f"hourly-deals/{deal['id']}/weeks/")["results"]
    return {"hourly_deal": deal["id"], "week": weeks[-1]["id"]}


def _series(customer: Customer, offer: str) -> dict[str, str]:
    """Let the customer keep a card, and ask for an offer again and again; returns both."""
    saved = customer.post("payments/methods/", {"payment_method": GOOD_CARD}, expect=201)
    start = clock.now() + timedelta(days=9)
    slot = {"starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat()}
    wish = {"offer_id": offer, "every": "weekly", "time_zone": "Europe/London", **slot}
    return {"saved_method": saved["id"], "repeat": customer.post("repeats/", wish, expect=201)["id"]}


def _plan(customer: Customer) -> dict[str, str]:
    """Let the customer have a plan by the card that they keep; returns it, their subscription and its first period."""
    price = Money(9_00, "USD")
    with edge_transaction():
        month, customers = BillingCycle.MONTH, Audience.CUSTOMER
        made = plans.add_plan(actor=SYSTEM, audience=customers, every=month, name="Plus", tier="plus", price=price)
        plan = str(made)
    card = customer.get("payments/methods/")["methods"][0]["id"]
    begun = customer.post(f"plans/{plan}/subscribe/", {"price": price.to_json(), "method_id": card}, expect=201)
    return {"plan": plan, "subscription": begun["id"], "period": begun["periods"][0]["id"]}


def _withdrawal(customer: Customer, contractor: Contractor, owned: dict[str, str], settle: Settle) -> str:
    """Let the contractor ask for what one milestone has earned; returns the withdrawal."""
    contractor.post(f"refund-requests/{owned['refund_request']}/decline/", {"reason": "It is straight."})
    customer.post(f"milestones/{owned['milestone']}/release/")
    settle()
    contractor.becomes_payable()
    payout = str(contractor.post("payouts/withdraw", {"amount": dollars(100)}, expect=201)["id"])
    settle()
    return payout


def _credentials(user_id: UUID) -> dict[str, str]:
    """Return what a browser, a security key and a telephone would have left."""
    told = Notification.objects.create(user_id=user_id, type="job.new", title="Hello")
    device = Device.objects.create(user_id=user_id, kind="fcm", address={"token": "x"}, fingerprint=str(uuid7()))
    passkey = Passkey.objects.create(user_id=user_id, name="Key", credential_id=str(uuid7()), credential="x")
    session = Session.objects.filter(user_id=user_id).order_by("pk")[0]
    return {
        "notification": str(told.pk),
        "device": str(device.pk),
        "passkey": str(passkey.pk),
        "session": str(session.pk),
    }


def _decision(person_id: UUID) -> dict[str, str]:
    """Return the statement of reasons that a person was given."""
    case = Case.objects.create(
        subject_type="job", subject_id=uuid7(), subject_title="A job", person_id=person_id, answer_by=clock.now()
    )
    clerk = person(f"Mo Derator {case.pk.hex[-6:]}")
    User.objects.filter(pk=clerk.known_id()).update(rights=["moderation"])
    actor = User.objects.get(pk=clerk.known_id()).actor()
    with edge_transaction():
        moderation.claim_case(actor=actor, case_id=case.pk)
    with edge_transaction():
        verdict = Verdict(measure=Measure.WARN, facts="It was rude, and twice.", rule=next(iter(HouseRule)))
        moderation.decide_case(actor=actor, case_id=case.pk, verdict=verdict)
    return {"statement": str(Decision.objects.get(case=case).pk)}


def _review(customer: Customer, contractor: Contractor, owned: dict[str, str]) -> str:
    """Return a review that nobody can read yet."""
    people = {"customer_id": customer.id, "contractor_id": contractor.id}
    round_ = Round.objects.create(contract_id=owned["contract"], title="Pipes", closes_at=clock.now(), **people)
    review = Review.objects.create(
        round=round_, author_id=customer.id, subject_id=contractor.id, role="contractor", status="hidden", rating=4
    )
    return str(review.pk)


def everything() -> dict[str, list[Any]]:
    """Return every row of every table, to find out what a stranger has changed."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found
