"""Several people in the same moment, with real threads on both databases."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs import services
from jobsphere.jobs.errors import ProposalExists
from jobsphere.jobs.models import Job, Proposal
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import WrongStatus
from tests.marketplace import ANSWER, make_job, make_profile, make_proposal

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(*verbs: Callable[[], Any]) -> list[str]:
    """Run each verb in a thread and an edge of its own, all at the same moment; return what came of each."""
    gate = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> str:
        try:
            gate.wait()
            with edge_transaction():
                verb()
        except (WrongStatus, ProposalExists) as refused:
            return refused.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


def statuses(rows: Iterable[Any]) -> list[str]:
    return sorted(row.status for row in rows)


def test_two_contractors_are_hired_at_once_and_one_is(taxonomy, casey, pat, sam):
    make_profile(pat)
    make_profile(sam)
    for _ in range(ROUNDS):
        job_id = make_job(casey)
        answers = {actor: make_proposal(actor, job_id) for actor in (pat, sam)}
        hire = partial(services.assign_job, actor=SYSTEM, job_id=job_id)
        came = at_once(*(partial(hire, contractor_id=each.known_id(), proposal_id=answers[each]) for each in answers))
        assert came == ["done", "wrong-status"]
        job = Job.objects.get(pk=job_id)
        assert statuses(Proposal.objects.filter(job=job)) == ["accepted", "rejected"]
        assert Proposal.objects.get(job=job, status="accepted").contractor_id == job.contractor_id


def test_one_contractor_answers_eight_times_at_once_and_one_counts(taxonomy, casey, pat):
    make_profile(pat)
    job_id = make_job(casey)
    submit = partial(services.submit_proposal, actor=pat, job_id=job_id, details=ANSWER)
    came = at_once(*[submit] * 8)
    assert came == ["done"] + ["proposal-exists"] * 7
    assert (Proposal.objects.count(), Job.objects.get(pk=job_id).proposal_count) == (1, 1)


def test_no_live_proposal_is_left_on_a_job_that_is_cancelled_in_the_same_moment(taxonomy, casey, pat):
    make_profile(pat)
    for _ in range(ROUNDS):
        job_id = make_job(casey)
        at_once(
            partial(services.submit_proposal, actor=pat, job_id=job_id, details=ANSWER),
            partial(services.cancel_job, actor=casey, job_id=job_id),
        )
        assert Job.objects.get(pk=job_id).status == "cancelled"
        assert not Proposal.objects.filter(job_id=job_id, status__in=("pending", "shortlisted")).exists()
