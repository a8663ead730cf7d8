"""The job list and the job page as finished JSON from one PostgreSQL statement (STACK.md, "Hot reads").

The serializers of `api/` are the contract; `tests/test_feed.py` holds both equal, filter by filter. The SQL text is
composed once for each shape of filters and then only gets parameters. Nothing a person sends is ever in the text.
"""

# ruff: noqa: S608  every fragment is a constant of this module

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from jobsphere.db.search import words_query
from jobsphere.jobs import rules
from jobsphere.jobs.selectors.filters import DEFAULT_RADIUS_KM, listed_statuses
from jobsphere.jobs.types import JobFilters, JobStatus
from jobsphere.kit.actor import Actor
from jobsphere.profiles.geo import EARTH_RADIUS_KM, Point, box_around


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the list: the rows as JSON without the brackets, its first and last key, and whether more follow."""

    rows: str
    first: UUID | None
    last: UUID | None
    more: bool


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job as JSON without its closing brace, and what decides which actions the viewer has."""

    fields: str
    status: JobStatus
    customer_id: UUID
    contractor_id: UUID | None
    answered: bool


def available() -> bool:
    """Say whether this database can do it (SQLite takes the plain path) and the operator has not switched it off."""
    return connection.vendor == "postgresql" and settings.HOT_READS


def page(
    viewer: Actor, filters: JobFilters, *, size: int, position: UUID | None = None, backwards: bool = False
) -> FeedPage:
    """Return one page of the jobs that the viewer may list and that fit, newest first, in one statement."""
    conditions, parameters = _conditions(viewer, filters)
    if position:
        conditions.append("j.feed_key > %(position)s" if backwards else "j.feed_key < %(position)s")
        parameters["position"] = position
    with connection.cursor() as cursor:
        cursor.execute(_page_statement(tuple(conditions), backwards, size), parameters)
        rows, first, last, found = cursor.fetchone()
    return FeedPage(rows or "", first, last, found > size)


def job_page(viewer: Actor, job_id: UUID) -> JobPage | None:
    """Return one job that the viewer may see, in one statement; None when there is none for them."""
    parameters: dict[str, Any] = {"job": job_id}
    if viewer.id is not None:
        parameters |= {"viewer": viewer.id, "admin": viewer.is_admin}
    with connection.cursor() as cursor:
        cursor.execute(VISITOR_JOB if viewer.id is None else MEMBER_JOB, parameters)
        row = cursor.fetchone()
    return JobPage(row[0][:-1], JobStatus(row[1]), *row[2:]) if row else None


def _conditions(viewer: Actor, filters: JobFilters) -> tuple[list[str], dict[str, Any]]:
    """Return the fragments of the WHERE in a fixed order, and their parameters."""
    conditions: list[str] = []
    parameters: dict[str, Any] = {}

    def when(value: Any, name: str, condition: str) -> None:
        if value not in (None, "", ()):
            conditions.append(condition)
            parameters[name] = value

    statuses = list(listed_statuses(filters))
    if filters.mine:
        when(viewer.id, "viewer", "(j.customer_id = %(viewer)s OR j.contractor_id = %(viewer)s)")
        when(statuses or None, "statuses", "j.status = ANY(%(statuses)s)")
    elif len(statuses) == 1:
        when(statuses[0], "status", "j.visibility = 'public' AND j.status = %(status)s")
    else:
        parameters["statuses"] = statuses
        conditions.append("j.visibility = 'public' AND j.status = ANY(%(statuses)s)")
    if not filters.mine:
        when(viewer.id, "reader", _NOT_KEPT_AWAY)
    when(filters.category, "category", _IN_CATEGORY)
    when(list(filters.skills) or None, "skills", _HAS_SKILL)
    when(filters.search, "words", "j.words @@ to_tsquery('english', %(words)s)")
    when(filters.budget_kind, "budget_kind", "j.budget_kind = %(budget_kind)s")
    when(filters.currency, "currency", "j.currency = %(currency)s")
    when(filters.budget_min, "budget_min", "j.budget_max_amount >= %(budget_min)s")
    when(filters.budget_max, "budget_max", "j.budget_min_amount <= %(budget_max)s")
    when(filters.due_from, "due_from", "j.due_on >= %(due_from)s")
    when(filters.due_until, "due_until", "j.due_on <= %(due_until)s")
    if filters.search:
        parameters["words"] = words_query(filters.search)
    if filters.latitude is not None and filters.longitude is not None:
        conditions.append(_WITHIN)
        parameters |= _circle(Point(filters.latitude, filters.longitude), filters.radius_km or DEFAULT_RADIUS_KM)
    return conditions, parameters


def _circle(centre: Point, radius_km: float) -> dict[str, float]:
    box = box_around(centre, radius_km)
    return {
        "south": box.south,
        "north": box.north,
        "west": box.west,
        "east": box.east,
        "sine": sin(radians(centre.latitude)),
        "cosine": cos(radians(centre.latitude)),
        "meridian": radians(centre.longitude),
        "angle": radius_km / EARTH_RADIUS_KM,
    }


_IN_CATEGORY = """j.category_id IN (
    SELECT wanted.id FROM profiles_category wanted LEFT JOIN profiles_category above ON above.id = wanted.parent_id
    WHERE wanted.slug = %(category)s OR above.slug = %(category)s)"""

#: moderation.selectors.not_kept_away in SQL.
_NOT_KEPT_AWAY = """NOT EXISTS (
    SELECT FROM moderation_block kept WHERE (kept.blocker_id = %(reader)s AND kept.blocked_id = j.customer_id)
        OR (kept.blocked_id = %(reader)s AND kept.blocker_id = j.customer_id))"""

