"""How long conversations are kept."""

from jobsphere.db.retention import Rule, elsewhere, follow

RULES: list[Rule] = [
    *follow(
        "messaging_conversation",
        "messaging_message",
        of="users_user",
        why="Each of the two keeps it, as one keeps a letter; without the name of who has left (ADR 0016).",
    ),
    *follow("messaging_hiddenmessage", of="messaging_message"),
    *elsewhere(
        "messaging_earliertext",
        by="messaging.tasks.forget_what_was_changed",
        why="What a message said before it was changed, while somebody may report it.",
    ),
]
