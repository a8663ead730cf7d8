"""Who may read a conversation, and who may begin one.

Reading and going on: the two, and nobody else. Beginning one about a thing is for the app that owns it to allow:

    messaging.policies.register_subject("job", may_write)       # in the AppConfig.ready of jobs
"""

from collections.abc import Callable
from uuid import UUID

from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.messaging import selectors
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.types import ConversationView

#: Answers whether the sender may begin to write to that person about the thing with this id.
MayWrite = Callable[[Actor, UUID, UUID], bool]

_subjects: dict[str, MayWrite] = {}


def register_subject(subject_type: str, may_write: MayWrite) -> None:
    """Let people begin conversations about things of this type, where the rule allows it."""
    _subjects[subject_type] = may_write


def require_may_open(sender: Actor, recipient_id: UUID, subject_type: str, subject_id: UUID) -> None:
    """Raise NotFound unless the sender may write to that person about that thing; never tells what exists."""
    may_write = _subjects.get(subject_type)
    if may_write is None or not may_write(sender, recipient_id, subject_id):
        raise NotFound("There is nobody to write to about this, or it is not for you.")


def get_conversation_for(actor: Actor, chat_id: UUID) -> ConversationView:
    """Return the conversation if the actor is one of the two; raises NotFound for everybody else."""
    return selectors.conversation_views(actor, [_row_for(actor, chat_id)])[0]


def require_participant(actor: Actor, chat_id: UUID) -> tuple[UUID, UUID]:
    """Return the conversation's id and the other person's, if the actor is one of the two; raises NotFound."""
    row = _row_for(actor, chat_id)
    return row.id, selectors.other_of(row, actor.known_id())


def can_read_message(actor: Actor, message_id: UUID) -> bool:
    """Say whether a message, and so its files, is for this actor."""
    if actor.id is None:
        return False
    return Message.objects.filter(pk=message_id, conversation__in=selectors.of_viewer(actor)).exists()


def _row_for(actor: Actor, chat_id: UUID) -> Conversation:
    row = selectors.conversations(actor).filter(pk=chat_id).first()
    if row is None:
        raise NotFound("There is no such conversation, or it is not yours.")
    return row
