"""Numbers frames: each person's own counter, one statement for any number of people, on both databases."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from jobsphere.realtime.models import Stream

#: Rows of one statement; SQLite takes 32,766 values.
CHUNK = 500


def next_seqs(user_ids: Collection[UUID]) -> dict[UUID, int]:
    """Take the next number of each person and return them.

    The rows are written, and so locked until the commit, in the order of the ids: two pushes to the same people wait
    for each other and never both for both. A number that is rolled back is given again, so there is no gap.
    """
    people = sorted(set(user_ids))
    seqs: dict[UUID, int] = {}
    for start in range(0, len(people), CHUNK):
        seqs.update(_bump(people[start : start + CHUNK]))
    return seqs


def _bump(people: list[UUID]) -> dict[UUID, int]:
    field = Stream._meta.pk
    values = [field.get_db_prep_value(each, connection) for each in people]
    sql = (
        f"INSERT INTO realtime_stream (user_id, last_seq) VALUES {', '.join(['(%s, 1)'] * len(people))}"  # noqa: S608
        " ON CONFLICT (user_id) DO UPDATE SET last_seq = realtime_stream.last_seq + 1 RETURNING user_id, last_seq"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {_uuid(user_id): seq for user_id, seq in cursor.fetchall()}


def _uuid(value: UUID | str) -> UUID:
    """PostgreSQL answers with a UUID, SQLite with its text."""
    return value if isinstance(value, UUID) else UUID(value)
