"""Told, read, chosen (R86-R90)."""

import pytest

from jobsphere.audit.models import AuditEntry
from jobsphere.db.transactions import NoTransactionError, edge_transaction
from jobsphere.kit.ids import uuid7
from jobsphere.notifications import services
from jobsphere.notifications.models import Notification
from jobsphere.notifications.rules import BODY_LENGTH, CATALOGUE
from jobsphere.notifications.tests.telling import FAILED, PAID, choose, rows_of, set_up, tell, write
from jobsphere.notifications.types import NotificationType as Type
from jobsphere.outbox.models import StoredEvent

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_person_was_told_is_listed_newest_first(client_for, pat, omar):
    offer_id = uuid7()
    tell(pat, params={"offer_id": offer_id}, metadata={"offer_id": offer_id})
    tell(pat, PAID)
    first, second = rows_of(client_for(pat))
    assert (first["title"], second["title"]) == ("$1,000.00 is at your bank", "You have an offer of $1,000.00")
    assert (second["body"], second["group"], second["count"]) == ("Repair the tap", "offers", 1)
    assert second["metadata"] == {"offer_id": str(offer_id)}
    assert second["link"] == f"/offers/{offer_id}"
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


@pytest.mark.parametrize("message", ["gossip", "offer.received/whispered", "milestone.released"])
def test_what_the_catalogue_does_not_have_or_lacks_a_value_is_our_bug(pat, message):
    with pytest.raises(ValueError), edge_transaction():
        services.tell(user_id=pat.known_id(), message=message, params={"title": "x"})
    assert not Notification.objects.exists()


def test_nothing_is_told_outside_of_a_transaction(pat):
    with pytest.raises(NoTransactionError):
        services.tell(user_id=pat.known_id(), message=PAID)
    assert not Notification.objects.exists()


def test_a_long_text_is_cut_and_not_lost(client_for, pat):
    tell(pat, FAILED, params={"reason": "x" * 5000})
    assert len(rows_of(client_for(pat))[0]["body"]) == BODY_LENGTH
    assert Notification.objects.get().body.endswith("x…")


def test_the_catalogue_has_every_type_once_and_shows_what_holds(client_for, pat):
    shown = client_for(pat).get("/api/notifications/preferences/").json()["preferences"]
    assert [kind.value for kind in Type] == [kind.value for kind in CATALOGUE]
    assert [each["type"] for each in shown] == [kind.value for kind in Type if kind != Type.STAFF_ALARM]
    chosen = {each["type"]: (each["in_app"], each["email"], each["push"]) for each in shown}
    assert chosen["offer.received"] == (True, True, True)
    assert chosen["message.received"] == (True, False, True)


def test_staff_choose_how_alarms_reach_them(client_for, ada):
    shown = client_for(ada).get("/api/notifications/preferences/").json()["preferences"]
    assert shown[-1]["type"] == "staff.alarm"
    assert shown[-1]["group_label"] == "Operations"


def test_a_person_chooses_and_only_the_named_types_change(client_for, pat):
    client = client_for(pat)
    choose(client, ("offer.received", True, False))
    answer = choose(client, ("offer.received", False, False, False), ("message.received", True, True))
    chosen = {each["type"]: (each["in_app"], each["email"], each["push"]) for each in answer.json()["preferences"]}
    assert chosen["offer.received"] == (False, False, False)
    assert chosen["message.received"] == (True, True, True)
    assert chosen["payout.paid"] == (True, True, True)
    assert tell(pat) is None
    assert rows_of(client) == []


