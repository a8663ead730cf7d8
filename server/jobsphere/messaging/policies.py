"""Who may read a conversation, begin one, write in it, and change what stands in it.

Reading and going on: the two, and nobody else. Beginning one about a thing is for the app that owns it to allow:

    messaging.policies.register_subject("job", may_write, titles)       # in the AppConfig.ready of jobs
"""

from uuid import UUID

from jobsphere.db.composed import first
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.messaging import selectors, subjects
from jobsphere.messaging.errors import MessageTakenBack, RecipientGone, TooLateToChange
from jobsphere.messaging.models import Conversation, Message
from jobsphere.messaging.rules import changeable_until
from jobsphere.messaging.types import ConversationView, MessageKind
from jobsphere.moderation.policies import require_not_blocked, require_unrestricted
from jobsphere.moderation.types import RestrictedAct
from jobsphere.users.selectors import find_person

register_subject = subjects.register


def require_may_open(sender: Actor, recipient_id: UUID, subject_type: str, subject_id: UUID) -> None:
    """Raise NotFound unless the sender may write to that person about that thing; never tells what exists."""
    if not subjects.may_write(sender, recipient_id, subject_type, subject_id):
        raise NotFound("There is nobody to write to about this, or it is not for you.")


def require_reachable(sender: Actor, recipient_id: UUID) -> None:
    """Let the sender write to that person.

    Raises RecipientGone when they have left, NotBetweenYou when a block parts the two, whoever made it, and
    AccountRestricted where staff have stopped the sender from writing.
    """
    require_unrestricted(sender, RestrictedAct.MESSAGING)
    if find_person(user_id=recipient_id) is None:
        raise RecipientGone("This person has closed their account.")
    require_not_blocked(sender.known_id(), recipient_id, doing="write to this person")


def get_conversation_for(actor: Actor, chat_id: UUID) -> ConversationView:
    """Return the conversation if the actor is one of the two; raises NotFound for everybody else."""
    found = selectors.conversation(actor, chat_id) if actor.id else None
    if found is None:
        raise NotFound(_NO_CONVERSATION)
    return found


def require_participant(actor: Actor, chat_id: UUID) -> tuple[UUID, UUID]:
    """Return the conversation's id and the other person's, if the actor is one of the two; raises NotFound."""
    me = actor.known_id()
    row = first(Conversation, pk=chat_id)
    if row is None or me not in (row.first_id, row.second_id):
        raise NotFound(_NO_CONVERSATION)
    return row.id, selectors.other_of(row, me)


def get_message_for(actor: Actor, chat_id: UUID, message_id: UUID, *, hidden: bool = False) -> Message:
    """Return what a person wrote in a conversation of the actor's; `hidden`: also when they have hidden it.

    Raises NotFound, and Forbidden for a step of the deal, which is nobody's to change or to hide.
    """
    require_participant(actor, chat_id)
    rows = Message.objects.filter(conversation_id=chat_id) if hidden else selectors.messages(actor, chat_id)
    row = rows.filter(pk=message_id).first()
    if row is None:
        raise NotFound("There is no such message, or it is not for you.")
    if row.kind == MessageKind.SYSTEM:
        raise Forbidden("This is a step of the deal; it stays where it is.")
    return row


def get_own_message_for(actor: Actor, chat_id: UUID, message_id: UUID, *, deleted: bool = False) -> Message:
    """Return a message that the actor may still change; `deleted`: also one that was taken back.

    Raises NotFound, Forbidden, MessageTakenBack, TooLateToChange.
    """
    row = get_message_for(actor, chat_id, message_id)
    if row.sender_id != actor.id:
        raise Forbidden("Only who wrote a message can change it or take it back. You can hide it for yourself.")
    if row.deleted_at is not None:
        if deleted:
            return row
        raise MessageTakenBack("You have taken this message back.")
    until = changeable_until(row.created_at)
    if clock.now() > until:
        detail = "What was written more than 15 minutes ago stands. Write another message, or hide it for yourself."
        raise TooLateToChange(detail, changeable_until=until.isoformat())
    return row


def can_read_message(actor: Actor, message_id: UUID) -> bool:
    """Say whether a message, and so its files, is for this actor; what was taken back is for nobody."""
    if actor.id is None:
        return False
    standing = Message.objects.filter(pk=message_id, deleted_at=None)
    return standing.filter(conversation__in=selectors.of_viewer(actor)).exists()


def may_watch(actor: Actor, name: str) -> bool:
    """Say whether the actor may watch the person with this id come and go (realtime.topics)."""
    try:
        person_id = UUID(name)
    except ValueError:
        return False
    return selectors.may_see_presence(actor, person_id)


_NO_CONVERSATION = "There is no such conversation, or it is not yours."
