"""The verbs of choosing: types and channels, language and quiet hours, and the link in a letter."""

from collections.abc import Collection, Iterable
from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.notifications import selectors
from jobsphere.notifications.events import PreferencesChanged
from jobsphere.notifications.models import NotificationPreference, NotificationSettings
from jobsphere.notifications.rules import CATALOGUE, check_choices, check_settings
from jobsphere.notifications.types import Choice, NotificationType, Settings
from jobsphere.notifications.unsubscribing import ALL, opened
from jobsphere.outbox.services import publish


def choose(*, actor: Actor, choices: Collection[Choice]) -> None:
    """Keep the actor's choices; types that are not named stay as they are, and a channel that is None too.

    Raises InvalidInput for a type that is named twice or would hide what must be seen.
    """
    require_transaction()
    check_choices(choices)
    user_id = actor.known_id()
    named = [choice.type for choice in choices]
    before = {row.type: row.push for row in NotificationPreference.objects.filter(user_id=user_id, type__in=named)}
    _keep(user_id, [_with_push(choice, before.get(choice.type)) for choice in choices])
    record(
        actor=actor,
        verb="notification.choose",
        target_type="user",
        target_id=user_id,
        detail={"types": named},
    )
    publish(PreferencesChanged(user_id=user_id), actor=actor)


def set_up(*, actor: Actor, wanted: Settings) -> None:
    """Keep how the actor reads and when they want to be left alone. Raises InvalidInput."""
    require_transaction()
    check_settings(wanted.quiet_from, wanted.quiet_to, wanted.time_zone)
    user_id = actor.known_id()
    values = {
        "language": wanted.language,
        "time_zone": wanted.time_zone,
        "quiet_from": wanted.quiet_from,
        "quiet_to": wanted.quiet_to,
        "digest": wanted.digest,
    }
    NotificationSettings.objects.bulk_create(
        [NotificationSettings(user_id=user_id, **values)],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=list(values),
    )
    record(actor=actor, verb="notification.set_up", target_type="user", target_id=user_id)
    publish(PreferencesChanged(user_id=user_id), actor=actor)


def unsubscribe(*, token: str) -> None:
    """Switch off the letters that a link in a letter is about; again is harmless.

    Whoever has the letter may do it, without signing in (RFC 8058). Raises NotFound for a link that is not ours.
    """
    require_transaction()
    link = opened(token)
    off = [kind for kind in CATALOGUE if link.scope in (ALL, kind.value) and not CATALOGUE[kind].required]
    chosen = {kind: selectors.preference_of(link.user_id, kind) for kind in off}
    changed = [kind for kind in off if chosen[kind].email]
    if not changed:
        return
    _keep(link.user_id, [Choice(kind, chosen[kind].in_app, False, chosen[kind].push) for kind in changed])
    _note_unsubscribed(link.user_id, changed)


def _note_unsubscribed(user_id: UUID, kinds: Iterable[NotificationType]) -> None:
    detail = {"types": [kind.value for kind in kinds]}
    record(actor=SYSTEM, verb="notification.unsubscribe", target_type="user", target_id=user_id, detail=detail)
    publish(PreferencesChanged(user_id=user_id))


def _with_push(choice: Choice, before: bool | None) -> Choice:
    push = before if choice.push is None else choice.push
    return Choice(choice.type, choice.in_app, choice.email, push)


def _keep(user_id: UUID, choices: Iterable[Choice]) -> None:
    rows = [
        NotificationPreference(
            user_id=user_id, type=choice.type, in_app=choice.in_app, email=choice.email, push=choice.push
        )
        for choice in choices
    ]
    NotificationPreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "type"], update_fields=["in_app", "email", "push"]
    )
