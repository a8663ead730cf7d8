"""How long profiles and papers are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from jobsphere.db.retention import Rule, delete, follow, keep
from jobsphere.files.services import remove_attached
from jobsphere.kit.actor import SYSTEM
from jobsphere.profiles.models import Verification
from jobsphere.profiles.types import VerificationStatus


def _of_no_use(before: datetime) -> "QuerySet[Verification]":
    """Return papers that prove nothing any more: refused, taken back or lapsed, and that for long."""
    refused = Q(status__in=[VerificationStatus.REJECTED, VerificationStatus.WITHDRAWN])
    decided = Q(decided_at__lt=before) | Q(decided_at=None, created_at__lt=before)
    lapsed = Q(status=VerificationStatus.LAPSED, expires_on__lt=before.date())
    return Verification.objects.filter((refused & decided) | lapsed)


def _remove_with_pages(keys: Sequence[UUID]) -> int:
    for paper_id in keys:
        remove_attached(actor=SYSTEM, target_type="verification", target_id=paper_id)
    return Verification.objects.filter(pk__in=keys).delete()[0]


RULES: list[Rule] = [
    delete(
        Verification,
        days="papers",
        due=_of_no_use,
        remove=_remove_with_pages,
        why="A paper that proves nothing any more, with its pages; that staff decided stays in the audit trail.",
    ),
    *follow(
        "profiles_contractorprofile",
        "profiles_contractorprofile_skills",
        "profiles_contractorprofile_categories",
        "profiles_customerprofile",
        "profiles_portfolioentry",
        of="users_user",
    ),
    *keep("profiles_category", "profiles_skill", "profiles_hiringrequirement", why="The marketplace's own words."),
]
