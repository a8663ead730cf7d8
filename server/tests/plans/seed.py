"""A marketplace of any size in SQL, made from series of numbers: jobs, people, letters, news, events, the trail, books.

The first customer (`viewer`) has a hundredth of everything, so that a list of "mine" is long as well.
"""

from uuid import UUID

from django.db import connection

from benchmarks.jobs_seed import UUID_OF, insert_jobs
from jobsphere.db.transactions import edge_transaction

#: Rows of the other tables for each job.
SHARE = 0.3


def _id(salt: int, number: str = "n") -> str:
    return UUID_OF.format(number=number, salt=salt)


_SOMEBODY = _id(1, "(CASE WHEN n % 100 = 0 THEN 1 ELSE 2 + n % (<customers> - 2) END)")
#: Who is first in a conversation has the smaller id.
_LOWER = _id(1, "(CASE WHEN n % 100 = 0 THEN 1 ELSE 2 + n % (<customers> / 2 - 2) END)")
_UPPER = _id(1, "(<customers> / 2 + 1 + n % (<customers> / 2))")

_STATEMENTS = (
    "UPDATE users_user SET is_contractor = true WHERE email LIKE 'bench-%5@%'",
    """INSERT INTO profiles_contractorprofile (id, created_at, updated_at, user_id, bio, place, latitude, longitude,
        languages, headline, hourly_amount, fixed_from_amount, currency, radius_km, years_of_experience, availability,
        rating_count, rating_total)
    SELECT id, now(), now(), id, 'Does things well.', 'District', 51 + (row_number() OVER () % 1000) / 1000.0,
        (row_number() OVER () % 997) / 1000.0, '["en"]', 'Number ' || email, 1000 + row_number() OVER () % 9000, 5000,
        'USD', 25, 5, 'available', 3, 12 FROM users_user WHERE is_contractor AND email LIKE 'bench-%'""",
    """INSERT INTO profiles_contractorprofile_categories (contractorprofile_id, category_id)
    SELECT p.id, ids[1 + p.hourly_amount % cardinality(ids)] FROM profiles_contractorprofile p,
        (SELECT array_agg(id ORDER BY slug) ids FROM profiles_category WHERE parent_id IS NOT NULL) c""",
    f"""INSERT INTO jobs_proposal (id, created_at, updated_at, status, price_kind, price_amount, currency, message,
        estimated_days, milestones, rejection_reason, feedback, contractor_id, job_id)
    SELECT {_id(7)}, now(), now(), 'pending', 'fixed', 1000 + n, 'USD', 'Tomorrow.', 1, '[]', '', '',
        {_SOMEBODY}, {_id(2)} FROM generate_series(1, <jobs>) n""",
    f"""INSERT INTO notifications_notification (id, created_at, type, title, body, link, metadata, key, in_app,
        read_at, user_id, by_email, count, folded, group_key, message, params)
    SELECT {_id(4)}, now(), 'message.received', '', '', '', '{{}}', '', true,
        CASE WHEN n % 10 = 0 THEN NULL ELSE now() END, {_SOMEBODY}, false, 1, false, '', '', ''
    FROM generate_series(1, <rows>) n""",
    f"""INSERT INTO messaging_conversation (id, created_at, subject_type, subject_id, last_activity, first_id,
        second_id, last_message_id, revision)
    SELECT {_id(5)}, now(), 'job', {_id(2)}, {_id(6, "(n * 10)")}, {_LOWER}, {_UPPER}, NULL, 0
    FROM generate_series(1, <rows> / 10) n""",
    f"""INSERT INTO messaging_message (id, created_at, client_id, body, read_at, conversation_id, sender_id, code, kind,
        link, params, revision)
    SELECT {_id(6)}, now(), n::text, 'Letter number ' || n, CASE WHEN n % 10 = 0 THEN NULL ELSE now() END,
        c.id, c.second_id, '', 'text', '', '{{}}', 0
    FROM generate_series(1, <rows>) n JOIN messaging_conversation c ON c.id = {_id(5, "(1 + n / 10)")}""",
    "UPDATE messaging_conversation SET last_message_id = last_activity",
    f"""INSERT INTO outbox_storedevent (id, created_at, sequence, name, aggregate_type, aggregate_id, actor_id, payload)
    SELECT {_id(8)}, now(), n + 1000000, 'job.published', 'job', {_id(2)}, {_SOMEBODY}, '{{}}'
    FROM generate_series(1, <rows>) n""",
    f"""INSERT INTO audit_auditentry (id, created_at, actor_id, actor_name, verb, target_type, target_id, detail,
        request_id)
    SELECT {_id(9)}, now(), {_SOMEBODY}, '', CASE WHEN n % 500 = 0 THEN 'retention.remove' ELSE 'job.publish' END,
        'job', {_id(2)}, '{{}}', '' FROM generate_series(1, <rows>) n""",
    """INSERT INTO ledger_ledgeraccount (id, created_at, kind, owner_type, owner_id, currency, normal_side, tracked,
        may_go_negative, balance, sequence)
    SELECT gen_random_uuid(), now(), 'wallet', 'user', id::text, 'USD', 'credit', true, false, -100, 1
    FROM users_user WHERE email LIKE 'bench-%'""",
    f"""INSERT INTO ledger_transfer (id, created_at, code, reference, currency, legs, source_type, source_id, memo)
    SELECT {_id(10)}, now(), 'milestone.release', n::text, 'USD', 2, 'milestone', n::text, ''
    FROM generate_series(1, <rows>) n""",
    f"""INSERT INTO ledger_entry (id, created_at, legs, position, amount, sequence, balance_after, account_id,
        transfer_id)
    SELECT {_id(11)}, now(), 2, 1, -100, n, -100, a.id, {_id(10)}
    FROM generate_series(1, <rows>) n JOIN ledger_ledgeraccount a
        ON a.kind = 'wallet' AND a.currency = 'USD' AND a.owner_type = 'user' AND a.owner_id = ({_SOMEBODY})::text""",
)


def fill(jobs: int) -> UUID:
    """Make it, let PostgreSQL look at it, and return who the viewer is. Needs the right to go past triggers."""
    customers = max(1000, jobs // 100)
    insert_jobs(jobs, customers)
    with edge_transaction(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in _STATEMENTS:
            for name, count in {"customers": customers, "jobs": jobs, "rows": int(jobs * SHARE)}.items():
                statement = statement.replace(f"<{name}>", str(count))
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"SELECT {_id(1, '1')}")
        found: UUID = cursor.fetchone()[0]
    return found
