"""Firebase Cloud Messaging, HTTP v1: google-auth proves who we are, httpx carries the messages."""

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from threading import Lock
from typing import Any

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from google.auth import exceptions, transport
from google.oauth2 import service_account

from jobsphere.notifications.push.errors import Busy, Gone, asked_delay
from jobsphere.notifications.push.web_push import topic_of
from jobsphere.notifications.rules import PUSH_LIFETIME
from jobsphere.notifications.types import PushMessage
from jobsphere.outbox.errors import GiveUp

_SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
_TIMEOUT = httpx.Timeout(10.0)
_ERROR_TYPE = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
#: The app is gone from the phone, the token was never one, or it belongs to another project.
_ENDED = frozenset({"UNREGISTERED", "INVALID_ARGUMENT", "SENDER_ID_MISMATCH"})


def is_set_up() -> bool:
    """Say whether phones can be reached."""
    return bool(settings.FCM_CREDENTIALS)


def send(token: str, message: PushMessage) -> None:
    """Send one message to one phone. Raises Gone, Busy, GiveUp, and what the connection raises."""
    if not is_set_up():
        raise GiveUp("There are no FCM_CREDENTIALS.")
    sender = _sender(settings.FCM_CREDENTIALS)
    answer = httpx.post(
        f"{settings.FCM_URL}/v1/projects/{sender.project}/messages:send",
        json={"message": body_of(token, message)},
        headers={"Authorization": f"Bearer {sender.access_token()}"},
        timeout=_TIMEOUT,
    )
    if answer.status_code != 200:
        _judge(answer, sender)


def body_of(token: str, message: PushMessage) -> dict[str, Any]:
    """Return the message as FCM takes it; `data` is what the app opens when it is tapped."""
    seconds = int(PUSH_LIFETIME.total_seconds())
    tag = topic_of(message.tag)
    return {
        "token": token,
        "notification": {"title": message.title, "body": message.body},
        "data": {"id": str(message.id), "link": message.link, "unread": str(message.unread)},
        "android": {
            "collapse_key": tag,
            "priority": "HIGH" if message.urgent else "NORMAL",
            "ttl": f"{seconds}s",
            "notification": {"tag": tag},
        },
        "apns": {
            "headers": {"apns-collapse-id": tag, "apns-priority": "10" if message.urgent else "5"},
            "payload": {"aps": {"badge": message.unread, "thread-id": tag}},
        },
    }


class _Sender:
    """Our service account; its access token is good for an hour and renewed a little before."""

    def __init__(self, credentials: str) -> None:
        try:
            info = json.loads(credentials)
            self.project: str = info["project_id"]
            self._account = service_account.Credentials.from_service_account_info(info, scopes=[_SCOPE])
        except (ValueError, KeyError, exceptions.MalformedError) as error:
            raise ImproperlyConfigured("FCM_CREDENTIALS is not the JSON of a Google service account.") from error
        self._lock = Lock()

    def access_token(self) -> str:
        """Return a token that is good; one thread at a time asks for a new one."""
        with self._lock:
            if not self._account.valid:
                self._account.refresh(_HttpxTransport())
            return str(self._account.token)

    def forget_token(self) -> None:
        """Ask for a new token next time."""
        with self._lock:
            self._account.token = None


@lru_cache(maxsize=2)
def _sender(credentials: str) -> _Sender:
    return _Sender(credentials)


class _HttpxTransport(transport.Request):
    """What google-auth asks for tokens with."""

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **kwargs: Any,
    ) -> "_Answer":
        try:
            return _Answer(httpx.request(method, url, content=body, headers=headers, timeout=timeout or _TIMEOUT))
        except httpx.HTTPError as error:
            raise exceptions.TransportError(error) from error


class _Answer(transport.Response):
    """An answer in google-auth's shape."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status_code

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def data(self) -> bytes:
        return self._answer.content


def _judge(answer: httpx.Response, sender: _Sender) -> None:
    code = _code_of(answer)
    if code in _ENDED:
        raise Gone(f"FCM answers {code}.")
    if answer.status_code == 429 or answer.status_code == 503:
        raise Busy(asked_delay(answer.headers.get("Retry-After")))
    if answer.status_code == 401:
        sender.forget_token()
        raise Busy(timedelta(seconds=5))
    if answer.status_code < 500:
        raise GiveUp(f"FCM refuses the message: {answer.status_code} {answer.text[:200]}")
    answer.raise_for_status()


def _code_of(answer: httpx.Response) -> str:
    """Return FCM's own code; a bad request of ours has details of another type, and is no fault of the token."""
    try:
        details = answer.json()["error"].get("details", [])
    except (ValueError, KeyError, AttributeError):
        return ""
    return next((each.get("errorCode", "") for each in details if each.get("@type") == _ERROR_TYPE), "")
