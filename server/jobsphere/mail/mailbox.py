"""The last letters and push messages of a rehearsing marketplace, kept in the data folder.

`settings.EMAIL_BACKEND` names `KeepingMailBackend` in sandbox mode only: real letters are not kept.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend

from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.mail.types import Kept, KeptKind

#: Enough to find one's own among those of a busy rehearsal.
KEPT = 200
_ID = re.compile(r"^[0-9a-f-]{36}$")


class PrintingMailBackend(EmailBackend):
    """Prints what a person would read of a letter; its HTML and its encoding are left out."""

    def write_message(self, message: EmailMessage) -> None:
        lines = [f"To: {', '.join(message.to)}", f"Subject: {message.subject}", "", str(message.body), "-" * 79, ""]
        self.stream.write("\n".join(lines))


class KeepingMailBackend(PrintingMailBackend):
    """Prints letters, and keeps the last ones."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> Any:
        for message in email_messages:
            keep(message)
        return super().send_messages(list(email_messages))


class QuietMailBackend(BaseEmailBackend):
    """Keeps letters and prints nothing: for a command whose output is read."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            keep(message)
        return len(email_messages)


def is_kept() -> bool:
    """Say whether this marketplace keeps what it sends, to be looked at: only a sandbox does."""
    return settings.EMAIL_BACKEND in (_path(KeepingMailBackend), _path(QuietMailBackend))


def keep(message: EmailMessage) -> None:
    """Keep one letter as it left."""
    sent = message.message()
    html = next((part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), "")
    headers = {name: str(sent[name]) for name in sent if name not in ("MIME-Version", "Content-Type")}
    _write(
        KeptKind.EMAIL,
        to=[str(address) for address in message.to],
        subject=str(message.subject),
        text=str(message.body),
        html=str(html),
        headers=headers,
    )


def keep_push(*, to: str, title: str, text: str, payload: Mapping[str, Any]) -> None:
    """Keep one push message as the device gets it; `to` says whose and which device."""
    headers = {name: str(value) for name, value in payload.items()}
    _write(KeptKind.PUSH, to=[to], subject=title, text=text, html="", headers=headers)


def last_mail(*, to: str = "") -> Kept | None:
    """Return the newest letter, or the newest to one address."""
    return next(
        (each for each in kept() if each.kind == KeptKind.EMAIL and (not to or to in each.to.split(", "))), None
    )


def kept() -> Iterator[Kept]:
    """Yield what was sent, the newest first."""
    for path in sorted(_folder().glob("*.json"), reverse=True):
        if found := _read(path):
            yield found


def kept_by_id(kept_id: str) -> Kept | None:
    """Return one; None when it is not there any more."""
    return _read(_folder() / f"{kept_id}.json") if _ID.match(kept_id) else None


def _write(kind: KeptKind, **content: Any) -> None:
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{uuid7()}.tmp"
    fresh.write_text(json.dumps({"kind": kind, "sent_at": clock.now().isoformat(), **content}), encoding="utf-8")
    fresh.replace(fresh.with_suffix(".json"))
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "mail"


def _read(path: Path) -> Kept | None:
    try:
        letter: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # it was just forgotten
    return Kept(
        id=path.stem,
        kind=KeptKind(letter.get("kind", KeptKind.EMAIL)),
        to=", ".join(letter["to"]),
        subject=letter["subject"],
        text=letter["text"],
        html=letter.get("html", ""),
        headers=letter.get("headers", {}),
        sent_at=datetime.fromisoformat(letter["sent_at"]),
    )


def _path(backend: type) -> str:
    return f"{backend.__module__}.{backend.__qualname__}"
