"""The verbs of jobs: what a customer, the clock and the floor above do with them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobsphere.db.transactions import NoTransactionError
from jobsphere.jobs import policies, selectors, services
from jobsphere.jobs.models import Job, Proposal
from jobsphere.jobs.tasks import expire_jobs
from jobsphere.jobs.types import Budget, JobDetails, PriceKind
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, VISITOR
from jobsphere.kit.errors import Forbidden, InvalidInput, NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox.models import StoredEvent
from tests.marketplace import TAP, make_job, make_profile, make_proposal, usd

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(StoredEvent.objects.order_by("pk").values_list("name", flat=True))


def status_of(job_id) -> str:
    return Job.objects.get(pk=job_id).status


def test_a_posted_job_is_open_public_and_told_to_the_world(taxonomy, casey):
    job_id = services.create_job(actor=casey, details=TAP)
    job = Job.objects.get(pk=job_id)
    assert job.category is not None
    assert job.published_at is not None
    assert (job.status, job.visibility, job.category.slug) == ("open", "public", "plumbers")
    assert job.expires_at == job.published_at + timedelta(days=30)
    assert (job.latitude, job.longitude) == (51.51, -0.13)
    assert (job.exact_latitude, job.exact_longitude) == (51.507351, -0.127758)
    assert {skill.slug for skill in job.skills.all()} == {"leak-repair", "kitchen-plumbing"}
    assert events() == ["job.published"]


def test_a_draft_is_told_to_nobody_and_a_later_publication_puts_it_on_top(taxonomy, casey):
    draft = services.create_job(actor=casey, details=JobDetails(title="Something"), draft=True)
    other = make_job(casey)
    assert events() == ["job.published"]
    services.update_job(actor=casey, job_id=draft, details=TAP)
    services.publish_job(actor=casey, job_id=draft)
    newest_first = Job.objects.order_by("-feed_key").values_list("pk", flat=True)
    assert list(newest_first) == [draft, other]


def test_an_unfinished_draft_cannot_be_published_and_nothing_changes(taxonomy, casey, rows):
    draft = make_job(casey, draft=True, description="", category="", budget=None)
    before = rows(Job, StoredEvent)
    with pytest.raises(InvalidInput) as refused:
        services.publish_job(actor=casey, job_id=draft)
    assert {error.pointer for error in refused.value.errors} == {"/description", "/category", "/budget"}
    assert rows(Job, StoredEvent) == before


def test_only_customers_post_jobs(taxonomy, pat):
    with pytest.raises(Forbidden):
        services.create_job(actor=pat, details=TAP)
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    "change, pointer",
    [({"category": "wizards"}, "/category"), ({"skills": ("leak-repair", "levitation")}, "/skills/1")],
)
def test_words_that_are_not_in_the_taxonomy_are_named(taxonomy, casey, change, pointer):
    with pytest.raises(InvalidInput) as refused:
        services.create_job(actor=casey, details=replace(TAP, **change))
    assert refused.value.errors[0].pointer == pointer
    assert not Job.objects.exists()


def test_an_open_job_can_be_edited_until_somebody_is_hired(open_job, casey, pat, rows):
    services.update_job(actor=casey, job_id=open_job, details=replace(TAP, title="Two taps", skills=()))
    job = Job.objects.get(pk=open_job)
    assert (job.title, job.skills.count()) == ("Two taps", 0)
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    before = rows(Job)
    with pytest.raises(WrongStatus):
        services.update_job(actor=casey, job_id=open_job, details=TAP)
    assert rows(Job) == before
    assert events() == ["job.published", "job.updated", "job.assigned"]


def test_the_currency_stays_once_there_are_proposals(pats_proposal, open_job, casey, rows):
    before = rows(Job)
    euros = Budget(PriceKind.FIXED, Money(1, "EUR"), Money(2, "EUR"))
    with pytest.raises(InvalidInput):
        services.update_job(actor=casey, job_id=open_job, details=replace(TAP, budget=euros))
    assert rows(Job) == before


def test_a_date_that_has_passed_meanwhile_does_not_stop_an_edit_but_a_new_one_must_be_ahead(taxonomy, casey):
    day = clock.now().date()
    job_id = make_job(casey, starts_on=day, due_on=day + timedelta(days=20))
    clock.set_offset(timedelta(days=3))
    job = replace(TAP, starts_on=day, due_on=day + timedelta(days=20))
    services.update_job(actor=casey, job_id=job_id, details=replace(job, title="Tap and sink"))
    with pytest.raises(InvalidInput):
        services.update_job(actor=casey, job_id=job_id, details=replace(job, starts_on=day + timedelta(days=1)))
    assert Job.objects.get(pk=job_id).title == "Tap and sink"
    assert Job.objects.get(pk=job_id).starts_on == day


def test_a_stranger_cannot_edit_publish_cancel_repost_or_delete_and_nothing_changes(open_job, omar, rows):
    before = rows(Job, StoredEvent)
    for verb in (services.publish_job, services.cancel_job, services.repost_job, services.delete_draft):
        with pytest.raises(NotFound):
            verb(actor=omar, job_id=open_job)
    with pytest.raises(NotFound):
        services.update_job(actor=omar, job_id=open_job, details=TAP)
    assert rows(Job, StoredEvent) == before


def test_cancelling_rejects_the_live_proposals_with_the_reason(pats_proposal, open_job, casey):
    services.cancel_job(actor=casey, job_id=open_job, reason="I moved house.")
    job, proposal = Job.objects.get(pk=open_job), Proposal.objects.get(pk=pats_proposal)
    assert (job.status, job.cancel_reason) == ("cancelled", "I moved house.")
    assert (proposal.status, proposal.rejection_reason) == ("rejected", "job_cancelled")
    assert events()[-2:] == ["proposal.rejected", "job.cancelled"]


def test_an_admin_may_take_an_open_job_down_but_not_edit_it(open_job, ada, rows):
    with pytest.raises(NotFound):
        services.update_job(actor=ada, job_id=open_job, details=TAP)
    services.cancel_job(actor=ada, job_id=open_job, reason="Not allowed here.")
    assert status_of(open_job) == "cancelled"


def test_a_customer_cannot_cancel_once_somebody_is_hired_and_nothing_changes(open_job, casey, pat, rows):
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    before = rows(Job, StoredEvent)
    with pytest.raises(WrongStatus):
        services.cancel_job(actor=casey, job_id=open_job)
    assert rows(Job, StoredEvent) == before


def test_a_draft_can_be_thrown_away_and_an_open_job_cannot(taxonomy, casey, rows):
    draft, public = make_job(casey, draft=True), make_job(casey)
    services.delete_draft(actor=casey, job_id=draft)
    with pytest.raises(WrongStatus):
        services.delete_draft(actor=casey, job_id=public)
    assert list(Job.objects.values_list("pk", flat=True)) == [public]
    assert Job.objects.get(pk=public).skills.count() == 2


def test_hiring_accepts_one_proposal_and_rejects_the_rivals(pats_proposal, open_job, sam, pat):
    make_profile(sam)
    rival = make_proposal(sam, open_job)
    view = services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id(), proposal_id=pats_proposal)
    assert (view.status, view.contractor_id) == ("assigned", pat.id)
    found = {row.pk: (row.status, row.rejection_reason) for row in Proposal.objects.all()}
    assert found == {pats_proposal: ("accepted", ""), rival: ("rejected", "job_filled")}
    assert events()[-3:] == ["proposal.accepted", "proposal.rejected", "job.assigned"]


def test_a_job_is_hired_for_only_once(open_job, pat, sam, rows):
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    before = rows(Job, Proposal, StoredEvent)
    with pytest.raises(WrongStatus):
        services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=sam.known_id())
    assert rows(Job, Proposal, StoredEvent) == before


@pytest.mark.django_db(transaction=True)
def test_a_proposal_of_another_contractor_cannot_be_hired_and_nothing_changes(pats_proposal, open_job, sam, rows):
    from jobsphere.db.transactions import edge_transaction

    before = rows(Job, Proposal, StoredEvent)
    with pytest.raises(NotFound), edge_transaction():
        services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=sam.known_id(), proposal_id=pats_proposal)
    assert rows(Job, Proposal, StoredEvent) == before


def test_the_work_goes_its_way_to_completion(open_job, pat):
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    way = [
        (services.start_job, "in_progress"),
        (services.deliver_job, "delivered"),
        (services.resume_job, "in_progress"),
        (services.dispute_job, "disputed"),
        (services.resume_job, "in_progress"),
        (services.deliver_job, "delivered"),
        (services.complete_job, "completed"),
    ]
    assert [verb(actor=SYSTEM, job_id=open_job).status for verb, _ in way] == [status for _, status in way]
    assert events()[-7:] == ["job.moved"] * 7


def test_work_cannot_be_delivered_before_it_began_and_nothing_changes(open_job, pat, rows):
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    before = rows(Job, StoredEvent)
    for verb in (services.deliver_job, services.complete_job, services.dispute_job, services.resume_job):
        with pytest.raises(WrongStatus):
            verb(actor=SYSTEM, job_id=open_job)
    assert rows(Job, StoredEvent) == before


def test_a_reopened_job_can_be_hired_for_again(pats_proposal, open_job, pat, sam):
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id(), proposal_id=pats_proposal)
    view = services.reopen_job(actor=SYSTEM, job_id=open_job)
    assert (view.status, view.contractor_id) == ("open", None)
    assert Proposal.objects.get(pk=pats_proposal).status == "withdrawn"
    make_profile(sam)
    second = make_proposal(sam, open_job)
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=sam.known_id(), proposal_id=second)
    assert Proposal.objects.get(pk=second).status == "accepted"


def test_a_contract_that_is_called_off_cancels_its_job(open_job, pat):
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    view = services.cancel_job_of_contract(actor=SYSTEM, job_id=open_job, reason="Both agreed.")
    assert view.status == "cancelled"
    assert events()[-1] == "job.cancelled"


def test_a_direct_booking_is_found_by_its_parties_only(taxonomy, casey, pat, omar):
    booking = JobDetails(title="Clean my flat on Monday", budget=Budget(PriceKind.FIXED, usd(80_00), usd(80_00)))
    view = services.create_direct_job(actor=casey, details=booking)
    assert (view.status, view.visibility) == ("open", "private")
    for stranger in (omar, pat, VISITOR):
        with pytest.raises(NotFound):
            policies.get_job_for(stranger, view.id)
    services.assign_job(actor=SYSTEM, job_id=view.id, contractor_id=pat.known_id())
    assert policies.get_job_for(pat, view.id).title == booking.title
    make_profile(omar)
    with pytest.raises(NotFound):
        make_proposal(omar, view.id)
    assert not Proposal.objects.exists()


def test_offers_are_made_only_on_own_open_jobs_and_undecided_proposals(pats_proposal, open_job, casey, omar, pat):
    assert selectors.job_for_offer(casey, open_job).status == "open"
    assert selectors.proposal_for_offer(casey, pats_proposal).price == usd(100_00)
    for stranger in (omar, pat):
        with pytest.raises(NotFound):
            selectors.job_for_offer(stranger, open_job)
        with pytest.raises(NotFound):
            selectors.proposal_for_offer(stranger, pats_proposal)
    services.reject_proposal(actor=casey, proposal_id=pats_proposal)
    with pytest.raises(WrongStatus):
        selectors.proposal_for_offer(casey, pats_proposal)
    services.cancel_job(actor=casey, job_id=open_job)
    with pytest.raises(WrongStatus):
        selectors.job_for_offer(casey, open_job)


@pytest.mark.django_db(transaction=True)
def test_the_clock_closes_what_nobody_was_hired_for_and_it_can_be_posted_again(open_job, casey):
    from jobsphere.db.transactions import edge_transaction

    expire_jobs()
    assert status_of(open_job) == "open"
    clock.set_offset(timedelta(days=31))
    expire_jobs()
    expire_jobs()
    assert status_of(open_job) == "expired"
    assert events() == ["job.published", "job.expired"]
    with edge_transaction():
        services.repost_job(actor=casey, job_id=open_job)
    assert status_of(open_job) == "open"
    assert Job.objects.filter(pk=open_job, expires_at__gt=clock.now() + timedelta(days=29)).exists()


def test_a_job_whose_deadline_has_passed_is_posted_again_with_a_new_one(taxonomy, casey, rows):
    day = clock.now().date()
    job_id = make_job(casey, due_on=day + timedelta(days=2))
    clock.set_offset(timedelta(days=5))
    assert services.expire_job(job_id=job_id)
    before = rows(Job)
    with pytest.raises(InvalidInput):
        services.repost_job(actor=casey, job_id=job_id)
    assert rows(Job) == before
    later = replace(TAP, due_on=day + timedelta(days=20))
    services.repost_job(actor=casey, job_id=job_id, details=later)
    assert Job.objects.get(pk=job_id).due_on == later.due_on
    assert status_of(job_id) == "open"


def test_every_verb_leaves_an_audit_entry(open_job, casey, pat, ada):
    services.update_job(actor=casey, job_id=open_job, details=TAP)
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    services.start_job(actor=SYSTEM, job_id=open_job)
    from jobsphere.audit.models import AuditEntry

    verbs = AuditEntry.objects.filter(target_id=open_job).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["job.create", "job.publish", "job.edit", "job.assign", "job.start"]


@pytest.mark.django_db(transaction=True)
def test_a_verb_outside_a_transaction_is_a_bug_that_shows(casey):
    with pytest.raises(NoTransactionError):
        services.create_job(actor=casey, details=TAP)
    assert not Job.objects.exists()
