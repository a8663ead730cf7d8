"""What happens to documents."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from jobsphere.kit.money import Money
from jobsphere.outbox.types import Event


@dataclass(frozen=True)
class InvoiceIssued(Event):
    """A document got its number; it will never change. `seller_id` is empty for the operator's own."""

    name: ClassVar[str] = "invoice.issued"
    aggregate: ClassVar[str] = "invoice"
    invoice_id: UUID
    number: str
    kind: str
    type: str
    seller_id: UUID | None
    buyer_id: UUID
    contract_id: UUID | None
    gross: Money
    tax: Money
