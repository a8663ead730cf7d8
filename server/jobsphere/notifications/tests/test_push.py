"""Push messages to a local push service that decrypts them (R87)."""

import base64
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection
from py_vapid import Vapid02

from jobsphere.db.transactions import edge_transaction
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.mail import mailbox
from jobsphere.notifications.models import Device, Notification
from jobsphere.notifications.push import vapid
from jobsphere.notifications.push.addresses import guarded_session, is_public
from jobsphere.notifications.tests.servers import Answer, Service, service
from jobsphere.notifications.tests.telling import FAILED, choose, set_up, tell, write
from jobsphere.outbox.models import DeadLetter
from jobsphere.outbox.services import publish
from jobsphere.users import services as users
from jobsphere.users.events import UserSignedOut

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = "/api/notifications/devices/"


def url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Browser:
    """A browser with a subscription: it alone can read what is sent to it."""

    def __init__(self, push: Service, name: str = "browser") -> None:
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.path, self.push = f"/push/{name}", push
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = {
            "endpoint": f"{push.url}{self.path}",
            "expirationTime": None,
            "keys": {"p256dh": url64(point), "auth": url64(self.auth)},
        }

    def turned_on(self, client: Any, name: str = "Firefox") -> dict[str, Any]:
        """Let a person turn notifications on here."""
        body = {"kind": "web_push", "subscription": self.subscription, "name": name}
        answer = client.post(DEVICES, body, format="json")
        assert answer.status_code == 201, answer.json()
        shown: dict[str, Any] = answer.json()
        return shown

    def read(self) -> list[dict[str, Any]]:
        """Decrypt what came (RFC 8291)."""
        return [
            json.loads(http_ece.decrypt(each.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))
            for each in self.push.to(self.path)
        ]


@pytest.fixture
def push(settings: Any) -> Iterator[Service]:
    """A push service on this machine."""
    settings.PUSH_TO_PRIVATE_ADDRESSES = True
    settings.VAPID_PRIVATE_KEY = vapid.new_private_key()
    settings.VAPID_SUBJECT = "mailto:push@market.example"
    with service(Answer(201)) as running:
        yield running


def test_a_browser_reads_what_was_sent_to_it_and_nobody_else_could(client_for, pat, run_worker, push):
    browser = Browser(push)
    browser.turned_on(client_for(pat))
    offer_id = uuid7()
    told = tell(pat, params={"offer_id": offer_id, "title": "Repair the tap"})
    run_worker()
    (request,) = push.to(browser.path)
    assert browser.read() == [
        {
            "id": str(told),
            "title": "You have an offer of $1,000.00",
            "body": "Repair the tap",
            "link": f"/offers/{offer_id}",
            "tag": str(told),
            "unread": 1,
        }
    ]
    assert b"Repair" not in request.body
    assert (request.headers["content-encoding"], request.headers["urgency"]) == ("aes128gcm", "high")
    assert int(request.headers["ttl"]) == 86400
    assert len(request.headers["topic"]) == 32


def test_the_push_service_can_tell_that_it_was_us(client_for, pat, run_worker, push):
    browser = Browser(push)
    shown = browser.turned_on(client_for(pat))
    tell(pat)
    run_worker()
    header = push.to(browser.path)[0].headers["authorization"]
    assert Vapid02.verify(header)
    token = header.split("t=")[1].split(",")[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["aud"], claims["sub"]) == (push.url, "mailto:push@market.example")
    assert header.split("k=")[1] == shown["web_push_key"] == vapid.public_key()


def test_every_device_of_a_person_gets_it_and_what_folds_replaces_itself(client_for, pat, run_worker, push):
    phone, laptop = Browser(push, "phone"), Browser(push, "laptop")
    for each in (phone, laptop):
        each.turned_on(client_for(pat))
    chat = uuid7()
    write(pat, chat=chat)
    run_worker()
    write(pat, chat=chat)
    run_worker()
    assert [each["title"] for each in phone.read()] == ["Pat Rivera wrote to you", "2 new messages from Pat Rivera"]
    assert {each["tag"] for each in laptop.read()} == {f"chat:{chat}"}
    assert len({each.headers["topic"] for each in push.to(laptop.path)}) == 1


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_subscription_that_has_ended_is_forgotten(client_for, pat, run_worker, push, status):
    gone, there = Browser(push, "gone"), Browser(push, "there")
    for each in (gone, there):
        each.turned_on(client_for(pat))
    push.by_path[gone.path] = Answer(status)
    tell(pat)
    run_worker()
    assert len(there.read()) == 1
    assert Device.objects.count() == 1
    assert DeadLetter.objects.count() == 0


