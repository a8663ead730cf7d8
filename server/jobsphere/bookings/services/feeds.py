"""The secret address of one's own bookings, for a calendar program: made, and made useless."""

import secrets

from jobsphere.audit.services import record
from jobsphere.bookings.models import CalendarFeed
from jobsphere.bookings.selectors.feeds import digest_of
from jobsphere.db.transactions import require_transaction
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor


def make_feed(*, actor: Actor) -> str:
    """Make a new secret token (256 random bits), shown this once; the former one stops working."""
    require_transaction()
    token = secrets.token_urlsafe(32)
    changes = {"token_digest": digest_of(token), "created_at": clock.now()}
    row, _ = CalendarFeed.objects.update_or_create(person_id=actor.known_id(), defaults=changes)
    record(actor=actor, verb="calendar_feed.make", target_type="calendar_feed", target_id=row.pk)
    return token


def revoke_feed(*, actor: Actor) -> None:
    """Make the address useless; again is harmless."""
    require_transaction()
    row = CalendarFeed.objects.filter(person_id=actor.known_id()).first()
    if row is not None:
        record(actor=actor, verb="calendar_feed.revoke", target_type="calendar_feed", target_id=row.pk)
        row.delete()
