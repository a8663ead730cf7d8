"""Pure rules of sign-in: purposes of codes, rights of staff, why a session ended, and which clock credentials obey."""

from datetime import datetime, timedelta
from enum import StrEnum

from jobsphere.kit import clock
from jobsphere.kit.actor import CONTRACTOR, CUSTOMER

#: A role that a person may give to themselves.
OPEN_ROLES = (CUSTOMER, CONTRACTOR)

CODE_LENGTH = 6
CODE_ATTEMPTS = 5
CODE_LIFETIME = timedelta(minutes=15)
#: Letters with a code in an hour: to one address for one asker, and to one address in all. Nobody's mailbox is
#: flooded, nobody can use up another's letters, and five guesses a letter at one in a million stay hopeless.
LETTERS_PER_ASKER = 5
LETTERS_PER_ADDRESS = 20
LETTERS_PERIOD = timedelta(hours=1)
#: Codes and ended sessions are kept for a while, for support and for counting, then cleaned up.
CODES_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=30)


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


class CodePurpose(StrEnum):
    """What a one-time code proves."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105  not a secret
    #: Proves nothing: the answer to registering an address that has an account is a letter that says so.
    ALREADY_REGISTERED = "already_registered"


class SessionEnd(StrEnum):
    """Why a session was revoked."""

    SIGNED_OUT = "signed_out"
    REVOKED = "revoked"
    REUSE_DETECTED = "reuse_detected"
    PASSWORD_RESET = "password_reset"  # noqa: S105  not a secret
    DEACTIVATED = "deactivated"


def clean_name(name: str) -> str:
    """Return a name on one line: it stands in letters, headers and lists."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def credential_now() -> datetime:
    """Return the machine's own time, which credentials obey.

    A rehearsal may move the marketplace's clock by weeks; that must neither sign people out nor let an expired
    token live again (docs/adr/0003).
    """
    return clock.now() - clock.offset()
