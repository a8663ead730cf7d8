"""Time-based one-time passwords (RFC 6238: SHA-1, six digits, thirty seconds), as every authenticator app has them."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from qrcode import QRCode
from qrcode.image.svg import SvgPathImage

PERIOD = 30
DIGITS = 6
#: How many half minutes a phone's clock may be off, each way.
TOLERANCE = 1


def new_totp_secret() -> str:
    """Return 160 random bits in base32, which is what apps and people can read."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """Return the digits of one half minute."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_at(moment: datetime) -> int:
    """Return the half minute of a moment."""
    return int(moment.timestamp()) // PERIOD


def matching_step(secret: str, code: str, moment: datetime) -> int | None:
    """Return the half minute that shows these digits, near this moment; None when none does."""
    found = None
    for step in range(step_at(moment) - TOLERANCE, step_at(moment) + TOLERANCE + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            found = step
    return found


def otpauth_uri(secret: str, *, issuer: str, account: str) -> str:
    """Return the address that a QR code hands to an authenticator app."""
    label = quote(f"{issuer}:{account}", safe="@:")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


def qr_svg(text: str) -> str:
    """Return a QR code as SVG, black on white, to be shown as an image."""
    code = QRCode(border=2)
    code.add_data(text)
    drawn: bytes = code.make_image(image_factory=SvgPathImage).to_string()
    return drawn.decode()
