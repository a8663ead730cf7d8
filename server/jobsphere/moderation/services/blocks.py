"""Verbs of blocks: keep somebody away, and let them come near again."""

from uuid import UUID

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.moderation.events import PersonBlocked, PersonUnblocked
from jobsphere.moderation.models import Block
from jobsphere.moderation.selectors.blocks import require_person
from jobsphere.outbox.services import publish


def block_person(*, actor: Actor, person_id: UUID) -> None:
    """Keep a person away: no messages, proposals, offers or bookings between the two. Twice is harmless.

    What has begun goes on: a running contract is not touched. The person is not told. Raises NotFound, and
    InvalidInput for oneself.
    """
    require_transaction()
    if person_id == actor.known_id():
        raise InvalidInput.at("/person_id", "yourself", "You cannot block yourself.")
    require_person(person_id)
    # Asked first, so that a click repeated leaves no second entry; the constraint decides between two at once.
    row, made = Block.objects.get_or_create(blocker_id=actor.known_id(), blocked_id=person_id)
    if made:
        _note(actor, "person.block", row)
        publish(PersonBlocked(block_id=row.id, blocker_id=row.blocker_id, blocked_id=person_id), actor=actor)


def unblock_person(*, actor: Actor, person_id: UUID) -> None:
    """Let a person come near again. Twice is harmless: what is not blocked stays so. Raises NotFound."""
    require_transaction()
    require_person(person_id)
    row = Block.objects.filter(blocker_id=actor.known_id(), blocked_id=person_id).first()
    if row is None or not Block.objects.filter(pk=row.id).delete()[0]:
        return
    _note(actor, "person.unblock", row)
    publish(PersonUnblocked(block_id=row.id, blocker_id=row.blocker_id, blocked_id=person_id), actor=actor)


def _note(actor: Actor, verb: str, row: Block) -> None:
    """Name the block, not the blocked, as the target: what is about a person is in the export of that person."""
    record(actor=actor, verb=verb, target_type="block", target_id=row.id, detail={"person_id": row.blocked_id})
