"""Reads of moderation: for everybody (blocks, restrictions), and of what is one's own."""

from jobsphere.moderation.selectors.blocks import block_view, has_blocked, is_blocked, my_blocks, not_kept_away
from jobsphere.moderation.selectors.mine import (
    house_rules,
    my_report,
    my_reports,
    my_restrictions,
    my_statement,
    my_statements,
    statement_by_token,
)
from jobsphere.moderation.selectors.restrictions import restriction_on, suspension_of

__all__ = [
    "block_view",
    "has_blocked",
    "house_rules",
    "is_blocked",
    "my_blocks",
    "my_report",
    "my_reports",
    "my_restrictions",
    "my_statement",
    "my_statements",
    "not_kept_away",
    "restriction_on",
    "statement_by_token",
    "suspension_of",
]
