"""What other apps may know of what banks take back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.payments.rules import (
    ChargebackStatus,
)


@dataclass(frozen=True, slots=True)
class ChargebackView:
    """What a payer's bank takes back, or asks about (`inquiry`), as finance sees it.

    `taken`, `returned` and `fee` are what the gateway has moved; `lost` is what was accepted as gone, of which the
    marketplace has written `written_off` off because the payment had no more left.
    """

    id: UUID
    payment_id: UUID
    payer_name: str
    payee_name: str
    gateway: str
    gateway_id: str
    status: ChargebackStatus
    inquiry: bool
    reason: str
    amount: Money
    taken: Money
    returned: Money
    fee: Money
    lost: Money
    written_off: Money
    created_at: datetime
    evidence_due_by: datetime | None
    #: When the evidence goes to the bank by itself; None: a person must send it, or it is sent.
    sends_itself_at: datetime | None
    #: Submission, or giving it up, was asked for and the gateway has not answered yet.
    pending: bool
    evidence_sent_at: datetime | None
    closed_at: datetime | None
    allowed_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """What is, or would be, sent to the bank: by field, and as one readable text. `edited`: changed by finance."""

    fields: dict[str, str]
    text: str
    edited: tuple[str, ...]
