"""A hundred thousand jobs in seconds: made by PostgreSQL from series of numbers."""

from django.db import connection

from jobsphere.db.transactions import edge_transaction
from jobsphere.profiles import services as profiles

JOBS = 100_000
CUSTOMERS = 5_000

#: A UUIDv7 whose time rises with the number.
UUID_OF = (
    "(lpad(to_hex(1767225600000 + {number}::bigint * 1000), 12, '0') || '70008'"
    " || lpad(to_hex({salt} + {number}), 15, '0'))::uuid"
)

_PEOPLE = f"""
INSERT INTO users_user (id, created_at, email, name, password, is_customer, is_contractor, is_active, is_staff,
    is_superuser, rights, phone, date_joined)
SELECT {UUID_OF.format(number="n", salt=1)}, now(), 'bench-' || n || '@example.com', 'Customer ' || n, '', true, false,
    true, false, false, '[]', '', now()
FROM generate_series(1, <customers>) n
"""

_JOBS = f"""
INSERT INTO jobs_job (id, created_at, updated_at, published_at, expires_at, customer_id, category_id, status,
    visibility, feed_key, title, description, budget_kind, budget_min_amount, budget_max_amount, currency, due_on,
    place, latitude, longitude, address, exact_latitude, exact_longitude, proposal_count, cancel_reason)
SELECT {UUID_OF.format(number="n", salt=2)}, now() - ((<jobs> - n) || ' seconds')::interval, now(), now(),
    now() + interval '30 days', {UUID_OF.format(number="(1 + n % <customers>)", salt=1)},
    categories.ids[1 + n % cardinality(categories.ids)],
    CASE WHEN n % 5 = 0 THEN 'completed' ELSE 'open' END, 'public', {UUID_OF.format(number="n", salt=3)},
    'Job number ' || n || ' of the benchmark', repeat('The customer says what is to be done, and where. ', 6),
    CASE WHEN n % 3 = 0 THEN 'hourly' ELSE 'fixed' END, 1000 + n % 90000, 2000 + n % 90000 + n % 7, 'USD',
    current_date + (n % 300), 'District ' || n % 50, 51 + (n % 100) / 100.0, (n % 73) / 100.0, n || ' Mill Lane',
    51 + (n % 1000) / 1000.0, (n % 997) / 1000.0, n % 12, ''
FROM generate_series(1, <jobs>) n,
    (SELECT array_agg(id ORDER BY slug) ids FROM profiles_category WHERE parent_id IS NOT NULL) categories
"""

_SKILLS = f"""
INSERT INTO jobs_job_skills (job_id, skill_id)
SELECT {UUID_OF.format(number="n", salt=2)}, skills.ids[1 + (n * 7 + k * 13) % cardinality(skills.ids)]
FROM generate_series(1, <jobs>) n, generate_series(1, 3) k,
    (SELECT array_agg(id ORDER BY slug) ids FROM profiles_skill) skills
"""


def seed_jobs() -> None:
    """Fill the database of the benchmark, and let PostgreSQL look at it."""
    insert_jobs(JOBS, CUSTOMERS)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def insert_jobs(jobs: int, customers: int) -> None:
    """Make so many customers and jobs, with three skills each."""
    with edge_transaction():
        profiles.load_taxonomy()
        with connection.cursor() as cursor:
            for statement in (_PEOPLE, _JOBS, _SKILLS):
                cursor.execute(statement.replace("<jobs>", str(jobs)).replace("<customers>", str(customers)))
