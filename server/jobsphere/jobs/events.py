"""Facts about jobs and proposals."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class JobPublished(Event):
    """A job can be found and answered by everybody (also when it was posted again)."""

    name: ClassVar[str] = "job.published"
    aggregate: ClassVar[str] = "job"
    job_id: UUID
    customer_id: UUID
    title: str


@dataclass(frozen=True)
class JobUpdated(Event):
    """The customer changed an open job."""

    name: ClassVar[str] = "job.updated"
    aggregate: ClassVar[str] = "job"
    job_id: UUID
    customer_id: UUID


@dataclass(frozen=True)
class JobCancelled(Event):
    """A job will not be done (or not any further); its live proposals were rejected."""

    name: ClassVar[str] = "job.cancelled"
    aggregate: ClassVar[str] = "job"
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID | None
    reason: str


@dataclass(frozen=True)
class JobExpired(Event):
    """Nobody was hired in time; the customer may post it again."""

    name: ClassVar[str] = "job.expired"
    aggregate: ClassVar[str] = "job"
    job_id: UUID
    customer_id: UUID


@dataclass(frozen=True)
class JobAssigned(Event):
    """A contractor was hired."""

    name: ClassVar[str] = "job.assigned"
    aggregate: ClassVar[str] = "job"
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
    proposal_id: UUID | None


@dataclass(frozen=True)
class JobMoved(Event):
    """The work on a job went on: started, delivered, resumed, completed, disputed or reopened."""

    name: ClassVar[str] = "job.moved"
    aggregate: ClassVar[str] = "job"
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID | None
    action: str
    status: str


@dataclass(frozen=True)
class ProposalSubmitted(Event):
    """A contractor answered a job."""

    name: ClassVar[str] = "proposal.submitted"
    aggregate: ClassVar[str] = "proposal"
    proposal_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
    price: Money


@dataclass(frozen=True)
class ProposalWithdrawn(Event):
    """A contractor took their proposal back."""

    name: ClassVar[str] = "proposal.withdrawn"
    aggregate: ClassVar[str] = "proposal"
    proposal_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID


@dataclass(frozen=True)
class ProposalShortlisted(Event):
    """The customer keeps a proposal in the closer choice."""

    name: ClassVar[str] = "proposal.shortlisted"
    aggregate: ClassVar[str] = "proposal"
    proposal_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID


@dataclass(frozen=True)
class ProposalRejected(Event):
    """A proposal was turned down; `reason` is a RejectionReason, `feedback` what the customer said."""

    name: ClassVar[str] = "proposal.rejected"
    aggregate: ClassVar[str] = "proposal"
    proposal_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
    reason: str
    feedback: str


@dataclass(frozen=True)
class ProposalAccepted(Event):
    """The proposal's contractor was hired for its job."""

    name: ClassVar[str] = "proposal.accepted"
    aggregate: ClassVar[str] = "proposal"
    proposal_id: UUID
    job_id: UUID
    customer_id: UUID
    contractor_id: UUID