@pytest.mark.parametrize(
    "choices,pointer",
    [
        ([("gossip", True, True)], "/preferences/0/type"),
        ([("payment.failed", False, True)], "/preferences/0/in_app"),
        ([("payment.failed", True, False)], "/preferences/0/email"),
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


def test_query_counts_are_pinned_and_independent_of_the_page(client_for, pat, django_assert_num_queries):
    client = client_for(pat)
    for count in (3, 12):
        for _ in range(count):
            tell(pat)
        with django_assert_num_queries(3):
            assert client.get("/api/notifications/?page_size=100").status_code == 200
    for path, queries in (("unread-count", 2), ("preferences", 3), ("settings", 2), ("devices", 2)):
        with django_assert_num_queries(queries):
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


@pytest.mark.parametrize("path", ["", "unread-count/", "preferences/", "settings/", "devices/"])
def test_a_visitor_is_asked_to_sign_in(client_for, path):
    assert client_for(None).get(f"/api/notifications/{path}").status_code == 401


def test_unread_ones_about_one_thing_are_one_that_counts(client_for, casey):
    client, chat, other = client_for(casey), uuid7(), uuid7()
    first = write(casey, chat=chat, preview="Hello")
    write(casey, chat=other)
    last = write(casey, chat=chat, preview="Are you there?")
    shown, second = rows_of(client)
    assert (shown["id"], shown["count"], shown["title"]) == (str(last), 2, "2 new messages from Pat Rivera")
    assert (shown["body"], second["title"]) == ("Are you there?", "Pat Rivera wrote to you")
    assert client.get("/api/notifications/unread-count/").json() == {"unread": 2}
    assert client.post(f"/api/notifications/{first}/read/").status_code == 404


def test_what_comes_after_reading_begins_a_new_one(client_for, casey):
    client, chat = client_for(casey), uuid7()
    client.post(f"/api/notifications/{write(casey, chat=chat)}/read/")
    write(casey, chat=chat)
    assert [row["count"] for row in rows_of(client)] == [1, 1]


def test_seeing_the_thing_itself_reads_its_notification(client_for, casey, pat):
    chat = uuid7()
    write(casey, chat=chat)
    write(pat, chat=chat)
    with edge_transaction():
        services.read_group(user_id=casey.known_id(), group=f"chat:{chat}")
    assert client_for(casey).get("/api/notifications/unread-count/").json() == {"unread": 0}
    assert client_for(pat).get("/api/notifications/unread-count/").json() == {"unread": 1}


def test_a_list_is_of_one_group_when_asked(client_for, pat):
    tell(pat)
    tell(pat, PAID)
    assert [row["type"] for row in rows_of(client_for(pat), group="money")] == ["payout.paid"]
    assert client_for(pat).get("/api/notifications/?group=gossip").status_code == 400


def test_everything_is_said_in_the_language_of_the_reader(client_for, pat):
    client = client_for(pat)
    assert client.get("/api/notifications/settings/", headers={"Accept-Language": "fr, de;q=0.8"}).json() | {
        "languages": None
    } == {
        "language": "de",
        "time_zone": "UTC",
        "quiet_from": None,
        "quiet_to": None,
        "digest": "off",
        "chosen": False,
        "languages": None,
    }
    tell(pat)
    set_up(client, language="de", time_zone="Europe/Berlin")
    assert rows_of(client)[0]["title"] == "Du hast eine Anfrage über 1.000,00\xa0$"
    set_up(client, language="en")
    assert rows_of(client)[0]["title"] == "You have an offer of $1,000.00"


def test_a_row_from_before_the_catalogue_reads_as_it_was_written(client_for, pat):
    Notification.objects.create(user_id=pat.known_id(), type="offer.received", title="You have an offer", link="/x")
    gone = Notification.objects.create(
        user_id=pat.known_id(), type="offer.received", message="offer.received/gone", title="An old one"
    )
    shown = rows_of(client_for(pat))
    assert (shown[0]["id"], shown[0]["title"]) == (str(gone.id), "An old one")
    assert shown[1]["title"] == "You have an offer"


@pytest.mark.parametrize(
    "changes,pointer",
    [
        ({"quiet_from": "22:00"}, "/quiet_to"),
        ({"time_zone": "Mars/Base"}, "/time_zone"),
        ({"language": "tlh"}, "/language"),
        ({"digest": "hourly"}, "/digest"),
    ],
)
def test_bad_settings_name_the_field_and_change_nothing(client_for, pat, changes, pointer):
    client = client_for(pat)
    assert set_up(client, quiet_from="22:00", quiet_to="07:00").json()["quiet_from"] == "22:00"
    answer = set_up(client, **changes)
    assert answer.status_code == 400
    assert pointer in [each["pointer"] for each in answer.json()["errors"]]
    assert client.get("/api/notifications/settings/").json()["quiet_to"] == "07:00"
    assert AuditEntry.objects.filter(verb="notification.set_up").count() == 1
