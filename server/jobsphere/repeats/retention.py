"""How long series are kept."""

from jobsphere.db.retention import Rule, follow, keep

RULES: list[Rule] = [
    *keep("repeats_repeat", why="What two agreed on, for the contracts it made; scrubbed when a person leaves."),
    *follow("repeats_occurrence", of="repeats_repeat"),
]
