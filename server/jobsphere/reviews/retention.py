"""How long reviews are kept."""

from jobsphere.db.retention import Rule, keep

RULES: list[Rule] = [
    *keep(
        "reviews_round",
        "reviews_review",
        why="Others decide by them; names are scrubbed when a person leaves, the stars stay.",
    ),
]
