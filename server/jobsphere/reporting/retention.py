"""How long what was reported is kept."""

from jobsphere.db.retention import Rule, keep

RULES: list[Rule] = [
    *keep(
        "reporting_report",
        "reporting_reportline",
        why="What a tax authority was told: the law asks for it for five to ten years (DAC7, annex V section IV B).",
    ),
    *keep(
        "reporting_seller",
        why="Sealed. Goes with a person who never earned anything here; else kept as long as what was reported.",
    ),
    *keep("reporting_threshold", "reporting_exchangerate", why="Reports of their time rest on them; nothing personal."),
]
