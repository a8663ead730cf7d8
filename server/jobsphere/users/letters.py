"""Letters about sign-in, to the address alone. Written and sent by the worker, never inside a request.

Their words are in words/<language>.toml under the name of the purpose; what they look like is `mail`'s.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from jobsphere.kit.words import Phrase, Reader, Wording
from jobsphere.mail.letters import Letter, compose
from jobsphere.users.rules import CodePurpose, Notice

WORDS = Wording(Path(__file__).parent / "words")

#: The page of the web app whose link does what the code does.
_PAGES = {CodePurpose.VERIFY_EMAIL: "verify-email", CodePurpose.RESET_PASSWORD: "reset-password"}


def has_link(purpose: CodePurpose) -> bool:
    """Say whether a letter of this purpose carries a link."""
    return purpose in _PAGES


def write_letter(
    purpose: CodePurpose, *, to: str, name: str | Phrase, reader: Reader, code: str, token: str = ""
) -> Letter:
    """Return the letter that carries a code (and a link), or says that there is an account already."""
    link = _link(_PAGES[purpose], token) if has_link(purpose) else ""
    return compose(WORDS, purpose.value, to=to, reader=reader, name=name, code=code, link=link)


def write_new_device_letter(
    *, to: str, name: str, reader: Reader, device: str, place: str, when: datetime, token: str
) -> Letter:
    """Return the letter about a sign-in on a new device, with the link that undoes it."""
    shown = device or Phrase("nobody.program")
    link = _link("not-me", token)
    return compose(
        WORDS, "new_device", to=to, reader=reader, name=name, device=shown, place=place, when=when, link=link
    )


def write_notice(notice: Notice, *, to: str, name: str, reader: Reader) -> Letter:
    """Return the letter about a change of credentials."""
    return compose(WORDS, "notice", to=to, reader=reader, name=name, what=Phrase(f"what.{notice.value}"))


def _link(page: str, token: str) -> str:
    """Return a page of the web app; the token stands behind the #, so it is in no log and no referrer."""
    return f"{settings.PUBLIC_URL}/{page}#token={token}"
