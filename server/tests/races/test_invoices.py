"""Two hundred documents at once: every number is given out once, and none is missing."""

from functools import partial
from uuid import UUID, uuid4

import pytest

from jobsphere.db.transactions import edge_transaction
from jobsphere.invoices import services
from jobsphere.invoices.models import Invoice, InvoiceCounter
from jobsphere.invoices.rules import DraftLine, InvoiceKind, InvoiceType, drafts
from jobsphere.invoices.types import Cause
from jobsphere.kit.actor import Actor
from jobsphere.ledger import checks
from tests.marketplace import usd
from tests.races.running import race

LANES, EACH = 8, 25


class RolledBackError(Exception):
    """The rest of a transaction went wrong."""


def issue(person: UUID, cause_id: UUID, *, fails: bool) -> None:
    wanted = drafts((InvoiceKind.PAYOUT_FEE, InvoiceType.INVOICE, [DraftLine(None, usd(1_00))]))
    with edge_transaction():
        services.issue(cause=Cause(name="test", id=cause_id, contractor_id=person, payout_id=uuid4()), drafts=wanted)
        if fails:
            raise RolledBackError


def lane(person: UUID) -> None:
    """Issue one after the other; each fifth time the transaction is undone first, and every cause is told twice."""
    for number in range(EACH):
        cause_id = uuid4()
        if number % 5 == 0:
            with pytest.raises(RolledBackError):
                issue(person, cause_id, fails=True)
        issue(person, cause_id, fails=False)
        issue(person, cause_id, fails=False)


def test_two_hundred_at_once_leave_no_gap_and_no_double(transactional_db: None, pat: Actor):
    race(*(partial(lane, pat.known_id()) for _ in range(LANES)))
    numbers = list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, LANES * EACH + 1))
    assert InvoiceCounter.objects.get().last == LANES * EACH
    assert checks.run(["invoices.numbers"]) == {"invoices.numbers": []}
