"""What people hear of jobs and proposals, through the real queue."""

from datetime import timedelta

import pytest

from jobsphere.jobs import policies, services
from jobsphere.jobs.models import Job
from jobsphere.jobs.tasks import expire_jobs
from jobsphere.jobs.types import Visibility
from jobsphere.kit import clock
from jobsphere.messaging.selectors import conversation_ids
from jobsphere.notifications.models import Notification
from tests.marketplace import edge, make_job, make_profile

pytestmark = pytest.mark.django_db(transaction=True)


def told(actor) -> list[tuple[str, str, str]]:
    rows = Notification.objects.filter(user_id=actor.id).order_by("pk")
    return list(rows.values_list("type", "title", "body"))


def test_a_proposal_opens_a_thread_and_tells_the_customer_once(pats_proposal, open_job, casey, pat, omar, run_worker):
    run_worker()
    run_worker()
    assert told(casey) == [("proposal.received", "A proposal of $100.00 for “Repair the kitchen tap”", "")]
    threads = list(conversation_ids("job", open_job, viewer=casey))
    assert len(threads) == 1
    assert list(conversation_ids("job", open_job, viewer=pat)) == threads
    assert list(conversation_ids("job", open_job, viewer=omar)) == []


def test_a_contractor_hears_of_the_choice_and_of_the_reason(pats_proposal, casey, pat, run_worker):
    with edge():
        services.shortlist_proposal(actor=casey, proposal_id=pats_proposal)
        services.reject_proposal(actor=casey, proposal_id=pats_proposal, feedback="Too late for me.")
    run_worker()
    assert {(kind, body) for kind, _, body in told(pat)} == {
        ("proposal.shortlisted", ""),
        ("proposal.rejected", "Too late for me."),
    }


def test_a_customer_hears_that_a_job_has_expired(open_job, casey, run_worker):
    clock.set_offset(timedelta(days=31))
    expire_jobs()
    run_worker()
    assert [kind for kind, _, _ in told(casey)] == ["job.expired"]


def test_only_those_who_answered_and_the_customer_may_write_about_a_job(pats_proposal, open_job, casey, pat, sam, omar):
    def may(sender, recipient) -> bool:
        return policies.may_write_about_job(sender, recipient.known_id(), open_job)

    assert may(pat, casey)
    assert may(casey, pat)
    assert not any(may(stranger, casey) or may(casey, stranger) for stranger in (sam, omar))
    assert not may(pat, sam)
    assert not may(casey, casey)


def test_contractors_of_the_trade_who_go_that_far_hear_of_a_new_job_in_one(taxonomy, casey, pat, sam, omar, run_worker):
    make_profile(pat, latitude=52.52, longitude=13.40, radius_km=10)
    make_profile(sam, latitude=48.14, longitude=11.58, radius_km=100)
    first = make_job(casey, latitude=52.50, longitude=13.42, place="Berlin")
    run_worker()
    second = make_job(casey, latitude=52.50, longitude=13.42, place="Berlin")
    run_worker()
    assert told(sam) == told(omar) == told(casey) == []
    old, new = Notification.objects.filter(user_id=pat.id).order_by("pk")
    assert (old.folded, old.link, new.link, new.count) == (True, f"/jobs/{first}", "/jobs", 2)
    assert new.title == "2 new jobs fit what you do"
    assert new.metadata == {"job_id": str(second)}


def test_a_job_for_one_contractor_alone_is_told_to_nobody_else(taxonomy, casey, pat, run_worker):
    make_profile(pat)
    job_id = make_job(casey)
    Job.objects.filter(pk=job_id).update(visibility=Visibility.PRIVATE)
    run_worker()
    assert told(pat) == []
