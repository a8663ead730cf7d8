"""Conversations about jobs: who may begin one, what it is called, and the steps of a proposal in it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jobsphere.db.composed import composed, in_lists
from jobsphere.jobs.events import ProposalRejected, ProposalShortlisted, ProposalSubmitted, ProposalWithdrawn
from jobsphere.jobs.models import Job, Proposal
from jobsphere.kit.actor import Actor
from jobsphere.messaging.services import note
from jobsphere.outbox.subscriptions import subscribe
from jobsphere.outbox.types import EventMeta

_STEPS = {
    ProposalShortlisted: "This proposal is in the closer choice.",
    ProposalRejected: "The customer has decided against this proposal.",
    ProposalWithdrawn: "The proposal was taken back.",
}


@subscribe(ProposalSubmitted)
def open_thread(event: ProposalSubmitted, meta: EventMeta) -> None:
    """Give the two a place to talk about the job (R46), which begins with the proposal."""
    _note(event, meta, f"A proposal of {event.price} was sent.", {"amount": event.price.to_json()})


@subscribe(ProposalShortlisted, ProposalRejected, ProposalWithdrawn)
def note_proposal(event: ProposalShortlisted | ProposalRejected | ProposalWithdrawn, meta: EventMeta) -> None:
    """A proposal has moved."""
    _note(event, meta, _STEPS[type(event)], {})


def may_write_about_proposal(sender: Actor, recipient_id: UUID, proposal_id: UUID) -> bool:
    """Say whether the sender may begin to write about a proposal: its contractor and the customer, to each other."""
    row = Proposal.objects.filter(pk=proposal_id).values_list("contractor_id", "job__customer_id").first()
    return row is not None and {sender.id, recipient_id} == set(row)


def job_titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Name jobs for the two who talk about them. One query."""
    return dict(in_lists(_job_titles, ids=ids))


def proposal_titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Name proposals by their jobs. One query."""
    return dict(in_lists(_proposal_titles, ids=ids))


@composed
def _job_titles(*, ids: list[UUID]) -> "QuerySet[Any]":
    return Job.objects.filter(pk__in=ids).values_list("id", "title")


@composed
def _proposal_titles(*, ids: list[UUID]) -> "QuerySet[Any]":
    return Proposal.objects.filter(pk__in=ids).values_list("id", "job__title")


def _note(
    event: ProposalSubmitted | ProposalShortlisted | ProposalRejected | ProposalWithdrawn,
    meta: EventMeta,
    text: str,
    params: Mapping[str, object],
) -> None:
    note(
        between=(event.customer_id, event.contractor_id),
        subject_type="job",
        subject_id=event.job_id,
        key=str(meta.id),
        code=event.name,
        text=text,
        params=params,
        link=f"/jobs/{event.job_id}",
    )
