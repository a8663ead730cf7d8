"""The verbs of proposals and saved searches."""

from dataclasses import replace

import pytest

from jobsphere.jobs import policies, selectors, services
from jobsphere.jobs.errors import OwnJob, ProposalExists
from jobsphere.jobs.models import Job, Proposal, SavedSearch
from jobsphere.jobs.services.saving import MAX_SAVED, TooManySearches
from jobsphere.jobs.types import ProposedMilestone
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import Forbidden, InvalidInput, NotFound, WrongStatus
from jobsphere.kit.money import Money
from jobsphere.outbox.models import StoredEvent
from jobsphere.profiles.errors import ProfileRequired
from tests.marketplace import ANSWER, make_job, make_profile, make_proposal, usd

pytestmark = pytest.mark.django_db


def test_a_contractor_answers_an_open_job_and_the_job_counts_it(open_job, pat, sam):
    make_profile(pat)
    make_profile(sam)
    parts = (ProposedMilestone("Parts", usd(30_00)), ProposedMilestone("Work", usd(70_00)))
    first = make_proposal(pat, open_job, milestones=parts)
    make_proposal(sam, open_job)
    view = selectors.proposal_view(Proposal.objects.get(pk=first))
    assert (view.status, view.price, view.milestones) == ("pending", usd(100_00), parts)
    assert Job.objects.get(pk=open_job).proposal_count == 2
    event = StoredEvent.objects.get(name="proposal.submitted", aggregate_id=first)
    assert event.payload["price"] == {"amount": 100_00, "currency": "USD"}


def test_one_live_proposal_per_contractor_and_job(pats_proposal, open_job, pat, rows):
    before = rows(Job, Proposal, StoredEvent)[1:]
    with pytest.raises(ProposalExists):
        make_proposal(pat, open_job)
    assert rows(Proposal, StoredEvent) == before
    services.withdraw_proposal(actor=pat, proposal_id=pats_proposal)
    make_proposal(pat, open_job)
    assert [row.status for row in Proposal.objects.order_by("pk")] == ["withdrawn", "pending"]


@pytest.mark.django_db(transaction=True)
def test_a_second_live_proposal_is_not_counted_either(pats_proposal, open_job, pat, rows):
    before = rows(Job, Proposal, StoredEvent)
    with pytest.raises(ProposalExists):
        make_proposal(pat, open_job)
    assert rows(Job, Proposal, StoredEvent) == before


def test_a_withdrawn_proposal_is_no_longer_counted(pats_proposal, open_job, pat):
    services.withdraw_proposal(actor=pat, proposal_id=pats_proposal)
    assert Job.objects.get(pk=open_job).proposal_count == 0
    assert StoredEvent.objects.latest("pk").name == "proposal.withdrawn"


def test_nobody_proposes_on_their_own_job(taxonomy, omar, rows):
    make_profile(omar)
    job_id = make_job(omar)
    with pytest.raises(OwnJob):
        make_proposal(omar, job_id)
    assert not Proposal.objects.exists()
    assert Job.objects.get(pk=job_id).proposal_count == 0


def test_a_contractor_without_a_profile_is_asked_for_it(open_job, pat):
    with pytest.raises(ProfileRequired):
        make_proposal(pat, open_job)
    assert not Proposal.objects.exists()


def test_a_customer_without_the_contractor_role_cannot_propose(open_job, ada):
    with pytest.raises(Forbidden):
        make_proposal(ada, open_job)
    assert not Proposal.objects.exists()


def test_a_draft_does_not_exist_for_contractors(taxonomy, casey, pat):
    make_profile(pat)
    draft = make_job(casey, draft=True)
    with pytest.raises(NotFound):
        make_proposal(pat, draft)
    assert not Proposal.objects.exists()


def test_only_open_jobs_are_answered(open_job, casey, pat, sam):
    make_profile(sam)
    services.assign_job(actor=SYSTEM, job_id=open_job, contractor_id=pat.known_id())
    with pytest.raises(WrongStatus):
        make_proposal(sam, open_job)
    assert not Proposal.objects.exists()


def test_a_proposal_in_another_currency_is_refused(open_job, pat):
    make_profile(pat)
    with pytest.raises(InvalidInput):
        make_proposal(pat, open_job, price=Money(100, "EUR"))
    assert Job.objects.get(pk=open_job).proposal_count == 0


