"""What there is to tell, and how it reads."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from jobsphere.kit.words import Reader


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
    CONTRACT_CHANGE = "contract.change"
    BOOKING_UPDATED = "booking.updated"
    MILESTONE_SUBMITTED = "milestone.submitted"
    MILESTONE_CHANGES_REQUESTED = "milestone.changes_requested"
    MILESTONE_RELEASED = "milestone.released"
    PAYMENT_ACTION_REQUIRED = "payment.action_required"
    PAYMENT_AUTHORIZED = "payment.authorized"
    PAYMENT_RECEIVED = "payment.received"
    PAYMENT_FAILED = "payment.failed"
    PAYMENT_REFUNDED = "payment.refunded"
    PAYOUT_REQUESTED = "payout.requested"
    PAYOUT_PAID = "payout.paid"
    PAYOUT_FAILED = "payout.failed"
    PAYOUT_SETUP = "payout.setup"
    PLAN_UPDATED = "plan.updated"
    MESSAGE_RECEIVED = "message.received"
    REVIEW_RECEIVED = "review.received"
    DISPUTE_UPDATED = "dispute.updated"
    ACCOUNT_SECURITY = "account.security"
    ACCOUNT_VERIFICATION = "account.verification"
    ACCOUNT_PRIVACY = "account.privacy"
    ACCOUNT_RESTRICTION = "account.restriction"
    REPORT_UPDATED = "report.updated"
    STAFF_ALARM = "staff.alarm"


class NewsGroup(StrEnum):
    """Under which heading a person finds a type."""

    JOBS = "jobs"
    PROPOSALS = "proposals"
    OFFERS = "offers"
    WORK = "work"
    MONEY = "money"
    MESSAGES = "messages"
    REVIEWS = "reviews"
    DISPUTES = "disputes"
    ACCOUNT = "account"
    OPERATIONS = "operations"


class Digest(StrEnum):
    """How often e-mail comes that nobody must have at once."""

    OFF = "off"
    DAILY = "daily"
    WEEKLY = "weekly"


class DeviceKind(StrEnum):
    """By which service a device is reached."""

    FCM = "fcm"
    WEB_PUSH = "web_push"


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants one type; `push` may be left as it is."""

    type: NotificationType
    in_app: bool
    email: bool
    push: bool | None = None


@dataclass(frozen=True, slots=True)
class Preference:
    """How one type reaches a person, in their language; a required one always shows in the app."""

    type: NotificationType
    group: str
    group_label: str
    label: str
    required: bool
    in_app: bool
    email: bool
    push: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """How a person reads, and when they want to be left alone."""

    language: str
    time_zone: str
    quiet_from: time | None = None
    quiet_to: time | None = None
    digest: Digest = Digest.OFF

    @property
    def reader(self) -> Reader:
        """Return whom words are written for."""
        return Reader(self.language, self.time_zone)


@dataclass(frozen=True, slots=True)
class NotificationView:
    """One thing that a person was told, in their language; `count`: how many it stands for."""

    id: UUID
    type: str
    group: str
    title: str
    body: str
    link: str
    count: int
    metadata: dict[str, Any]
    read_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceView:
    """A device that gets push messages."""

    id: UUID
    kind: DeviceKind
    name: str
    created_at: datetime
    last_sent_at: datetime | None
    #: The session of this very request turned it on.
    here: bool


@dataclass(frozen=True, slots=True)
class PushMessage:
    """What a device shows: nothing that is not in the title and body, and where a tap leads."""

    id: UUID
    title: str
    body: str
    link: str
    #: Messages with the same tag replace each other.
    tag: str
    urgent: bool
    unread: int

    def to_json(self) -> dict[str, str | int]:
        """Return what the service worker reads."""
        return {
            "id": str(self.id),
            "title": self.title,
            "body": self.body,
            "link": self.link,
            "tag": self.tag,
            "unread": self.unread,
        }


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """What a link in a letter would switch off, in its reader's language; `done`: it is off."""

    scope: str
    label: str
    brand: str
    done: bool
