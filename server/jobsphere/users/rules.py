"""Pure rules of sign-in: purposes of codes, limits of attempts, rights of staff, and which clock credentials obey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from jobsphere.kit import clock
from jobsphere.kit.actor import CONTRACTOR, CUSTOMER

#: A role that a person may give to themselves.
OPEN_ROLES = (CUSTOMER, CONTRACTOR)

CODE_LENGTH = 6
CODE_ATTEMPTS = 5
CODE_LIFETIME = timedelta(minutes=10)
#: Letters with a code in an hour: to one address for one asker, and to one address in all. Nobody's mailbox is
#: flooded, nobody can use up another's letters, and five guesses a letter at one in a million stay hopeless.
LETTERS_PER_ASKER = 5
LETTERS_PER_ADDRESS = 20
LETTERS_PERIOD = timedelta(hours=1)
#: The wait before the next letter to the same address, by how many the same asker got within the period.
LETTER_WAITS = tuple(timedelta(seconds=seconds) for seconds in (0, 30, 60, 120, 240))
#: Steps of a sign-in that are open: a second factor, a passkey's challenge, the way to Google and back.
STEP_LIFETIME = timedelta(minutes=10)
STEP_ATTEMPTS = 5
RECOVERY_CODES = 10
#: Signed into the link of a new-device letter.
NOT_ME_LIFETIME = timedelta(days=7)


class Right(StrEnum):
    """What staff may be allowed; administrators hold all of them."""

    #: People: find them, close and open their accounts.
    USERS = "users"
    #: Jobs and contracts of everybody, to read.
    SUPPORT = "support"
    #: The books, and decisions about other people's money.
    FINANCE = "finance"
    #: What the marketplace charges.
    COMMISSION = "commission"
    #: The audit trail.
    AUDIT = "audit"
    #: The queue and how the marketplace is set up.
    OPERATIONS = "operations"
    #: The papers that contractors prove themselves with.
    VERIFICATION = "verification"
    #: Reports about people, restrictions and appeals.
    MODERATION = "moderation"


class CodePurpose(StrEnum):
    """What a one-time code proves."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  not a secret
    #: Proves nothing: the answer to registering an address that has an account is a letter that says so.
    ALREADY_REGISTERED = "already_registered"
    #: Proves that who came from Google or Facebook reads the letters of the account that has the same address.
    LINK_SOCIAL = "link_social"


class SessionEnd(StrEnum):
    """Why a session was revoked."""

    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    REUSE_DETECTED = "reuse_detected"
    PASSWORD_RESET = "password_reset"  # noqa: S105  not a secret
    DEACTIVATED = "deactivated"
    NOT_ME = "not_me"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  not a secret


class Client(StrEnum):
    """Where the refresh token is kept: a cookie that no script reads, or the keychain of a phone."""

    WEB = "web"
    MOBILE = "mobile"


class Method(StrEnum):
    """How a session was opened, or a person shown to be who they are."""

    PASSWORD = "password"  # noqa: S105  not a secret
    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    SOCIAL = "social"


class StepPurpose(StrEnum):
    """What an open step of a sign-in waits for."""

    SECOND_FACTOR = "second_factor"
    ADD_PASSKEY = "add_passkey"
    PASSKEY_SIGN_IN = "passkey_sign_in"
    REAUTHENTICATE = "reauthenticate"
    SOCIAL = "social"
    SOCIAL_FINISH = "social_finish"


class Notice(StrEnum):
    """What a person is always told about their credentials, by letter."""

    PASSWORD_CHANGED = "password_changed"  # noqa: S105  not a secret
    TOTP_ON = "totp_on"
    TOTP_OFF = "totp_off"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    TOTP_REUSED = "totp_reused"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    SOCIAL_LINKED = "social_linked"
    SOCIAL_UNLINKED = "social_unlinked"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts in a period that begins with the first of them."""

    name: str
    allowed: int
    period: timedelta

    def count(self, used: int, began_at: datetime, moment: datetime) -> int | None:
        """Return the count with one more attempt (1 begins a new period), or None: there are none left."""
        if moment >= began_at + self.period:
            return 1
        return used + 1 if used < self.allowed else None

    def free_at(self, began_at: datetime) -> datetime:
        """Return when a used-up period ends."""
        return began_at + self.period


_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
#: A device that the person has signed in on before has attempts of its own, so strangers cannot use them up.
KNOWN_DEVICE = (Limit("known-device", 10, _QUARTER), Limit("known-device-day", 50, _DAY))
#: From one address for one account; for one account from all unknown devices together; from one address in all.
UNKNOWN_PAIR = (Limit("pair", 10, _QUARTER),)
UNKNOWN_ACCOUNT = (Limit("account", 30, _HOUR), Limit("account-day", 100, _DAY))
ADDRESS = (Limit("address", 100, _QUARTER),)
#: A second factor has only a million values, so fewer guesses; who makes them has the password already.
SECOND_FACTOR_KNOWN = (Limit("factor-device", 10, _QUARTER), Limit("factor-device-day", 30, _DAY))
SECOND_FACTOR_UNKNOWN = (Limit("factor-account", 10, _HOUR), Limit("factor-account-day", 30, _DAY))
#: Within a session that is open: a thief of it cannot use up what the other sessions have.
REAUTHENTICATION = (Limit("reauthenticate", 5, _QUARTER), Limit("reauthenticate-day", 20, _DAY))
#: Failures from one address after which a client must show some work, where the operator wants it.
EASY_FAILURES = 3


def letter_wait(sent: Sequence[datetime], moment: datetime, *, growing: bool = True) -> timedelta:
    """Return how long to wait before the next letter, when these were sent in the period, newest first.

    `growing`: also between two letters, longer each time.
    """
    if len(sent) >= LETTERS_PER_ASKER:
        return max(timedelta(0), sent[LETTERS_PER_ASKER - 1] + LETTERS_PERIOD - moment)
    if not sent or not growing:
        return timedelta(0)
    return max(timedelta(0), sent[0] + LETTER_WAITS[len(sent)] - moment)


def clean_name(name: str) -> str:
    """Return a name on one line: it stands in letters, headers and lists."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def credential_now() -> datetime:
    """Return the machine's own time, which credentials obey.

    A rehearsal may move the marketplace's clock by weeks; that must neither sign people out nor let an expired
    token live again (docs/adr/0003).
    """
    return clock.machine_now()