def test_a_busy_service_is_asked_again_when_it_says_and_a_broken_one_later(client_for, pat, run_worker, push):
    browser = Browser(push)
    browser.turned_on(client_for(pat))
    push.answers = [Answer(429, headers={"Retry-After": "120"}), Answer(500)]
    tell(pat)
    run_worker()
    clock.set_offset(timedelta(seconds=90))
    run_worker()
    assert len(push.requests) == 1
    clock.set_offset(timedelta(seconds=125))
    run_worker()
    assert len(push.requests) == 2
    clock.set_offset(timedelta(seconds=140))
    run_worker()
    assert len(push.requests) == 3
    assert (Device.objects.count(), DeadLetter.objects.count()) == (1, 0)


def test_a_message_that_is_refused_for_good_is_a_dead_letter_and_others_go_out(client_for, pat, run_worker, push):
    odd, there = Browser(push, "odd"), Browser(push, "there")
    for each in (odd, there):
        each.turned_on(client_for(pat))
    push.by_path[odd.path] = Answer(413)
    tell(pat)
    run_worker()
    assert [letter.handler for letter in DeadLetter.objects.all()] == ["notifications.tasks.push_to"]
    assert (len(there.read()), Device.objects.count()) == (1, 2)


def test_a_redirect_is_not_followed(client_for, pat, run_worker, push):
    browser = Browser(push)
    browser.turned_on(client_for(pat))
    push.by_path[browser.path] = Answer(307, headers={"Location": f"{push.url}/elsewhere"})
    tell(pat)
    run_worker()
    assert push.to("/elsewhere") == []
    assert Device.objects.count() == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/1",
        "https://127.0.0.1/1",
        "https://10.0.0.8/1",
        "https://169.254.169.254/latest",
        "https://[::1]/1",
        "https://[::ffff:10.0.0.1]/1",
        "https://localhost/1",
        "https://db.internal/1",
        "https://user:pw@push.example.com/1",
        "https://push.example.com:8443/1",
        "ftp://push.example.com/1",
    ],
)
def test_push_cannot_be_aimed_at_our_own_network(client_for, pat, push, settings, endpoint):
    settings.PUSH_TO_PRIVATE_ADDRESSES = False
    subscription = {**Browser(push).subscription, "endpoint": endpoint}
    answer = client_for(pat).post(DEVICES, {"kind": "web_push", "subscription": subscription}, format="json")
    assert answer.status_code == 400
    assert Device.objects.count() == 0


def test_a_name_that_leads_inside_gets_not_one_byte(push, settings):
    settings.PUSH_TO_PRIVATE_ADDRESSES = False
    with guarded_session() as session, pytest.raises(Exception, match="private network"):
        session.post(f"{push.url.replace('127.0.0.1', 'localhost')}/push/x", data=b"secret", timeout=5)
    assert push.requests == []


def test_which_addresses_are_the_open_internet():
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")
    assert not any(is_public(each) for each in ("10.1.2.3", "127.0.0.1", "::1", "fe80::1%eth0", "::ffff:192.168.0.1"))
    assert not any(is_public(each) for each in ("100.64.0.1", "224.0.0.1", "0.0.0.0", "fd00::1"))


def test_an_endpoint_that_became_private_is_forgotten(client_for, pat, run_worker, push, settings):
    browser = Browser(push)
    browser.turned_on(client_for(pat))
    settings.PUSH_TO_PRIVATE_ADDRESSES = False
    tell(pat)
    run_worker()
    assert push.requests == []
    assert Device.objects.count() == 0


@pytest.mark.parametrize("name,value", [("p256dh", "AAAA"), ("auth", "not base64!"), ("auth", "")])
def test_keys_that_are_none_are_refused(client_for, pat, push, name, value):
    subscription = Browser(push).subscription
    subscription["keys"] = {**subscription["keys"], name: value}  # type: ignore[dict-item]
    answer = client_for(pat).post(DEVICES, {"kind": "web_push", "subscription": subscription}, format="json")
    assert answer.status_code == 400
    assert Device.objects.count() == 0


@pytest.mark.parametrize("body", [{}, {"kind": "fcm"}, {"kind": "web_push", "token": "x"}, {"kind": "pigeon"}])
def test_a_device_without_an_address_is_refused(client_for, pat, body):
    assert client_for(pat).post(DEVICES, body, format="json").status_code == 400
    assert Device.objects.count() == 0


def test_what_was_read_or_is_old_or_unwanted_is_not_pushed(client_for, pat, run_worker, push):
    client, browser = client_for(pat), Browser(push)
    browser.turned_on(client)
    tell(pat)
    client.post("/api/notifications/read-all/")
    run_worker()
    choose(client, ("offer.received", True, True, False))
    tell(pat)
    run_worker()
    choose(client, ("offer.received", True, True, True))
    tell(pat)
    clock.set_offset(timedelta(hours=25))
    run_worker()
    assert push.requests == []


