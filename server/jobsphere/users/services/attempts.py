"""Attempts at secrets, counted before the secret is looked at, so that parallel guesses cannot outrun the limit.

Counted so that nobody can lock others out: a device on which a person has signed in before has attempts of its own,
which strangers cannot use up; all strangers together share the account's (docs/adr/0015).
"""

import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.users import rules, tokens
from jobsphere.users.errors import TooManyAttempts
from jobsphere.users.models import AttemptCounter, KnownDevice
from jobsphere.users.rules import Limit, credential_now
from jobsphere.users.types import Device

#: A limit, and for whom it counts.
Counted = tuple[Limit, str]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Attempts that were taken; a success gives them back."""

    counted: tuple[Counted, ...]


def begin_sign_in_attempt(*, email: str, device: Device) -> Attempt:
    """Take an attempt at the password of an address, registered or not; raises TooManyAttempts."""
    email = email.strip().lower()
    if is_known_device(device, user__email=email):
        return _take(_each(rules.KNOWN_DEVICE, f"{tokens.fingerprint(device.token)}:{email}"))
    network = network_of(device.address)
    return _take(
        [
            *_each(rules.UNKNOWN_PAIR, f"{network}:{email}"),
            *_each(rules.UNKNOWN_ACCOUNT, email),
            *_each(rules.ADDRESS, network),
        ]
    )


def begin_factor_attempt(*, user_id: UUID, device: Device) -> Attempt:
    """Take an attempt at the second factor of a person; raises TooManyAttempts."""
    if is_known_device(device, user_id=user_id):
        return _take(_each(rules.SECOND_FACTOR_KNOWN, f"{tokens.fingerprint(device.token)}:{user_id}"))
    return _take(_each(rules.SECOND_FACTOR_UNKNOWN, str(user_id)))


def begin_reauthentication_attempt(*, session_id: UUID) -> Attempt:
    """Take an attempt to confirm a session; raises TooManyAttempts."""
    return _take(_each(rules.REAUTHENTICATION, str(session_id)))


def give_back(attempt: Attempt | None) -> None:
    """Undo the count of an attempt that was right."""
    for limit, subject in attempt.counted if attempt else ():
        key = _key(limit, subject)
        AttemptCounter.objects.filter(key=key, used__gt=0).update(used=F("used") - 1)


def forget_failures(*, user_id: UUID, email: str) -> None:
    """End the wait of strangers for this account: whoever reads its letters has just set a new password."""
    counted = [*_each(rules.UNKNOWN_ACCOUNT, email), *_each(rules.SECOND_FACTOR_UNKNOWN, str(user_id))]
    AttemptCounter.objects.filter(key__in=[_key(*each) for each in counted]).delete()


def failures_from(device: Device) -> int:
    """Return how many attempts from this address were not right lately."""
    (limit,) = rules.ADDRESS
    row = AttemptCounter.objects.filter(key=_key(limit, network_of(device.address))).first()
    return row.used if row and credential_now() < limit.free_at(row.began_at) else 0


def network_of(address: str | None) -> str:
    """Return whose attempts count together: an IPv4 address, or the /64 that an IPv6 household has."""
    if not address:
        return "unknown"
    parsed = ipaddress.ip_address(address)
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


def is_known_device(device: Device, **whose: object) -> bool:
    """Say whether this person has signed in on this device before."""
    if not device.token:
        return False
    return KnownDevice.objects.filter(token_fingerprint=tokens.fingerprint(device.token), **whose).exists()


def _each(limits: Sequence[Limit], subject: str) -> list[Counted]:
    return [(limit, subject) for limit in limits]


def _take(counted: Sequence[Counted]) -> Attempt:
    """Take one attempt of each limit, or raise and (by the rollback) take none."""
    require_transaction()
    for limit, subject in counted:
        _take_one(limit, _key(limit, subject))
    return Attempt(tuple(counted))


def _take_one(limit: Limit, key: str) -> None:
    moment = credential_now()
    stale = moment - limit.period
    within = {"key": key, "began_at__gt": stale, "used__lt": limit.allowed}
    if update_where(AttemptCounter, within, used=F("used") + 1):
        return
    if update_where(AttemptCounter, {"key": key, "began_at__lte": stale}, used=1, began_at=moment):
        return
    try:
        with savepoint():
            AttemptCounter.objects.create(key=key, used=1, began_at=moment)
        return
    except IntegrityError:  # it exists: used up, or made by somebody else just now
        if update_where(AttemptCounter, within, used=F("used") + 1):
            return
    began_at = AttemptCounter.objects.values_list("began_at", flat=True).get(key=key)
    seconds = max(1, int((limit.free_at(began_at) - moment).total_seconds()) + 1)
    raise TooManyAttempts(
        f"Too many wrong attempts. Wait {_words(seconds)}, use a device that you have signed in on before, or ask for"
        " a new password by e-mail.",
        retry_after=seconds,
    )


def _words(seconds: int) -> str:
    return f"{seconds} seconds" if seconds < 120 else f"{(seconds + 59) // 60} minutes"


def _key(limit: Limit, subject: str) -> str:
    return hmac.new(tokens.derived_key("attempts"), f"{limit.name}:{subject}".encode(), "sha256").hexdigest()
