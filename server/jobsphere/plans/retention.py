"""How long plans and standings are kept."""

from jobsphere.db.retention import Rule, follow, keep

RULES: list[Rule] = [
    *keep(
        *("plans_plan", "plans_planversion", "plans_loyaltytier"),
        why="What was offered, at which price and from when on; nothing about a person.",
    ),
    *keep("plans_subscription", why="What a person paid for, with the books and documents of it."),
    *follow("plans_period", of="plans_subscription"),
    *keep("plans_standing", why="One row a person: where they stand. It goes when they leave."),
]
