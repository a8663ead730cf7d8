"""What happened to held money."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class EscrowFunded(Event):
    """A captured payment is now held for its milestones, less the platform fee."""

    name: ClassVar[str] = "escrow.funded"
    aggregate: ClassVar[str] = "payment"
    payment_id: UUID
    contract_id: UUID
    payer_id: UUID
    payee_id: UUID
    amount: Money
    platform_fee: Money


@dataclass(frozen=True)
class HoldEvent(Event):
    """What every event of one hold carries."""

    aggregate: ClassVar[str] = "hold"
    hold_id: UUID
    contract_id: UUID
    milestone_id: UUID
    payment_id: UUID
    payer_id: UUID
    payee_id: UUID


@dataclass(frozen=True)
class EscrowReleased(HoldEvent):
    """The money of a milestone is in the payee's wallet (`payout`), less the service fee."""

    name: ClassVar[str] = "escrow.released"
    payout: Money
    service_fee: Money


@dataclass(frozen=True)
class EscrowRefunded(HoldEvent):
    """Money of a milestone is on its way back to the payer; `closed` says that nothing is left in the hold."""

    name: ClassVar[str] = "escrow.refunded"
    refund_id: UUID
    amount: Money
    closed: bool
    reason: str = ""


@dataclass(frozen=True)
class EscrowFrozen(HoldEvent):
    """The money of a milestone can neither be released nor refunded until it is unfrozen."""

    name: ClassVar[str] = "escrow.frozen"
    reason: str = ""


@dataclass(frozen=True)
class EscrowUnfrozen(HoldEvent):
    """The money of a milestone is free to move again."""

    name: ClassVar[str] = "escrow.unfrozen"
