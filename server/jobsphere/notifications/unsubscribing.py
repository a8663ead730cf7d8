"""The link in a letter that ends letters of its kind with one click, without signing in (RFC 8058)."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing

from jobsphere.kit.errors import NotFound
from jobsphere.notifications.rules import CATALOGUE

ALL = "all"
_SALT = "notifications.unsubscribe"


@dataclass(frozen=True, slots=True)
class Link:
    """Whose letters, and which: a type, or all that are not required."""

    user_id: UUID
    scope: str


def token_for(user_id: UUID, scope: str) -> str:
    """Return the signed token of a link. It does not expire: an old letter must still be a way out."""
    return signing.dumps([user_id.hex, scope], salt=_SALT)


def one_click_url(user_id: UUID, scope: str) -> str:
    """Return the address that mail programs post to, for the header."""
    return f"{settings.PUBLIC_URL}/api/notifications/unsubscribe/?{urlencode({'token': token_for(user_id, scope)})}"


def page_url(token: str) -> str:
    """Return the page for people; behind the # it is in no log and no referrer."""
    return f"{settings.PUBLIC_URL}/unsubscribe#token={token}"


def opened(token: str) -> Link:
    """Return what a token says; raises NotFound for one that we have not signed."""
    try:
        user_id, scope = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This link is not one of ours, or it was cut off. Change it in your settings.") from error
    return Link(UUID(user_id), scope)


def scopes() -> list[str]:
    """Return what links there are."""
    return [ALL, *(kind.value for kind, topic in CATALOGUE.items() if not topic.required)]
