"""Letters about sign-in: plain text, to the address alone. Written and sent by the worker, never inside a request."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage

from jobsphere.users.rules import CodePurpose


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail."""

    to: str
    subject: str
    text: str

    def send(self) -> None:
        """Hand the letter to the mail server; raises what the connection raises, so that the queue tries again."""
        EmailMessage(self.subject, self.text, settings.DEFAULT_FROM_EMAIL, [self.to]).send()


_VERIFY = """Hello {name},

your code is {code}

Enter it where you signed up; it works for 15 minutes. If you did not sign up at JobSphere, ignore this letter.
"""
_RESET = """Hello {name},

your code for a new password is {code}

Enter it where you asked for it; it works for 15 minutes. If you did not ask, ignore this letter: your password stays.
"""
_KNOWN = """Hello {name},

somebody, perhaps you, tried to sign up with this address, which already has an account.
Sign in as usual, or ask for a new password at {url}. If it was not you, there is nothing to do.
"""

_TEMPLATES = {
    CodePurpose.VERIFY_EMAIL: ("Your JobSphere code", _VERIFY),
    CodePurpose.RESET_PASSWORD: ("A new password for JobSphere", _RESET),
    CodePurpose.ALREADY_REGISTERED: ("You already have a JobSphere account", _KNOWN),
}


def write_letter(purpose: CodePurpose, *, to: str, name: str, code: str) -> Letter:
    """Return the letter that carries a code, or says that there is an account already."""
    subject, text = _TEMPLATES[purpose]
    return Letter(to, subject, text.format(name=name, code=code, url=settings.PUBLIC_URL))