_HAS_SKILL = """EXISTS (
    SELECT FROM jobs_job_skills link JOIN profiles_skill wanted ON wanted.id = link.skill_id
    WHERE link.job_id = j.id AND wanted.slug = ANY(%(skills)s))"""

_WITHIN = """j.latitude BETWEEN %(south)s AND %(north)s AND j.longitude BETWEEN %(west)s AND %(east)s
    AND acos(least(1.0, greatest(-1.0, %(sine)s * sin(radians(j.latitude))
        + %(cosine)s * cos(radians(j.latitude)) * cos(radians(j.longitude) - %(meridian)s)))) <= %(angle)s"""


def _moment(column: str) -> str:
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


#: What a row of the list shows: JobCardSerializer in SQL.
_CARD = f"""
    'id', j.id, 'status', j.status, 'visibility', j.visibility, 'title', j.title, 'summary', left(j.description, 240),
    'customer', json_build_object('id', customer.id, 'name', customer.name),
    'category', CASE WHEN category.id IS NOT NULL
        THEN json_build_object('slug', category.slug, 'name', category.name) END,
    'skills', coalesce(skilled.words, '[]'),
    'budget', CASE WHEN j.budget_max_amount IS NOT NULL THEN json_build_object('kind', j.budget_kind,
        'min', json_build_object('amount', j.budget_min_amount, 'currency', j.currency),
        'max', json_build_object('amount', j.budget_max_amount, 'currency', j.currency)) END,
    'starts_on', j.starts_on, 'due_on', j.due_on, 'place', j.place, 'latitude', j.latitude, 'longitude', j.longitude,
    'proposal_count', j.proposal_count, 'published_at', {_moment("j.published_at")},
    'expires_at', {_moment("j.expires_at")}, 'created_at', {_moment("j.created_at")}"""

_JOINS = """
    JOIN users_user customer ON customer.id = j.customer_id
    LEFT JOIN profiles_category category ON category.id = j.category_id
    LEFT JOIN skilled ON skilled.job_id = j.id"""

#: The skills of all rows at once: half the time of asking for them row by row.
_SKILLED = """skilled AS (
    SELECT link.job_id, json_agg(json_build_object('slug', skill.slug, 'name', skill.name) ORDER BY skill.slug) AS words
    FROM page JOIN jobs_job_skills link ON link.job_id = page.id JOIN profiles_skill skill ON skill.id = link.skill_id
    GROUP BY link.job_id)"""


@lru_cache(maxsize=1024)
def _page_statement(conditions: tuple[str, ...], backwards: bool, size: int) -> str:
    """Return the statement for one shape of filters; the row beyond the page is found but not written as JSON.

    The size stands in the text: with a parameter as LIMIT, PostgreSQL would plan the prepared statement every time.
    """
    order = "ASC" if backwards else "DESC"
    return f"""
WITH page AS MATERIALIZED (
    SELECT * FROM jobs_job j WHERE {" AND ".join(conditions)} ORDER BY j.feed_key {order} LIMIT {size + 1}
), {_SKILLED}
SELECT string_agg(card, ',' ORDER BY feed_key DESC),
    (array_agg(feed_key ORDER BY feed_key DESC) FILTER (WHERE card IS NOT NULL))[1],
    (array_agg(feed_key ORDER BY feed_key ASC) FILTER (WHERE card IS NOT NULL))[1],
    count(*)
FROM (
    SELECT j.feed_key, CASE WHEN row_number() OVER (ORDER BY j.feed_key {order}) <= {size}
        THEN json_build_object({_CARD})::text END AS card
    FROM page j {_JOINS}
) cards"""


#: What the page of a job adds to the card, up to `allowed_actions`: JobSerializer in SQL.
def _job_statement(*, is_party: str, may_see: str, answered: str) -> str:
    hired = "json_build_object('id', contractor.id, 'name', contractor.name)"
    private = ("address", "exact_latitude", "exact_longitude")
    added = ", ".join(f"'{name}', CASE WHEN {is_party} THEN j.{name} END" for name in private)
    return f"""
WITH page AS MATERIALIZED (SELECT * FROM jobs_job j WHERE j.id = %(job)s AND {may_see}), {_SKILLED}
SELECT json_build_object({_CARD}, 'description', j.description, 'updated_at', {_moment("j.updated_at")},
        'cancel_reason', j.cancel_reason,
        'contractor', CASE WHEN {is_party} AND contractor.id IS NOT NULL THEN {hired} END, {added})::text,
    j.status, j.customer_id, j.contractor_id, {answered}
FROM page j {_JOINS} LEFT JOIN users_user contractor ON contractor.id = j.contractor_id"""


_PUBLIC = "j.visibility = 'public' AND j.status <> 'draft'"
_PARTY = "(j.customer_id = %(viewer)s OR j.contractor_id = %(viewer)s OR %(admin)s)"
_LIVE = ", ".join(f"'{status}'" for status in rules.LIVE_PROPOSALS)

VISITOR_JOB = _job_statement(is_party="false", may_see=_PUBLIC, answered="false")
MEMBER_JOB = _job_statement(
    is_party=_PARTY,
    may_see=f"({_PUBLIC} OR {_PARTY})",
    answered=f"""EXISTS (SELECT FROM jobs_proposal mine
        WHERE mine.job_id = j.id AND mine.contractor_id = %(viewer)s AND mine.status IN ({_LIVE}))""",
)
