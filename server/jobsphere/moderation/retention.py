"""How long reports and decisions are kept."""

from jobsphere.db.retention import Rule, follow, keep

RULES: list[Rule] = [
    *follow("moderation_block", of="users_user", why="Until it is lifted, or one of the two leaves."),
    *keep(
        "moderation_case",
        "moderation_report",
        "moderation_decision",
        "moderation_restriction",
        "moderation_appeal",
        why="Statements of reasons, and what became of them (Digital Services Act, Art. 17 and 20); what was reported"
        " is emptied after MODERATION_EVIDENCE_DAYS.",
    ),
]
