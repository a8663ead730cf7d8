"""A letter: its words, its two forms (HTML and text), and how it leaves.

compose(WORDS, "verify-email", to=Address("pat@example.com", reader), code="123456").send()
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from jobsphere.kit.words import Reader, Wording
from jobsphere.mail import markup, readers
from jobsphere.mail.delivery import deliver
from jobsphere.mail.markup import Block

#: What stands around every letter.
FRAME = Wording(Path(__file__).parent / "words")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a digest."""

    title: str
    text: str
    url: str
    when: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One e-mail, with all words in the reader's language."""

    to: str
    subject: str
    blocks: tuple[Block, ...]
    reader: Reader = field(default_factory=readers.operators_reader)
    #: What mail programs show beside the subject.
    preheader: str = ""
    items: tuple[Item, ...] = ()
    #: Why this person has it, under the line, each with an address or none.
    footer: tuple[tuple[str, str], ...] = ()
    #: One click on it ends letters of this kind (RFC 8058); empty for those that a person must have.
    unsubscribe_url: str = ""
    #: Stays the same when the queue sends a letter again, so that mail servers may see that they have it.
    reference: str = ""

    @property
    def text(self) -> str:
        """Return the letter without HTML."""
        parts = [each.as_text() for each in self.blocks if each.kind != "button"]
        parts += [f"{each.title}\n{each.text}\n{each.url}".replace("\n\n", "\n") for each in self.items]
        parts += [each.as_text() for each in self.blocks if each.kind == "button"]
        under = "\n".join(f"{words} {url}".strip() for words, url in self.footer)
        return "\n\n".join([*parts, f"--\n{under or settings.BRAND_NAME}"]) + "\n"

    @property
    def html(self) -> str:
        """Return the letter as mail programs show it, with every style where they look for it."""
        page = render_to_string("mail/letter.html", {"letter": self, "brand": brand()})
        return _inliner().inline(page)

    def send(self) -> None:
        """Hand the letter to the mail server.

        Raises GiveUp when it is refused for good, and what the connection raises, so that the queue tries again.
        """
        message = EmailMultiAlternatives(
            _one_line(self.subject), self.text, settings.DEFAULT_FROM_EMAIL, [self.to], headers=self._headers()
        )
        message.attach_alternative(self.html, "text/html")
        deliver(message)

    def _headers(self) -> dict[str, str]:
        headers = {"Auto-Submitted": "auto-generated", "Content-Language": self.reader.language}
        if self.reference:
            headers["Message-ID"] = f"<{self.reference}@{urlsplit(settings.PUBLIC_URL).hostname or 'localhost'}>"
        if self.unsubscribe_url:
            headers["List-Unsubscribe"] = f"<{self.unsubscribe_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return headers


def compose(words: Wording, key: str, *, to: str, reader: Reader, **params: Any) -> Letter:
    """Return the letter that a catalogue has under a key (`subject`, `preheader`, `body`), filled for this reader."""
    values = {"brand": settings.BRAND_NAME, "url": settings.PUBLIC_URL, **params}

    def said(part: str) -> str:
        return words.fill(f"{key}.{part}", values, reader)

    source = markup.read(words.template(f"{key}.body", reader))
    blocks = markup.filled(source, lambda text: words.filled(text, values, reader))
    preheader = said("preheader") if words.has(f"{key}.preheader") else ""
    letter = Letter(to, said("subject"), blocks, reader, preheader)
    return replace(letter, footer=((FRAME.fill("footer.account", values, reader), ""),))


def brand() -> Mapping[str, str]:
    """Return what the operator's letters carry: name, colour, address of the site."""
    return {"name": settings.BRAND_NAME, "colour": settings.BRAND_COLOUR, "url": settings.PUBLIC_URL}


@cache
def _inliner() -> css_inline.CSSInliner:
    # The rules for dark mode and phones cannot be inlined, so they stay; nothing is fetched from anywhere.
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
