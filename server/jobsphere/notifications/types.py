"""What there is to tell, and how it reads."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class NotificationType(StrEnum):
    """What a person may be told of (R88); rules.CATALOGUE says how each is sent when nobody chose."""

    JOB_NEW = "job.new"
    JOB_EXPIRED = "job.expired"
    PROPOSAL_RECEIVED = "proposal.received"
    PROPOSAL_SHORTLISTED = "proposal.shortlisted"
    PROPOSAL_ACCEPTED = "proposal.accepted"
    PROPOSAL_REJECTED = "proposal.rejected"
    OFFER_RECEIVED = "offer.received"
    OFFER_ACCEPTED = "offer.accepted"
    OFFER_REJECTED = "offer.rejected"
    OFFER_WITHDRAWN = "offer.withdrawn"
    OFFER_EXPIRED = "offer.expired"
    CONTRACT_STARTED = "contract.started"
    CONTRACT_COMPLETED = "contract.completed"
    CONTRACT_CANCELLED = "contract.cancelled"
    CONTRACT_REMINDER = "contract.reminder"
    MILESTONE_SUBMITTED = "milestone.submitted"
    MILESTONE_CHANGES_REQUESTED = "milestone.changes_requested"
    MILESTONE_RELEASED = "milestone.released"
    PAYMENT_ACTION_REQUIRED = "payment.action_required"
    PAYMENT_RECEIVED = "payment.received"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_REFUNDED = "payment.refunded"
    PAYOUT_PAID = "payout.paid"
    PAYOUT_FAILED = "payout.failed"
    PAYOUT_SETUP = "payout.setup"
    MESSAGE_RECEIVED = "message.received"
    REVIEW_RECEIVED = "review.received"
    DISPUTE_UPDATED = "dispute.updated"
    ACCOUNT_SECURITY = "account.security"
    STAFF_ALARM = "staff.alarm"


@dataclass(frozen=True, slots=True)
class Preference:
    """How one type reaches a person; a required one always shows in the app."""

    type: NotificationType
    group: str
    label: str
    required: bool
    in_app: bool
    email: bool


@dataclass(frozen=True, slots=True)
class NotificationView:
    """One thing that a person was told."""

    id: UUID
    type: str
    title: str
    body: str
    link: str
    metadata: dict[str, Any]
    read_at: datetime | None
    created_at: datetime
