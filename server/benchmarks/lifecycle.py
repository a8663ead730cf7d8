"""Whole lifecycles: job, offer paid by card, acceptance, work, release: every verb, the SDK and the sandbox gateway.

Told beside what the gateway alone allows (the same two calls through the same SDK), since both run in this process.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import UUID, uuid4

from benchmarks.crew import crew
from benchmarks.report import Result

PRICE = 100_000


def run() -> list[Result]:
    """Measure; needs Django set up on a migrated PostgreSQL database."""
    from jobsphere.db.transactions import edge_transaction
    from jobsphere.profiles import services as profiles

    with edge_transaction():
        profiles.load_taxonomy()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="jobsphere-bench-"))
        stack.enter_context(environment(DATA_DIR=folder, LOG_LEVEL="ERROR"))
        people = stack.enter_context(crew())
        lifecycles, gateway = people.rates(lifecycle, gateway_alone, rounds=3, seconds=4.0)
    detail = f"{lifecycles:.0f}/s; the same authorize and capture without us {gateway:.0f}/s"
    return [Result("whole lifecycles / gateway alone", lifecycles / gateway, None, detail)]


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Let the crew's processes see other values: a sandbox away from the person's ./var, and no log."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def lifecycle(number: int) -> Callable[[], object]:
    """Let a customer and a contractor of their own do one job of $1000 from posting to release."""
    from jobsphere.contracts import selectors as reads
    from jobsphere.contracts import services as contracts
    from jobsphere.contracts.types import Handover, OfferTerms
    from jobsphere.db.transactions import edge_transaction
    from jobsphere.jobs import services as jobs
    from jobsphere.jobs.types import Budget, JobDetails, PriceKind
    from jobsphere.kit.actor import CONTRACTOR, CUSTOMER, Actor
    from jobsphere.kit.money import Money
    from jobsphere.profiles import services as profiles
    from jobsphere.profiles.types import ContractorDetails

    customer, contractor = (
        Actor(_person(f"{role}{number}-{uuid4()}@bench.example", role), frozenset({role}), frozenset(), role)
        for role in (CUSTOMER, CONTRACTOR)
    )
    with edge_transaction():
        details = ContractorDetails(headline="Carpenter", categories=("carpenters",))
        profiles.save_contractor_profile(actor=contractor, details=details)
    price = Money(PRICE, "USD")
    job = JobDetails(
        title="A kitchen",
        description="Six cabinets.",
        category="carpenters",
        budget=Budget(PriceKind.FIXED, price, price),
        place="Here",
    )

    def once() -> None:
        with edge_transaction():
            job_id = jobs.create_job(actor=customer, details=job)
        with edge_transaction():
            offer = contracts.make_offer_on_job(
                actor=customer,
                job_id=job_id,
                contractor_id=contractor.known_id(),
                terms=OfferTerms(price),
                payment_method="pm_card_visa",
            )
        with edge_transaction():
            contracts.accept_offer(actor=contractor, offer_id=offer)
        part = reads.contract_of_job(customer, job_id).milestones[0].id
        with edge_transaction():
            contracts.start_milestone(actor=contractor, milestone_id=part)
        with edge_transaction():
            contracts.submit_milestone(actor=contractor, milestone_id=part, work=Handover(note="Done."))
        with edge_transaction():
            contracts.release_milestone(actor=customer, milestone_id=part)

    return once


def gateway_alone(number: int) -> Callable[[], object]:
    """Authorize and capture through the SDK and the sandbox, with nothing of ours around it."""
    from jobsphere.kit.money import Money
    from jobsphere.payments.gateways.base import Ok
    from jobsphere.payments.gateways.registry import get_gateway

    gateway, price = get_gateway("sandbox"), Money(PRICE, "USD")

    def once() -> None:
        authorized = gateway.authorize(
            amount=price, idempotency_key=str(uuid4()), operation_id=str(uuid4()), payment_method="pm_card_visa"
        )
        assert isinstance(authorized, Ok)
        captured = gateway.capture(gateway_id=authorized.object.gateway_id, amount=price, idempotency_key=str(uuid4()))
        assert isinstance(captured, Ok)

    return once


def _person(email: str, role: str) -> UUID:
    from jobsphere.db.transactions import edge_transaction
    from jobsphere.users import services as users

    with edge_transaction():
        made = users.create_person(name=role.title(), email=email, password_hash="!", roles=[role], verified=True)
    assert made is not None
    return made
