"""How long is kept what people asked of their accounts, and what the clean-up did."""

from django.db.models import Q

from jobsphere.accounts.models import CleanUp, Closure, DataExport, EmailChange
from jobsphere.accounts.types import ChangeStatus, ExportStatus
from jobsphere.db.retention import Rule, delete, follow, keep

RULES: list[Rule] = [
    *keep(
        "accounts_consent",
        why="Proof of what was agreed to (GDPR Art. 7(1)); by id alone, without a name after an erasure.",
    ),
    delete(
        Closure,
        days="closures",
        since="ended_at",
        why="Proof that an account was erased or opened again, while somebody may claim that it was not.",
    ),
    delete(
        EmailChange,
        days="email_changes",
        only=~Q(status=ChangeStatus.PENDING),
        why="Holds the old address; its owner may ask for a while what became of a change.",
    ),
    delete(
        DataExport,
        days="exports",
        only=Q(status__in=[ExportStatus.EXPIRED, ExportStatus.FAILED]),
        why="That an export was asked for; its file goes after 7 days.",
    ),
    delete(CleanUp, days="reports", why="What the clean-up did; this table."),
    *follow("accounts_cleanupreport", of="accounts_cleanup"),
]