def test_a_pending_proposal_can_be_changed_and_a_shortlisted_one_cannot(pats_proposal, casey, pat, rows):
    services.update_proposal(actor=pat, proposal_id=pats_proposal, details=replace(ANSWER, price=usd(90_00)))
    assert Proposal.objects.get(pk=pats_proposal).price_amount == 90_00
    services.shortlist_proposal(actor=casey, proposal_id=pats_proposal)
    before = rows(Proposal, StoredEvent)
    with pytest.raises(WrongStatus):
        services.update_proposal(actor=pat, proposal_id=pats_proposal, details=ANSWER)
    assert rows(Proposal, StoredEvent) == before


def test_the_customer_shortlists_and_rejects_with_feedback(pats_proposal, casey):
    services.shortlist_proposal(actor=casey, proposal_id=pats_proposal)
    services.reject_proposal(actor=casey, proposal_id=pats_proposal, feedback="Too late for me.")
    row = Proposal.objects.get(pk=pats_proposal)
    assert (row.status, row.rejection_reason, row.feedback) == ("rejected", "declined", "Too late for me.")
    event = StoredEvent.objects.latest("pk")
    assert (event.name, event.payload["feedback"]) == ("proposal.rejected", "Too late for me.")


def test_what_was_decided_stays_decided(pats_proposal, casey, pat, rows):
    services.reject_proposal(actor=casey, proposal_id=pats_proposal)
    before = rows(Proposal, StoredEvent, Job)
    for verb, actor in (
        (services.shortlist_proposal, casey),
        (services.reject_proposal, casey),
        (services.withdraw_proposal, pat),
    ):
        with pytest.raises(WrongStatus):
            verb(actor=actor, proposal_id=pats_proposal)
    assert rows(Proposal, StoredEvent, Job) == before


def test_strangers_and_the_wrong_party_get_nothing_and_nothing_changes(pats_proposal, casey, pat, omar, sam, rows):
    before = rows(Proposal, StoredEvent, Job)
    for stranger in (omar, sam):
        with pytest.raises(NotFound):
            policies.get_proposal_for(stranger, pats_proposal)
    for verb, actors in (
        (services.shortlist_proposal, (omar, pat)),
        (services.reject_proposal, (omar, pat)),
        (services.withdraw_proposal, (omar, casey)),
    ):
        for actor in actors:
            with pytest.raises(NotFound):
                verb(actor=actor, proposal_id=pats_proposal)
    for actor in (omar, casey):
        with pytest.raises(NotFound):
            services.update_proposal(actor=actor, proposal_id=pats_proposal, details=ANSWER)
    assert rows(Proposal, StoredEvent, Job) == before


def test_each_party_sees_the_actions_that_are_theirs(pats_proposal, casey, pat, omar):
    proposal = policies.get_proposal_for(casey, pats_proposal)
    assert policies.allowed_on_proposal(casey, proposal) == ["offer", "reject", "shortlist"]
    assert policies.allowed_on_proposal(casey, proposal, offered=True) == ["reject", "shortlist"]
    assert policies.allowed_on_proposal(pat, proposal) == ["edit", "withdraw"]
    assert policies.allowed_on_proposal(omar, proposal) == []


def test_everybody_lists_only_their_own(pats_proposal, casey, pat, sam, omar):
    assert list(selectors.proposals(pat).values_list("pk", flat=True)) == [pats_proposal]
    assert list(selectors.proposals(casey, role="customer").values_list("pk", flat=True)) == [pats_proposal]
    assert not selectors.proposals(casey, role="contractor").exists()
    assert not selectors.proposals(sam).exists()
    assert not selectors.proposals(omar).exists()


def test_a_person_keeps_so_many_searches_and_nobody_reads_them(db, pat, omar):
    kept = services.save_search(actor=pat, name="Taps", filters={"category": "plumbers"})
    services.change_search(actor=pat, search_id=kept.pk, name="Leaks", filters={"search": "leak"})
    for verb in (services.forget_search, policies_get):
        with pytest.raises(NotFound):
            verb(actor=omar, search_id=kept.pk)
    assert SavedSearch.objects.get().filters == {"search": "leak"}
    for number in range(MAX_SAVED - 1):
        services.save_search(actor=pat, name=str(number), filters={})
    with pytest.raises(TooManySearches):
        services.save_search(actor=pat, name="One more", filters={})
    assert SavedSearch.objects.count() == MAX_SAVED
    services.forget_search(actor=pat, search_id=kept.pk)
    assert SavedSearch.objects.count() == MAX_SAVED - 1


def policies_get(*, actor, search_id):
    return policies.get_saved_search_for(actor, search_id)
