"""Push messages to phones through a local Firebase: google-auth and httpx are the real ones (R87)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from jobsphere.kit import clock
from jobsphere.notifications.models import Device
from jobsphere.notifications.tests.servers import Answer, Service, service
from jobsphere.notifications.tests.telling import FAILED, tell
from jobsphere.outbox.models import DeadLetter

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = "/api/notifications/devices/"


@pytest.fixture
def firebase(settings: Any) -> Iterator[Service]:
    """A Firebase on this machine, and a service account that it knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    with service(Answer(200, {"name": "projects/handy/messages/1"})) as running:
        running.by_path["/token"] = Answer(200, {"access_token": "a-token", "expires_in": 3600, "token_type": "Bearer"})
        settings.FCM_URL = running.url
        settings.FCM_CREDENTIALS = json.dumps(
            {
                "type": "service_account",
                "project_id": "handy",
                "private_key_id": "1",
                "private_key": pem,
                "client_email": "push@handy.iam.gserviceaccount.com",
                "client_id": "1",
                "token_uri": f"{running.url}/token",
            }
        )
        yield running


SEND = "/v1/projects/handy/messages:send"


def fcm_error(status: int, code: str, kind: str = "type.googleapis.com/google.firebase.fcm.v1.FcmError") -> Answer:
    return Answer(status, {"error": {"code": status, "details": [{"@type": kind, "errorCode": code}]}})


def test_a_phone_gets_its_message_through_firebase(client_for, pat, run_worker, firebase):
    client_for(pat).post(DEVICES, {"kind": "fcm", "token": "phone-1", "name": "Pixel"}, format="json")
    told = tell(pat)
    tell(pat, FAILED)
    run_worker()
    first, second = (each.json()["message"] for each in firebase.to(SEND))
    assert first["token"] == "phone-1"
    assert first["notification"] == {"title": "You have an offer of $1,000.00", "body": "Repair the tap"}
    assert first["data"]["id"] == str(told)
    assert (first["android"]["priority"], second["android"]["priority"]) == ("HIGH", "NORMAL")
    assert {each.headers["authorization"] for each in firebase.to(SEND)} == {"Bearer a-token"}
    (asked,) = firebase.to("/token")  # one token for both
    claims = jwt.decode(asked.form()["assertion"][0], options={"verify_signature": False})
    assert claims["scope"] == "https://www.googleapis.com/auth/firebase.messaging"
    assert claims["iss"] == "push@handy.iam.gserviceaccount.com"


@pytest.mark.parametrize(
    "answer", [fcm_error(404, "UNREGISTERED"), fcm_error(400, "INVALID_ARGUMENT"), fcm_error(403, "SENDER_ID_MISMATCH")]
)
def test_a_phone_that_is_gone_is_forgotten(client_for, pat, run_worker, firebase, answer):
    client_for(pat).post(DEVICES, {"kind": "fcm", "token": "phone-1"}, format="json")
    firebase.by_path[SEND] = answer
    tell(pat)
    run_worker()
    assert (Device.objects.count(), DeadLetter.objects.count()) == (0, 0)


def test_a_bad_request_of_ours_is_no_fault_of_the_phone(client_for, pat, run_worker, firebase):
    client_for(pat).post(DEVICES, {"kind": "fcm", "token": "phone-1"}, format="json")
    firebase.by_path[SEND] = fcm_error(400, "", kind="type.googleapis.com/google.rpc.BadRequest")
    tell(pat)
    run_worker()
    assert (Device.objects.count(), DeadLetter.objects.count()) == (1, 1)


def test_an_access_token_that_was_revoked_is_renewed(client_for, pat, run_worker, firebase):
    client_for(pat).post(DEVICES, {"kind": "fcm", "token": "phone-1"}, format="json")
    firebase.answers = [Answer(401, {"error": {}}), Answer(503, headers={"Retry-After": "7"})]
    tell(pat)
    run_worker()
    clock.set_offset(timedelta(seconds=6))
    run_worker()
    clock.set_offset(timedelta(seconds=14))
    run_worker()
    assert (len(firebase.to(SEND)), len(firebase.to("/token"))) == (3, 2)


def test_without_firebase_a_phones_message_is_a_dead_letter_that_can_be_replayed(client_for, pat, run_worker):
    client_for(pat).post(DEVICES, {"kind": "fcm", "token": "phone-1"}, format="json")
    tell(pat)
    run_worker()
    assert "FCM_CREDENTIALS" in DeadLetter.objects.get().error
