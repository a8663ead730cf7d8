"""Passwords: checked and hashed *before* a transaction is opened, because Argon2 is slow on purpose.

On SQLite an open transaction holds the only write lock; a hash inside it would stop everybody for its time.
"""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.users import closing
from jobsphere.users.errors import SignInFailed
from jobsphere.users.models import User

#: Counted as nothing in a new password.
EASY_WORDS = (
    "jobsphere",
    "password",
    "welcome",
    "letmein",
    "qwertyuiop",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "1234567890",
    "12345",
)


def hash_password(password: str, *, name: str = "", email: str = "") -> str:
    """Return the hash of an acceptable password (Argon2, R13).

    Raises InvalidInput at /password that says what is wrong with it: short, common, or like the name or address.
    """
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as error:
        raise InvalidInput(
            [FieldError("/password", each.code or "invalid", " ".join(each.messages)) for each in error.error_list]
        ) from error
    return make_password(password)


def verify_sign_in(email: str, password: str) -> UUID:
    """Return whose address and password these are.

    Raises SignInFailed, the same and after the same work, for an unknown address, a wrong password or a closed account;
    but whoever knows the password of a closed account is told why it is, or how it is opened again (closing.py).
    """
    person = User.objects.by_email(email)
    matches = _matches(person, password)
    if matches and person is not None and not person.is_active:
        closing.explain_closed(person.id)
    if not matches or person is None or not person.is_active:
        raise SignInFailed("The e-mail address or the password is not right.")
    return person.id


def confirm_password(user_id: UUID, password: str) -> None:
    """Make sure that the person at the keyboard is the one who signed in; raises InvalidInput at /password."""
    if not _matches(User.objects.filter(pk=user_id).first(), password):
        raise InvalidInput.at("/password", "wrong-password", "That is not your password.")


def is_password_of(user_id: UUID, password: str) -> bool:
    """Say whether this is the person's password; takes as long as Argon2 takes, so never inside a transaction."""
    return _matches(User.objects.filter(pk=user_id).first(), password)


class EasilyGuessedValidator:
    """Refuses what an attacker tries first here: our own name, one letter many times, and runs of the keyboard."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when nothing is left that would have to be guessed."""
        rest = password.lower()
        for word in (*EASY_WORDS, urlsplit(settings.PUBLIC_URL).hostname or ""):
            rest = rest.replace(word, "") if word else rest
        if len({*rest}) < 5:
            raise ValidationError(
                "This password is easily guessed: choose a few unrelated words.", code="password_easy"
            )

    def get_help_text(self) -> str:
        """Say it in a sentence."""
        return "Your password can’t be our name, one letter many times or a run of the keyboard."


def _matches(person: User | None, password: str) -> bool:
    if person is None or not person.has_usable_password():
        make_password(password)  # as much work as a comparison, so that the time tells nothing
        return False
    return check_password(password, person.password)
