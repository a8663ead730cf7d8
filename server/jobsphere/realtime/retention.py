"""How long frames are kept."""

from jobsphere.db.retention import Rule, elsewhere, follow

RULES: list[Rule] = [
    *elsewhere(
        "realtime_frame",
        by="realtime.tasks.prune",
        why="A day, and the newest thousand of each person: for a device that was away.",
    ),
    *follow("realtime_stream", "realtime_presence", of="users_user"),
]
