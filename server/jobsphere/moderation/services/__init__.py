"""Verbs of moderation."""

from jobsphere.moderation.services.appeals import appeal, appeal_by_token, decide_appeal
from jobsphere.moderation.services.blocks import block_person, unblock_person
from jobsphere.moderation.services.cases import claim_case, decide_case, release_case
from jobsphere.moderation.services.reports import report
from jobsphere.moderation.services.restrictions import expire_restriction, lift_restriction

__all__ = [
    "appeal",
    "appeal_by_token",
    "block_person",
    "claim_case",
    "decide_appeal",
    "decide_case",
    "expire_restriction",
    "lift_restriction",
    "release_case",
    "report",
    "unblock_person",
]
