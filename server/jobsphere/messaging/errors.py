"""What can stand in the way of a message."""

from jobsphere.kit.errors import Conflict


class RecipientGone(Conflict):
    """The other person has closed their account; the conversation can be read, not continued."""

    code = "recipient-gone"
    title = "This person has left"


class ClientIdReused(Conflict):
    """This client_id belongs to a message in another conversation: make a new one for each message."""

    code = "client-id-reused"
    title = "This client_id belongs to another message"


class TooLateToChange(Conflict):
    """A message can be changed or taken back for 15 minutes; after that write another one, or hide it for yourself."""

    code = "too-late-to-change"
    title = "This message stands"


class MessageTakenBack(Conflict):
    """Who wrote this message has taken it back, so there is nothing to change or to answer."""

    code = "message-taken-back"
    title = "This message was taken back"
