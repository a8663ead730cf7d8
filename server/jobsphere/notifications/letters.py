"""The letters of notifications: one about one thing, and the digest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from jobsphere.kit.words import moment_text
from jobsphere.mail.letters import Item, Letter
from jobsphere.mail.markup import Block
from jobsphere.notifications.models import Notification
from jobsphere.notifications.rules import CATALOGUE, DIGEST_LINES
from jobsphere.notifications.types import Digest, NotificationType, Settings
from jobsphere.notifications.unsubscribing import ALL, one_click_url, page_url, token_for
from jobsphere.notifications.wording import WORDS, label_of, text_of
from jobsphere.users.types import Contact


def alert(row: Notification, person: Contact, wanted: Settings) -> Letter:
    """Return the letter about one notification; a required one carries no way to switch it off."""
    reader = wanted.reader
    kind = NotificationType(row.type)
    title, body = text_of(row, reader)
    blocks = [Block("paragraph", _said("letter.greeting", wanted, name=person.name))]
    blocks += [Block("paragraph", body)] if body else []
    blocks += [Block("button", _said("letter.open", wanted), f"{settings.PUBLIC_URL}{row.link}")] if row.link else []
    required = CATALOGUE[kind].required
    return Letter(
        to=person.email,
        subject=title,
        blocks=tuple(blocks),
        reader=reader,
        preheader=body,
        footer=_footer(row, kind, wanted),
        unsubscribe_url="" if required else one_click_url(row.user_id, kind.value),
        reference=str(row.id),
    )


def digest(rows: Sequence[Notification], person: Contact, wanted: Settings, moment: datetime) -> Letter:
    """Return one letter about many; `rows` are the newest first."""
    reader = wanted.reader
    weekly = wanted.digest == Digest.WEEKLY
    more = len(rows) - DIGEST_LINES
    intro = _said("digest.weekly" if weekly else "digest.daily", wanted)
    blocks = [Block("paragraph", _said("letter.greeting", wanted, name=person.name)), Block("paragraph", intro)]
    if more > 0:
        blocks.append(Block("small", _said("digest.more", wanted, count=more)))
    blocks.append(Block("button", _said("digest.open", wanted), f"{settings.PUBLIC_URL}/notifications"))
    token = token_for(person.id, ALL)
    return Letter(
        to=person.email,
        subject=WORDS.fill("digest.title", {"count": len(rows)}, reader),
        blocks=tuple(blocks),
        reader=reader,
        preheader=" · ".join(text_of(row, reader)[0] for row in rows[:3]),
        items=tuple(_item(row, wanted) for row in rows[:DIGEST_LINES]),
        footer=(
            (_said("digest.why", wanted), ""),
            (_said("letter.choose", wanted), f"{settings.PUBLIC_URL}/settings/notifications"),
            (_said("letter.stop_digest", wanted), page_url(token)),
        ),
        unsubscribe_url=one_click_url(person.id, ALL),
        reference=f"digest-{person.id}-{moment:%Y%m%d}",
    )


def _item(row: Notification, wanted: Settings) -> Item:
    title, body = text_of(row, wanted.reader)
    return Item(title, body, f"{settings.PUBLIC_URL}{row.link}", moment_text(row.created_at, wanted.reader))


def _footer(row: Notification, kind: NotificationType, wanted: Settings) -> tuple[tuple[str, str], ...]:
    choose = (_said("letter.choose", wanted), f"{settings.PUBLIC_URL}/settings/notifications")
    if CATALOGUE[kind].required:
        return ((_said("letter.required", wanted), ""), choose)
    why = _said("letter.why", wanted, label=label_of(kind, wanted.reader))
    stop = (_said("letter.stop", wanted), page_url(token_for(row.user_id, kind.value)))
    return ((why, ""), choose, stop)


def _said(key: str, wanted: Settings, **values: Any) -> str:
    return WORDS.fill(key, {"brand": settings.BRAND_NAME, **values}, wanted.reader)
