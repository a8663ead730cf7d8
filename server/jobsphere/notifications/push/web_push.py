"""Web Push: encrypted for the browser alone (RFC 8291), signed by our key (RFC 8292), through pywebpush."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import requests
from django.conf import settings
from pywebpush import WebPushException, webpush

from jobsphere.notifications.push import vapid
from jobsphere.notifications.push.addresses import PrivateAddress, guarded_session
from jobsphere.notifications.push.errors import Busy, Gone, asked_delay
from jobsphere.notifications.rules import PUSH_LIFETIME
from jobsphere.notifications.types import PushMessage
from jobsphere.outbox.errors import GiveUp

_TIMEOUT_SECONDS = 10
#: The subscription has ended; it was made with another key of ours, or by nobody; or its endpoint has moved.
_ENDED = frozenset({301, 302, 307, 308, 401, 403, 404, 410})


def send(subscription: Mapping[str, Any], message: PushMessage) -> None:
    """Send one message to one browser. Raises Gone, Busy, GiveUp, and what the connection raises."""
    ours = vapid.key()
    if ours is None:
        raise GiveUp("There is no VAPID_PRIVATE_KEY.")
    with guarded_session() as session:
        try:
            webpush(
                dict(subscription),
                data=json.dumps(message.to_json(), ensure_ascii=False),
                vapid_private_key=ours,
                vapid_claims={"sub": settings.VAPID_SUBJECT},
                headers={"Urgency": "high" if message.urgent else "normal", "Topic": topic_of(message.tag)},
                ttl=int(PUSH_LIFETIME.total_seconds()),
                timeout=_TIMEOUT_SECONDS,
                requests_session=session,
            )
        except PrivateAddress as error:
            raise Gone(str(error)) from error
        except requests.TooManyRedirects as error:
            raise Gone("The push endpoint wants to lead us elsewhere.") from error
        except WebPushException as error:
            _judge(error)


def topic_of(tag: str) -> str:
    """Return the collapse key of a tag: 32 letters at most (RFC 8030, 5.4), and nothing that can be read."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()).decode()[:32]


def _judge(error: WebPushException) -> None:
    status = error.status_code
    if status in _ENDED:
        raise Gone(f"The push service answers {status}.") from error
    if status == 429 or status == 503:
        raise Busy(asked_delay(error.retry_after)) from error
    if status is None or status < 500:
        # Our request is wrong, or the subscription's keys are: trying again makes it no better.
        raise GiveUp(f"The push service refuses the message: {status or error.message}.") from error
    raise error
