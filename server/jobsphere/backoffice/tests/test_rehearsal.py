"""The operator rehearses disaster, and the books stay right; nobody rehearses in production."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives

from jobsphere.audit.models import AuditEntry
from jobsphere.backoffice.rehearsal.clockwork import Clockwork, move
from jobsphere.backoffice.rehearsal.exercises import EXERCISES, GROUPS
from jobsphere.backoffice.rehearsal.tour import SCENES
from jobsphere.kit import clock
from jobsphere.kit.errors import NotFound
from jobsphere.ledger.models import Transfer
from jobsphere.mail import mailbox
from jobsphere.payments.models import GatewayOperation, Payment
from jobsphere.web.models import IdempotencyRecord
from tests.stories.people import Contractor, Customer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rehearsal(sandbox: Any, taxonomy: None) -> Iterator[Any]:
    """A stage whose clock this process follows, as every process of a marketplace does."""
    clock.follow(Clockwork())
    yield sandbox
    clock.follow(None)


def play(desk: Any, exercise: str, expect: int = 200, **values: Any) -> Any:
    return desk.post("rehearsal/", {"exercise": exercise, "values": values}, expect=expect)


def test_the_stage_shows_gateway_clock_queue_and_every_exercise(admin: Any, rehearsal: Any) -> None:
    rehearsal.decline(target="POST /v1/payment_intents")
    shown = admin.get("rehearsal/")
    (gateway,) = [each for each in shown["gateways"] if each["in_use"]]
    assert (gateway["name"], gateway["down"], gateway["events_pending"]) == ("sandbox", False, 0)
    assert [each["kind"] for each in gateway["faults"]] == ["decline"]
    assert shown["clock"]["ahead_seconds"] == 0
    assert [each["name"] for each in shown["exercises"]] == [each.name for each in EXERCISES]
    assert {each["group"] for each in shown["exercises"]} == set(GROUPS.values())


def test_the_tour_knows_every_exercise() -> None:
    assert {name for scene in SCENES for name, _ in scene.steps} == {each.name for each in EXERCISES}


@pytest.mark.parametrize("why", ["production", "a real gateway"])
def test_where_real_money_moves_there_is_no_rehearsal(why: str, admin: Any, rehearsal: Any, settings: Any, rows: Any):
    if why == "production":
        settings.PRODUCTION = True
    else:
        settings.GATEWAY = "stripe"
    before = rows(AuditEntry, IdempotencyRecord)
    assert admin.get("rehearsal/", expect=404)["code"] == "not-found"
    play(admin, "decline", expect=404)
    with pytest.raises(NotFound):
        move(timedelta(days=1))
    assert rows(AuditEntry, IdempotencyRecord) == before
    assert clock.offset() == timedelta(0)
    settings.GATEWAY = "sandbox"
    assert rehearsal.waiting_faults() == []


def test_everybody_is_told_of_the_sandbox_and_nobody_of_a_real_gateway(
    client_for: Any, rehearsal: Any, settings: Any
) -> None:
    visitor = client_for(None)
    shown = visitor.get("/api/sandbox/").json()
    assert (shown["sandbox"], shown["gateway"], shown["down"]) == (True, "sandbox", False)
    assert {"number": "4242424242424242", "does": "pays"} in shown["cards"]
    settings.GATEWAY = "stripe"
    nothing = {"sandbox": False, "gateway": "", "down": False, "clock": None, "cards": [], "last_mail": None}
    assert visitor.get("/api/sandbox/").json() == nothing


def test_the_next_card_is_declined_and_the_one_after_it_pays(admin: Any, rehearsal: Any, settle: Any) -> None:
    played = play(admin, "decline", code="lost_card")
    assert played["happened"] == ["The next card will be declined: lost card."]
    assert played["books"] == {"sound": True, "differences": [], "gateway_asked": True}
    customer, contractor = Customer("Lena Payer"), Contractor()
    refused = customer.offers(proposal_id=contractor.proposes(customer.posts_job(), 1000))
    assert refused["status"] == "declined_by_gateway"
    fine = customer.offers(proposal_id=contractor.proposes(customer.posts_job(), 1000))
    settle()
    assert customer.get(f"offers/{fine['id']}/")["status"] == "pending"
    assert play(admin, "deliver")["books"]["sound"]


def test_the_clock_moves_for_every_process_and_stays_moved(admin: Any, rehearsal: Any) -> None:
    before = clock.now()
    play(admin, "clock", days=3, hours=2)
    assert clock.now() - before > timedelta(days=3, hours=2)
    assert Clockwork()() == timedelta(days=3, hours=2), "another process reads the same"
    play(admin, "clock", hours=1)
    assert admin.get("rehearsal/")["clock"]["ahead_seconds"] == (3 * 24 + 3) * 3600
    assert (clock.machine_now() - before).days < 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"exercise": "earthquake"}, "/exercise"),
        ({"exercise": "clock", "values": {"days": -3}}, "/values/days"),
        ({"exercise": "clock", "values": {"days": "soon"}}, "/values/days"),
        ({"exercise": "clock"}, "/values/hours"),
        ({"exercise": "clock", "values": {"years": 1}}, "/values/years"),
        ({"exercise": "decline", "values": {"code": "no_mood"}}, "/values/code"),
        ({"exercise": "decline", "values": {"times": 51}}, "/values/times"),
        ({"exercise": "decline", "values": {"times": True}}, "/values/times"),
        ({"exercise": "restrict", "values": {"payee": "x" * 201}}, "/values/payee"),
    ],
)
def test_what_makes_no_sense_is_named_and_changes_nothing(
    body: Any, pointer: str, admin: Any, rehearsal: Any, rows: Any
) -> None:
    before = rows(AuditEntry, IdempotencyRecord)
    problem = admin.post("rehearsal/", body, expect=400)
    assert [each["pointer"] for each in problem["errors"]] == [pointer]
    assert rows(AuditEntry, IdempotencyRecord) == before
    assert (rehearsal.waiting_faults(), clock.offset()) == ([], timedelta(0))


@pytest.mark.parametrize(
    "exercise",
    [
        *("bounce", "fail-refund", "chargeback", "chargeback-won", "chargeback-lost", "restrict", "unrestrict", "bank"),
        *("duplicate", "shuffle", "forge"),
    ],
)
def test_without_anything_to_rehearse_it_on_the_remedy_is_named(
    exercise: str, admin: Any, rehearsal: Any, rows: Any
) -> None:
    before = rows(AuditEntry, IdempotencyRecord)
    problem = play(admin, exercise, expect=409)
    assert problem["code"] == "nothing-to-rehearse"
    assert "manage.py rehearse" in problem["detail"]
    assert rows(AuditEntry, IdempotencyRecord) == before


def test_who_asked_for_what_stands_in_the_trail_and_a_repeated_request_plays_once(
    admin: Any, ada: Any, rehearsal: Any
) -> None:
    key, body = str(uuid4()), {"exercise": "decline", "values": {"times": 2}}
    first = admin.post("rehearsal/", body, key=key)
    again = admin.post("rehearsal/", body, key=key)
    assert first == again
    assert len(rehearsal.waiting_faults()) == 1
    entry = AuditEntry.objects.get(verb="rehearsal.decline")
    assert (entry.actor_id, entry.detail) == (ada.id, {"code": "insufficient_funds", "times": 2, "gateway": ""})


def test_a_deal_is_played_by_the_troupe_and_pays_out(admin: Any, rehearsal: Any, settings: Any) -> None:
    told = play(admin, "deal", until="withdrawn", amount=500)["happened"]
    if "clearing" in told[-1]:
        play(admin, "clock", days=30)
        told = play(admin, "withdraw")["happened"]
    assert told[-1] == "Robin withdrew $350.00."
    assert Payment.objects.count() == 1
    bounced = play(admin, "bounce")
    assert bounced["books"]["sound"], bounced
    assert admin.get("payouts/")["results"][0]["status"] in ("returned", "failed")


def test_three_d_secure_is_asked_for_whatever_the_card(admin: Any, rehearsal: Any) -> None:
    play(admin, "three-d-secure")
    customer, contractor = Customer("Lena Payer"), Contractor()
    offer = customer.offers(proposal_id=contractor.proposes(customer.posts_job(), 1000))
    assert (offer["status"], offer["payment"]["detail"]) == ("awaiting_payment", "action_required")
    assert customer.confirms_3ds(offer)["status"] == "pending"


def test_an_outage_leaves_the_outcome_unknown_and_ends_well(admin: Any, rehearsal: Any) -> None:
    play(admin, "down")
    told = play(admin, "deal", until="offered")
    assert not told["books"]["gateway_asked"]
    assert GatewayOperation.objects.filter(status="unknown").exists()
    play(admin, "up")
    healed = play(admin, "clock", hours=1)
    assert healed["books"] == {"sound": True, "differences": [], "gateway_asked": True}
    assert not GatewayOperation.objects.filter(status="unknown").exists()


def test_forged_and_repeated_events_change_nothing(admin: Any, rehearsal: Any, rows: Any) -> None:
    play(admin, "deal")
    before = rows(Payment, Transfer)
    assert "1 × 400" in play(admin, "forge", how="wrong secret")["happened"][0]
    assert "1 × 400" in play(admin, "forge", how="altered")["happened"][0]
    assert "1 × 400" in play(admin, "forge", how="unsigned")["happened"][0]
    assert "30 × 200" in play(admin, "duplicate", events=3, copies=10)["happened"][0]
    assert rows(Payment, Transfer) == before


@pytest.fixture
def letters(rehearsal: Any, settings: Any) -> None:
    """Letters are kept, as in a marketplace that rehearses."""
    settings.EMAIL_BACKEND = "jobsphere.mail.mailbox.QuietMailBackend"


def test_the_last_letter_is_shown_to_whom_it_was_sent_and_to_administrators(
    letters: None, admin: Any, staff: Any, casey: Any, pat: Any, client_for: Any
) -> None:
    accountant = staff("finance")
    EmailMessage("Your code", "It is 123456.", None, ["casey@example.com"]).send()
    assert mail.outbox == []
    shown = client_for(casey).get("/api/sandbox/").json()["last_mail"]
    assert (shown["subject"], shown["text"]) == ("Your code", "It is 123456.")
    assert client_for(pat).get("/api/sandbox/").json()["last_mail"] is None
    assert client_for(None).get("/api/sandbox/").json()["last_mail"] is None
    assert admin.get("rehearsal/")["last_mail"]["text"] == "It is 123456."
    hidden = accountant.get("rehearsal/")["last_mail"]
    assert (hidden["subject"], hidden["text"]) == ("Your code", "")


def test_the_mailbox_shows_administrators_what_was_sent_as_it_left(
    letters: None, admin: Any, staff: Any, casey: Any, client_for: Any, django_assert_num_queries: Any
) -> None:
    letter = EmailMultiAlternatives("Hello", "In words", None, ["casey@example.com"], headers={"Auto-Submitted": "x"})
    letter.attach_alternative("<p>In colour</p>", "text/html")
    letter.send()
    mailbox.keep_push(to="Pat (Pixel)", title="Money", text="It is there", payload={"link": "/wallet"})
    push, email = admin.client.get("/api/sandbox/mailbox/").json()["kept"]
    assert (push["kind"], push["subject"], email["kind"], email["to"]) == (
        "push",
        "Money",
        "email",
        "casey@example.com",
    )
    found = admin.client.get("/api/sandbox/mailbox/?to=CASEY").json()["kept"]
    assert [each["id"] for each in found] == [email["id"]]
    with django_assert_num_queries(1):
        whole = admin.client.get(f"/api/sandbox/mailbox/{email['id']}/").json()
    assert (whole["text"], whole["html"], whole["headers"]["Auto-Submitted"]) == ("In words", "<p>In colour</p>", "x")
    assert admin.client.get(f"/api/sandbox/mailbox/{push['id']}/").json()["headers"] == {"link": "/wallet"}
    assert admin.client.get("/api/sandbox/mailbox/..%2Fencryption/").status_code == 404
    for other in (client_for(casey), staff("finance").client):
        assert other.get("/api/sandbox/mailbox/").status_code == 403
        assert other.get(f"/api/sandbox/mailbox/{email['id']}/").status_code == 403


def test_where_nothing_is_rehearsed_there_is_no_mailbox(letters: None, admin: Any, settings: Any) -> None:
    settings.PRODUCTION = True
    assert admin.client.get("/api/sandbox/mailbox/").status_code == 404


def test_only_the_last_letters_are_kept(letters: None, settings: Any) -> None:
    for number in range(mailbox.KEPT + 3):
        mailbox.keep(EmailMessage(f"Letter {number}", "", None, ["casey@example.com"]))
    assert len(list((settings.DATA_DIR / "mail").glob("*.json"))) == mailbox.KEPT
    newest = mailbox.last_mail()
    assert newest is not None
    assert newest.subject == f"Letter {mailbox.KEPT + 2}"


def test_a_worker_that_died_of_a_crooked_file_shows_the_machines_time(rehearsal: Any, settings: Any) -> None:
    (settings.DATA_DIR / "rehearsal-clock").write_text("half a numb")
    assert Clockwork()() == timedelta(0)
    assert move(timedelta(hours=1)) == timedelta(hours=1)


@pytest.mark.parametrize("by", [timedelta(0), timedelta(hours=-1), timedelta(days=5000)])
def test_the_clock_never_goes_back_nor_for_ever(by: timedelta, rehearsal: Any) -> None:
    move(timedelta(hours=1))
    with pytest.raises(ValueError, match="forward"):
        move(by)
    assert clock.offset() == timedelta(hours=1)


def test_the_stage_costs_a_fixed_number_of_queries(admin: Any, rehearsal: Any, django_assert_num_queries: Any) -> None:
    play(admin, "deal")
    admin.get("rehearsal/")
    with django_assert_num_queries(4):
        admin.get("rehearsal/")
    with django_assert_num_queries(2):
        admin.client.get("/api/sandbox/")
