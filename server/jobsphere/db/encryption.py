"""Sealing of single values, with a key that lives outside of the database (AES-256-GCM).

    sealed = seal("JBSWY3DP", context="users_totp.secret:0193…")     # "e1.<key id>.<base64>"
    unseal(sealed, context="users_totp.secret:0193…")                # "JBSWY3DP"

The context is authenticated, not stored: a sealed value that is copied into another row, column or table does not
open there. `settings.ENCRYPTION_KEYS` lists the keys: the first seals, all of them open (docs/operations.md).
"""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

#: What a sealed text begins with; the number is the format's.
MARK = "e1"
#: What a sealed file begins with: the mark, then 8 characters of key id.
FILE_MARK = b"JSE1"
KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID_LENGTH = 8


class CannotUnseal(RuntimeError):
    """A sealed value does not open: its key is not in ENCRYPTION_KEYS, or it was changed or moved; a fault of ours."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys by their id; `current` seals. An id is the beginning of the key's own hash: nobody has to name keys."""

    current: str
    keys: dict[str, AESGCM]


def new_key() -> str:
    """Return a new random key as ENCRYPTION_KEYS wants it."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def key_ring() -> KeyRing:
    """Return the keys of the settings; raises ImproperlyConfigured when there is none or one is malformed."""
    return _ring(tuple(settings.ENCRYPTION_KEYS))


def seal(text: str, *, context: str) -> str:
    """Return the text sealed for this context."""
    key_id = key_ring().current
    return f"{MARK}.{key_id}.{_to_text(seal_with(key_id, text.encode(), context=context))}"


def unseal(sealed: str, *, context: str) -> str:
    """Return the text; raises CannotUnseal for another context, a key that we do not have, or what is not sealed."""
    mark, _, rest = sealed.partition(".")
    key_id, _, payload = rest.partition(".")
    if mark != MARK or not payload:
        raise CannotUnseal("This is no sealed value.")
    return unseal_with(key_id, _from_text(payload), context=context).decode()


def seal_with(key_id: str, content: bytes, *, context: str) -> bytes:
    """Return bytes sealed with one of our keys; they do not name it, so the caller keeps the id (encryption_files)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _key_named(key_id).encrypt(nonce, content, context.encode())


def unseal_with(key_id: str, payload: bytes, *, context: str) -> bytes:
    """Return the bytes again; raises CannotUnseal like `unseal`."""
    try:
        return _key_named(key_id).decrypt(payload[:_NONCE_BYTES], payload[_NONCE_BYTES:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal("A sealed value was changed, or moved to another place.") from error


def current_prefix() -> str:
    """Return what every text begins with that is sealed with the current key; rotation looks for the others."""
    return f"{MARK}.{key_ring().current}."


def is_current(head: bytes) -> bool:
    """Say by its first FILE_HEAD bytes whether a file is sealed with the current key."""
    return head.startswith(FILE_MARK + key_ring().current.encode())


#: How many bytes of a file `is_current` needs.
FILE_HEAD = len(FILE_MARK) + _KEY_ID_LENGTH


@lru_cache(maxsize=8)
def _ring(encoded: tuple[str, ...]) -> KeyRing:
    if not encoded:
        raise ImproperlyConfigured("ENCRYPTION_KEYS is empty: set it to a key from `manage.py rotate-keys --new-key`.")
    raw = [_key(each) for each in encoded]
    ids = [hashlib.sha256(each).hexdigest()[:_KEY_ID_LENGTH] for each in raw]
    return KeyRing(ids[0], {key_id: AESGCM(each) for key_id, each in zip(ids, raw, strict=True)})


def _key(encoded: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(encoded)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured("A key in ENCRYPTION_KEYS is not URL-safe base64.") from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"A key in ENCRYPTION_KEYS has {len(key)} bytes; it must have {KEY_BYTES}.")
    return key


def _key_named(key_id: str) -> AESGCM:
    key = key_ring().keys.get(key_id)
    if key is None:
        raise CannotUnseal(f"No key of ENCRYPTION_KEYS has the id {key_id[:_KEY_ID_LENGTH]!r}.")
    return key


def _to_text(payload: bytes) -> str:
    return base64.urlsafe_b64encode(payload).decode().rstrip("=")


def _from_text(payload: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    except (binascii.Error, ValueError) as error:
        raise CannotUnseal("A sealed value was changed.") from error
