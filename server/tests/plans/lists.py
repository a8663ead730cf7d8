"""The lists that people look at all day, and how each must be read: by which index, and how many pages at most."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rest_framework.test import APIClient

from tests.plans.watching import Seen, explained

VISITOR, MEMBER, STAFF = "visitor", "member", "staff"
#: Both hold the order of the list; which one is cheaper depends on how many jobs are closed or hidden.
FEED = "job_feed|jobs_job_feed_key_key"
#: A short conversation is read as well by the index of its foreign key.
CHAT = "messaging_history|messaging_message_conversation_id_3db4d3d1"


@dataclass(frozen=True, slots=True)
class HotList:
    """A request: who sends it, the index that must be used (one of several, "a|b"), and the pages that its dearest
    statement may touch."""

    name: str
    who: str
    path: str
    index: str
    #: Of 8 KB. A page of twenty rows with what belongs to them is some hundreds, however large the table.
    pages: int = 1500


LISTS = (
    HotList("the job list", VISITOR, "/api/jobs/", FEED),
    HotList("the job list, deep in it", VISITOR, "/api/jobs/?cursor={deep}", FEED),
    HotList("jobs of a category", VISITOR, "/api/jobs/?category=plumbers", "job_by_category|jobs_job_feed_key_key"),
    HotList("jobs with a rare word", VISITOR, "/api/jobs/?search=number+{rare}", "jobs_job_words"),
    HotList("jobs of a budget", VISITOR, "/api/jobs/?budget_min=50000&currency=USD", f"{FEED}|job_by_budget"),
    HotList("jobs near", VISITOR, "/api/jobs/?latitude=51.5&longitude=0.3&radius_km=2", "job_by_coordinates"),
    HotList("a job", VISITOR, "/api/jobs/{job}/", "jobs_job_pkey"),
    HotList("the job list, signed in", MEMBER, "/api/jobs/", FEED),
    HotList("my jobs", MEMBER, "/api/jobs/?mine=true", "job_by_customer"),
    HotList("my proposals", MEMBER, "/api/proposals/", ""),
    HotList("proposals for my job", MEMBER, "/api/proposals/?job={mine}", ""),
    HotList("contractors", VISITOR, "/api/contractors/", ""),
    HotList("contractors of a category", VISITOR, "/api/contractors/?category=plumbers", ""),
    HotList("contractors near", VISITOR, "/api/contractors/?latitude=51.5&longitude=0.3&radius_km=2", ""),
    HotList("news", MEMBER, "/api/notifications/", "notifications_by_user"),
    HotList("unread news", MEMBER, "/api/notifications/unread-count/", "notifications_unread"),
    HotList("conversations", MEMBER, "/api/messages/", "messaging_history"),
    HotList("unread letters", MEMBER, "/api/messages/unread/", "messaging_unread"),
    HotList(
        "a conversation",
        MEMBER,
        "/api/messages/{chat}/",
        "messaging_history|messaging_message_conversation_id_3db4d3d1",
    ),
    HotList("lines of a wallet", MEMBER, "/api/wallet/entries/", ""),
    HotList("staff: jobs", STAFF, "/api/admin/jobs/", "jobs_job_pkey"),
    HotList("staff: people", STAFF, "/api/admin/users/", "users_user_pkey"),
    HotList("staff: the trail", STAFF, "/api/admin/audit/", "audit_auditentry_pkey"),
    HotList("staff: the trail of a verb", STAFF, "/api/admin/audit/?verb=retention.remove", "audit_by_verb"),
    HotList("staff: transfers", STAFF, "/api/admin/transfers/", ""),
)


def look(wanted: HotList, clients: dict[str, APIClient], words: dict[str, Any]) -> Seen:
    """Send the request, and return what its statements did."""
    with explained() as seen:
        answer = clients[wanted.who].get(wanted.path.format(**words))
    assert answer.status_code == 200, (wanted.name, answer.status_code, answer.content[:400])
    return seen


def problems(wanted: HotList, seen: Seen, large: set[str]) -> list[str]:
    """Say what is wrong with how a list was read."""
    found = []
    if scanned := seen.scanned & large:
        found.append(f"{wanted.name}: reads all of {', '.join(sorted(scanned))}")
    if wanted.index and not seen.indexes & set(wanted.index.split("|")):
        found.append(f"{wanted.name}: not by {wanted.index} but {sorted(seen.indexes)}")
    if seen.pages > wanted.pages:
        found.append(f"{wanted.name}: {seen.pages} pages, at most {wanted.pages}: {seen.dearest[:300]}")
    return found


def samples(viewer: UUID) -> dict[str, Any]:
    """Return ids that the paths speak of: any job, one of mine, a conversation, a place deep in the list."""
    from django.db import connection

    from jobsphere.web.pagination import write_cursor

    questions = {
        "job": "SELECT id FROM jobs_job WHERE status = 'open' ORDER BY id DESC LIMIT 1",
        "mine": "SELECT id FROM jobs_job WHERE customer_id = %s ORDER BY feed_key DESC LIMIT 1",
        "chat": "SELECT id FROM messaging_conversation WHERE first_id = %s ORDER BY id DESC LIMIT 1",
        "deep": "SELECT feed_key FROM jobs_job WHERE status = 'open' ORDER BY feed_key LIMIT 1 OFFSET 300",
        "rare": "SELECT count(*) - 7 FROM jobs_job",
    }
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name, question in questions.items():
            cursor.execute(question, [viewer] if "%s" in question else None)
            found[name] = cursor.fetchone()[0]
    return {**found, "deep": write_cursor(found["deep"], backwards=False)}
