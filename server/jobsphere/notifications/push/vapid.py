"""The key by which push services know us (RFC 8292): from the settings, or made once and kept in DATA_DIR."""

import base64
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from py_vapid import Vapid02, VapidException


def key() -> Vapid02 | None:
    """Return the marketplace's key; None in production where none is set, so that nobody is offered Web Push."""
    if settings.VAPID_PRIVATE_KEY:
        return _read(settings.VAPID_PRIVATE_KEY)
    if settings.PRODUCTION:
        return None
    return _read(_kept(Path(settings.DATA_DIR) / "vapid.key"))


def public_key() -> str:
    """Return what browsers subscribe with; empty where there is no Web Push."""
    ours = key()
    if ours is None:
        return ""
    point = ours.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def new_private_key() -> str:
    """Return a fresh private key as VAPID_PRIVATE_KEY wants it."""
    fresh = Vapid02()
    fresh.generate_keys()
    number = fresh.private_key.private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


@lru_cache(maxsize=4)
def _read(text: str) -> Vapid02:
    try:
        if "BEGIN" in text:
            return Vapid02.from_pem(text.encode())
        return Vapid02.from_raw(text.encode())
    except (VapidException, ValueError) as error:
        raise ImproperlyConfigured("VAPID_PRIVATE_KEY is no private key of P-256 (base64url or PEM).") from error


def _kept(path: Path) -> str:
    """Return the key of the file, which the first process that needs it makes whole and then puts in its place."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(new_private_key(), encoding="ascii")
        with suppress(FileExistsError):  # another process was faster
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()
