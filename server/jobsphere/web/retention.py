"""How long the edge keeps what it stores."""

from jobsphere.db.retention import Rule, delete
from jobsphere.web.models import IdempotencyRecord

RULES: list[Rule] = [
    delete(
        IdempotencyRecord, days="answers", why="A repeated request gets its first answer; nobody repeats one later."
    ),
]