def test_quiet_hours_keep_the_phone_silent_but_for_what_must_be_known(client_for, pat, run_worker, push):
    client, browser = client_for(pat), Browser(push)
    browser.turned_on(client)
    set_up(client, time_zone="Asia/Tokyo", quiet_from="23:00", quiet_to="06:00")
    night = datetime(2027, 5, 3, 15, 0, tzinfo=UTC)  # midnight in Tokyo
    clock.set_offset(night - clock.machine_now())
    tell(pat)
    tell(pat, FAILED)
    run_worker()
    assert [each["title"] for each in browser.read()] == ["Your payment failed"]
    clock.set_offset(night + timedelta(hours=6, minutes=1) - clock.machine_now())
    run_worker()
    assert [each["title"] for each in browser.read()][1:] == ["You have an offer of $1,000.00"]


def test_a_device_is_not_flooded(client_for, pat, run_worker, push, settings):
    settings.PUSH_PER_HOUR = 3
    browser = Browser(push)
    browser.turned_on(client_for(pat))
    for _ in range(5):
        tell(pat)
    tell(pat, FAILED)
    run_worker()
    assert len(push.requests) == 4
    assert browser.read()[-1]["title"] == "Your payment failed"
    clock.set_offset(timedelta(minutes=61))
    tell(pat)
    run_worker()
    assert len(push.requests) == 5


def test_a_device_is_mine_until_somebody_else_turns_it_on(client_for, pat, sam, run_worker, push):
    browser = Browser(push)
    browser.turned_on(client_for(pat))
    browser.turned_on(client_for(pat), name="Firefox at home")
    assert [each["name"] for each in client_for(pat).get(DEVICES).json()["devices"]] == ["Firefox at home"]
    tell(pat)
    browser.turned_on(client_for(sam))
    run_worker()
    assert push.requests == []
    assert client_for(pat).get(DEVICES).json()["devices"] == []


def test_a_stranger_cannot_see_nor_turn_off_my_device(client_for, pat, sam, push):
    device = Browser(push).turned_on(client_for(pat))["devices"][0]
    assert client_for(sam).get(DEVICES).json()["devices"] == []
    assert client_for(sam).delete(f"{DEVICES}{device['id']}/").status_code == 404
    assert Device.objects.count() == 1
    assert client_for(pat).delete(f"{DEVICES}{device['id']}/").status_code == 204
    assert Device.objects.count() == 0


def test_the_address_of_a_device_rests_sealed_and_is_shown_to_nobody(client_for, pat, push):
    browser = Browser(push)
    shown = browser.turned_on(client_for(pat))
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM notifications_device")
        (kept,) = cursor.fetchone()
    assert kept.startswith("e1.")
    assert str(browser.subscription["endpoint"]) not in json.dumps(shown)


def test_the_oldest_of_too_many_devices_is_forgotten(client_for, pat, push):
    for number in range(22):
        Browser(push, f"n{number}").turned_on(client_for(pat), name=str(number))
    names = [each["name"] for each in client_for(pat).get(DEVICES).json()["devices"]]
    assert names == [str(number) for number in range(21, 1, -1)]


def test_signing_out_turns_off_its_device_and_a_closed_account_all(client_for, pat, sam, ada, run_worker, push):
    for person in (pat, sam):
        for number in range(2):
            Browser(push, f"{person.known_id().hex}-{number}").turned_on(client_for(person))
    here = uuid7()
    Device.objects.filter(pk=Device.objects.filter(user_id=pat.id).earliest("pk").pk).update(session_id=here)
    with edge_transaction():
        users.deactivate_person(actor=ada, user_id=sam.known_id(), reason="Closed.")
        publish(UserSignedOut(user_id=pat.known_id(), session_id=here, reason="signed_out"))
    run_worker()
    (left,) = Device.objects.all()
    assert (left.user_id, left.session_id == here) == (pat.id, False)


def test_the_key_of_a_development_marketplace_is_made_once_and_kept(settings, tmp_path):
    settings.DATA_DIR, settings.VAPID_PRIVATE_KEY = tmp_path, ""
    first = vapid.public_key()
    assert len(base64.urlsafe_b64decode(first + "=")) == 65
    assert vapid.public_key() == first
    assert (tmp_path / "vapid.key").stat().st_mode & 0o777 == 0o600
    settings.PRODUCTION = True
    assert vapid.public_key() == ""


def test_a_sandbox_keeps_what_it_pushed_to_be_looked_at(client_for, pat, run_worker, push, settings, tmp_path):
    settings.DATA_DIR, settings.EMAIL_BACKEND = tmp_path, "jobsphere.mail.mailbox.QuietMailBackend"
    Browser(push).turned_on(client_for(pat))
    tell(pat)
    run_worker()
    kept = next(each for each in mailbox.kept() if each.kind == "push")
    assert (kept.to, kept.subject) == (f"{pat.name} (Firefox)", "You have an offer of $1,000.00")
    assert kept.headers["unread"] == "1"
    assert Notification.objects.count() == 1
