"""Consent: said, and taken back, each a row of its own."""

from collections.abc import Collection
from uuid import UUID

from jobsphere.accounts.events import ConsentRecorded
from jobsphere.accounts.models import Consent
from jobsphere.accounts.types import ConsentKind
from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict
from jobsphere.outbox.services import publish


def record_sign_up(*, user_id: UUID, agreed: Collection[str]) -> None:
    """Keep what a person agreed to when they joined, each as "terms:2026-11"."""
    for each in agreed:
        kind, _, version = each.partition(":")
        record_consent(actor=Actor(user_id), kind=ConsentKind(kind), version=version, given=True, source="sign-up")


def record_consent(*, actor: Actor, kind: ConsentKind, version: str, given: bool, source: str) -> None:
    """Keep what a person said about one version of a text; what was said before stays as it was.

    Raises Conflict for taking back the terms: without them there is no account, which can be deleted instead.
    """
    require_transaction()
    if not given and kind is ConsentKind.TERMS:
        raise Conflict("Without the terms there is no account. You can delete it under /settings/account.")
    row = Consent.objects.create(user_id=actor.known_id(), kind=kind, version=version, given=given, source=source)
    detail = {"kind": kind, "version": version, "given": given}
    record(actor=actor, verb="consent.record", target_type="consent", target_id=row.id, detail=detail)
    publish(ConsentRecorded(user_id=actor.known_id(), kind=kind.value, version=version, given=given), actor=actor)
