"""Which addresses push may go to. A browser names its own, so they are not to be trusted (SSRF)."""

import base64
import binascii
import ipaddress
import socket
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.notifications.types import DeviceKind

#: RFC 8291: an uncompressed point of P-256, and the secret of the subscription.
_KEY_BYTES = {"p256dh": 65, "auth": 16}


class PrivateAddress(Exception):
    """A push endpoint led into a private network; nothing was sent."""


def check_address(kind: DeviceKind, address: Mapping[str, Any]) -> None:
    """Raise InvalidInput for what can be no device of this kind, or what push must not be sent to."""
    if kind == DeviceKind.FCM:
        return
    errors = [
        FieldError(f"/subscription/keys/{name}", "malformed", "This is no key of a push subscription.")
        for name, size in _KEY_BYTES.items()
        if len(_bytes(str(address["keys"].get(name, "")))) != size
    ]
    if not _may_be_public(str(address["endpoint"])):
        detail = "A push service is reached over https at a public address."
        errors.append(FieldError("/subscription/endpoint", "not-public", detail))
    if errors:
        raise InvalidInput(errors)


def guarded_session() -> requests.Session:
    """Return a session that follows no redirect, and hangs up before it has said a word to a private address.

    The address is looked at once the connection stands: a name that says something else each time cannot slip through.
    """
    session = requests.Session()
    session.max_redirects = 0
    session.trust_env = False
    for scheme in ("https://", "http://"):
        session.mount(scheme, _GuardedAdapter())
    return session


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def _may_be_public(endpoint: str) -> bool:
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if settings.PUSH_TO_PRIVATE_ADDRESSES:
        return parts.scheme in ("http", "https") and bool(host)
    if parts.scheme != "https" or port not in (None, 443) or parts.username or "." not in host:
        return False
    try:
        return is_public(host)
    except ValueError:  # a name, which is looked at when it is called
        return not host.endswith((".local", ".internal", ".localhost"))


def _guard(connected: socket.socket) -> socket.socket:
    peer = connected.getpeername()[0]
    if not settings.PUSH_TO_PRIVATE_ADDRESSES and not is_public(peer):
        connected.close()
        raise PrivateAddress("The push endpoint leads into a private network.")
    return connected


class _GuardedHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _guard(super()._new_conn())


class _GuardedHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _guard(super()._new_conn())


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS


class _GuardedAdapter(HTTPAdapter):
    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
