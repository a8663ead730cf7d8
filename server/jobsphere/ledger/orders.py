"""What booking is asked to do, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jobsphere.ledger.drafts import Draft


class Verdict(StrEnum):
    """How booking ended. Only POSTED has written anything."""

    POSTED = "posted"
    #: The business key is in the books already.
    KNOWN = "known"
    #: An account is not there yet.
    MISSING = "missing"
    #: A limited account would fall below zero.
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Order:
    """A transfer to be booked: what its row says, and the draft of its legs."""

    transfer_id: UUID
    posted_at: datetime
    code: str
    reference: str
    source_type: str
    source_id: str
    memo: str
    draft: Draft

    @property
    def names(self) -> tuple[str, str, str, str, str]:
        return self.code, self.reference, self.source_type, self.source_id, self.memo


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict, the known transfer, the signed balances of the legs (new when POSTED, present when SHORT; None on an
    untracked account), and the ids of the accounts that are not there when MISSING.
    """

    verdict: Verdict
    known: UUID | None = None
    balances: tuple[int | None, ...] = ()
    missing: frozenset[UUID] = frozenset()
    posted_at: datetime | None = None
