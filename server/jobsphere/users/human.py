"""Something a client must do before another try, after failures: an interface, and one check that needs nobody else.

A CAPTCHA of some service is another class with the same two methods.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import cache

from jobsphere.users import tokens
from jobsphere.users.rules import credential_now

#: Where the answer to a challenge is sent.
HEADER = "X-Proof-Of-Work"
LIFETIME = 300


class HumanCheck(Protocol):
    """Tells people (or at least patient machines) from floods."""

    def challenge(self) -> dict[str, Any]:
        """Return what the client must solve, as the fields of a problem."""

    def passes(self, answer: str) -> bool:
        """Say whether the answer solves a challenge of ours that nobody has used."""


@dataclass(frozen=True, slots=True)
class ProofOfWork:
    """Find a nonce so that SHA-256 of "<challenge>:<nonce>" begins with so many zero bits (as Hashcash does)."""

    bits: int

    def challenge(self) -> dict[str, Any]:
        """Return a fresh challenge; it is signed, so we need not keep it."""
        body = f"{self.bits}.{int(credential_now().timestamp()) + LIFETIME}.{tokens.new_secret()}"
        return {"challenge": f"{body}.{_mark(body)}", "bits": self.bits, "algorithm": "sha256", "header": HEADER}

    def passes(self, answer: str) -> bool:
        """Check our mark, the time, the work, and that it is the first use."""
        challenge, _, nonce = answer.rpartition(":")
        body, _, mark = challenge.rpartition(".")
        if not nonce or not hmac.compare_digest(mark.encode(), _mark(body).encode()):
            return False
        bits, ends, _ = body.split(".")
        if int(ends) < credential_now().timestamp() or leading_zero_bits(answer) < int(bits):
            return False
        return bool(cache.add(f"work:{hashlib.sha256(challenge.encode()).hexdigest()}", 1, LIFETIME))


def human_check() -> HumanCheck | None:
    """Return the check that the operator chose; None when nobody is asked."""
    return ProofOfWork(settings.PROOF_OF_WORK_BITS) if settings.PROOF_OF_WORK == "after-failures" else None


def leading_zero_bits(text: str) -> int:
    """Return with how many zero bits the SHA-256 of a text begins."""
    digest = hashlib.sha256(text.encode()).digest()
    return 256 - int.from_bytes(digest, "big").bit_length()


def _mark(body: str) -> str:
    return hmac.new(tokens.derived_key("proof-of-work"), body.encode(), "sha256").hexdigest()
