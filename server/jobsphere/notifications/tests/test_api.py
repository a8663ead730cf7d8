"""Told, read, chosen (R86-R90)."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.ids import uuid7
from jobsphere.kit.money import Money
from jobsphere.notifications import services
from jobsphere.notifications.models import Notification
from jobsphere.notifications.rules import BODY_LENGTH, CATALOGUE
from jobsphere.notifications.types import NotificationType as Type
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)


def tell(actor: Actor, kind: Type = Type.OFFER_RECEIVED, **fields):
    """Tell a person something, as a handler does."""
    with edge_transaction():
        return services.notify(
            user_id=actor.known_id(), type=kind, **{"title": "You have an offer", "body": "1000 USD", **fields}
        )


def prove_address(actor: Actor, email: str) -> None:
    EmailAddress.objects.create(user_id=actor.known_id(), email=email, primary=True, verified=True)


def rows_of(client, **query) -> list[dict]:
    return client.get("/api/notifications/", query).json()["results"]


def test_what_a_person_was_told_is_listed_newest_first(client_for, pat, omar):
    tell(pat, link="/offers/1", metadata={"offer_id": uuid7(), "amount": Money(100000, "USD")})
    tell(pat, Type.PAYOUT_PAID, title="Paid")
    first, second = rows_of(client_for(pat))
    assert (first["title"], second["title"]) == ("Paid", "You have an offer")
    assert second["metadata"]["amount"] == {"amount": 100000, "currency": "USD"}
    assert second["link"] == "/offers/1"
    assert rows_of(client_for(omar)) == []


def test_reading_one_marks_it_once_with_audit_and_event(client_for, pat):
    told = tell(pat)
    client = client_for(pat)
    first = client.post(f"/api/notifications/{told}/read/").json()["read_at"]
    assert first
    assert client.post(f"/api/notifications/{told}/read/").json()["read_at"] == first
    assert AuditEntry.objects.filter(verb="notification.read").count() == 1
    assert StoredEvent.objects.filter(name="notification.read").count() == 1
    assert rows_of(client, unread="true") == []
    assert len(rows_of(client, unread="false")) == 1


def test_a_stranger_cannot_read_mine_nor_learn_of_it_and_nothing_changes(client_for, pat, omar):
    told = tell(pat)
    assert client_for(omar).post(f"/api/notifications/{told}/read/").status_code == 404
    assert client_for(omar).post("/api/notifications/read-all/").json() == {"read": 0}
    assert Notification.objects.get().read_at is None


def test_reading_all_marks_all_of_mine(client_for, pat, omar):
    for _ in range(3):
        tell(pat)
    tell(omar)
    client = client_for(pat)
    assert client.get("/api/notifications/unread-count/").json() == {"unread": 3}
    assert client.post("/api/notifications/read-all/").json() == {"read": 3}
    assert client.get("/api/notifications/unread-count/").json() == {"unread": 0}
    assert client_for(omar).get("/api/notifications/unread-count/").json() == {"unread": 1}


def test_the_same_key_tells_once(pat, omar):
    assert tell(pat, key="offer:1") == tell(pat, key="offer:1")
    tell(omar, key="offer:1")
    assert Notification.objects.count() == 2


def test_an_unknown_type_is_our_bug_and_a_missing_transaction_too(pat):
    with pytest.raises(ValueError), edge_transaction():
        services.notify(user_id=pat.known_id(), type="gossip", title="x")  # type: ignore[arg-type]
    with pytest.raises(NoTransactionError):
        services.notify(user_id=pat.known_id(), type=Type.OFFER_RECEIVED, title="x")
    assert not Notification.objects.exists()


def test_a_long_text_is_cut_and_not_lost(pat):
    tell(pat, body="x" * 5000)
    assert Notification.objects.get().body == "x" * (BODY_LENGTH - 1) + "…"


def test_the_catalogue_has_every_type_once_and_shows_what_holds(client_for, pat):
    shown = client_for(pat).get("/api/notifications/preferences/").json()["preferences"]
    assert [each["type"] for each in shown] == [kind.value for kind in Type] == [kind.value for kind in CATALOGUE]
    chosen = {each["type"]: (each["in_app"], each["email"]) for each in shown}
    assert chosen["offer.received"] == (True, True)
    assert chosen["message.received"] == (True, False)


def choose(client, *choices):
    body = {"preferences": [{"type": kind, "in_app": app, "email": email} for kind, app, email in choices]}
    return client.put("/api/notifications/preferences/", body, format="json")


def test_a_person_chooses_and_only_the_named_types_change(client_for, pat):
    client = client_for(pat)
    choose(client, ("offer.received", True, False))
    answer = choose(client, ("offer.received", False, False), ("message.received", True, True))
    chosen = {each["type"]: (each["in_app"], each["email"]) for each in answer.json()["preferences"]}
    assert chosen["offer.received"] == (False, False)
    assert chosen["message.received"] == (True, True)
    assert chosen["payout.paid"] == (True, True)
    assert tell(pat) is None
    assert rows_of(client) == []


@pytest.mark.parametrize(
    "choices,pointer",
    [
        ([("gossip", True, True)], "/preferences/0/type"),
        ([("payment.failed", False, True)], "/preferences/0/in_app"),
        ([("offer.received", True, True), ("offer.received", True, False)], "/preferences/1/type"),
        ([], "/preferences"),
    ],
)
def test_a_bad_choice_names_the_field_and_changes_nothing(client_for, pat, choices, pointer):
    client = client_for(pat)
    before = client.get("/api/notifications/preferences/").json()
    answer = choose(client, *choices)
    assert answer.status_code == 400
    assert any(each["pointer"].startswith(pointer) for each in answer.json()["errors"])
    assert client.get("/api/notifications/preferences/").json() == before


def test_an_alert_goes_to_a_proven_address_once(pat, run_worker, settings):
    settings.PUBLIC_URL = "https://market.example"
    prove_address(pat, "pat@example.com")
    tell(pat, link="/offers/1")
    run_worker()
    run_worker()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["pat@example.com"], "You have an offer")
    assert "https://market.example/offers/1" in letter.body
    assert Notification.objects.get().emailed_at


def test_a_title_over_several_lines_becomes_one_and_the_letter_goes_out(pat, run_worker):
    prove_address(pat, "pat@example.com")
    tell(pat, title="Sam\r\nBcc: everybody@example.com wrote to you")
    run_worker()
    assert mail.outbox[0].subject == "Sam Bcc: everybody@example.com wrote to you"
    assert mail.outbox[0].recipients() == ["pat@example.com"]


def test_no_alert_goes_to_an_unproven_address(pat, run_worker):
    tell(pat)
    run_worker()
    assert mail.outbox == []


def test_what_was_read_in_the_app_is_not_mailed(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    tell(pat)
    client_for(pat).post("/api/notifications/read-all/")
    run_worker()
    assert mail.outbox == []


def test_mail_only_means_that_the_app_does_not_show_it(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    client = client_for(pat)
    choose(client, ("offer.received", False, True))
    tell(pat)
    run_worker()
    assert len(mail.outbox) == 1
    assert rows_of(client) == []
    assert client.get("/api/notifications/unread-count/").json() == {"unread": 0}


def test_query_counts_are_pinned_and_independent_of_the_page(client_for, pat, django_assert_num_queries):
    client = client_for(pat)
    for count in (3, 12):
        for _ in range(count):
            tell(pat)
        with django_assert_num_queries(2):
            assert client.get("/api/notifications/?page_size=100").status_code == 200
    for path in ("unread-count", "preferences"):
        with django_assert_num_queries(2):
            client.get(f"/api/notifications/{path}/")


def test_pages_follow_each_other(client_for, pat):
    told = [str(tell(pat)) for _ in range(5)]
    client = client_for(pat)
    page = client.get("/api/notifications/?page_size=2").json()
    seen = [row["id"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["id"] for row in page["results"]]
    assert seen == told[::-1]


@pytest.mark.parametrize("path", ["", "unread-count/", "preferences/"])
def test_a_visitor_is_asked_to_sign_in(client_for, path):
    assert client_for(None).get(f"/api/notifications/{path}").status_code == 401
