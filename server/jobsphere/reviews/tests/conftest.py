"""A finished contract between Casey and Pat, whose worker has done what follows from it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from jobsphere.contracts import selectors as contracts
from jobsphere.contracts import services as deals
from jobsphere.contracts.types import OfferTerms
from jobsphere.db.transactions import edge_transaction
from jobsphere.kit.actor import Actor
from jobsphere.outbox import worker
from tests.marketplace import make_job, make_profile, usd


class People:
    """Casey has work done by Pat, and each may say how it was."""

    def __init__(self, casey: Actor, pat: Actor) -> None:
        self.casey, self.pat = casey, pat

    def do(self, verb: Callable[..., Any], actor: Actor, **options: Any) -> Any:
        """Run a verb as an edge would, and what follows from it."""
        with edge_transaction():
            result = verb(actor=actor, **options)
        worker.drain()
        return result

    def hired(self) -> UUID:
        """Make a running contract of 1000 dollars."""
        offer_id = self.do(
            deals.make_offer_on_job,
            self.casey,
            job_id=make_job(self.casey),
            terms=OfferTerms(usd(1000_00)),
            payment_method="pm_card_visa",
            contractor_id=self.pat.known_id(),
        )
        self.do(deals.accept_offer, self.pat, offer_id=offer_id)
        contract_id = contracts.offer(self.pat, offer_id).contract_id
        assert contract_id is not None
        return contract_id

    def finished(self) -> UUID:
        """Make a contract that is completed and paid."""
        contract_id = self.hired()
        self.do(deals.complete_contract, self.pat, contract_id=contract_id)
        self.do(deals.complete_contract, self.casey, contract_id=contract_id)
        return contract_id


@pytest.fixture
def people(transactional_db: None, sandbox: object, taxonomy: None, casey: Actor, pat: Actor) -> People:
    """Casey, and Pat with a profile."""
    make_profile(pat)
    return People(casey, pat)
