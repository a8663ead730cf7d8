"""Every list that people look at all day is read by its index: on 20,000 jobs here, on a million by `make explain`."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from jobsphere.kit.actor import Actor
from jobsphere.users.models import User
from tests.plans.lists import LISTS, MEMBER, STAFF, VISITOR, look, problems, samples
from tests.plans.seed import fill
from tests.plans.watching import large_tables

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]

JOBS = 20_000


def test_no_hot_list_reads_a_whole_table_and_each_uses_its_index(
    ada: Actor, client_for: Callable[[Actor | None], APIClient]
) -> None:
    viewer = fill(JOBS)
    person = User.objects.get(pk=viewer).actor()
    clients = {VISITOR: client_for(None), MEMBER: client_for(person), STAFF: client_for(ada)}
    words, large = samples(viewer), large_tables(JOBS // 4)
    assert {"jobs_job", "messaging_message", "notifications_notification", "ledger_entry"} <= large
    found = [each for wanted in LISTS for each in problems(wanted, look(wanted, clients, words), large)]
    assert found == [], "\n".join(found)


def test_the_watcher_notices_a_list_that_reads_everything(
    ada: Actor, client_for: Callable[[Actor | None], APIClient]
) -> None:
    fill(JOBS // 10)
    from dataclasses import replace

    wanted = replace(
        LISTS[0], name="titles", who=STAFF, path="/api/admin/jobs/?search=nothing-like-it", index="job_feed"
    )
    told = problems(wanted, look(wanted, {STAFF: client_for(ada)}, {}), large_tables(JOBS // 20))
    assert any("reads all of jobs_job" in each for each in told), told
    assert any("not by job_feed" in each for each in told), told
