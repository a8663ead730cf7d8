"""How long the trail is kept."""

from jobsphere.audit.models import AuditEntry
from jobsphere.db.retention import Rule, delete_sealed

RULES: list[Rule] = [
    delete_sealed(
        AuditEntry,
        days="audit",
        why="Who did what, for as long as claims and audits of the books may ask (by id alone, no names).",
    ),
]
