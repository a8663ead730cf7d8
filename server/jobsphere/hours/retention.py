"""How long hours are kept."""

from jobsphere.db.retention import Rule, keep

RULES: list[Rule] = [
    *keep(
        "hours_hourlydeal",
        "hours_week",
        why="What was agreed and billed by the hour: vouchers of the books; scrubbed when a person leaves.",
    ),
    *keep("hours_timer", why="Gone when the timer stops, at the end of its week at the latest."),
]
