"""Builders through the services: a taxonomy, a contractor's profile, an open job, a proposal.

Plain functions for tests that need several, and fixtures for those that need one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from jobsphere.db.transactions import edge_transaction
from jobsphere.jobs import services as jobs
from jobsphere.jobs.types import Budget, JobDetails, PriceKind, ProposalDetails
from jobsphere.kit.actor import Actor
from jobsphere.kit.money import Money
from jobsphere.profiles import services as profiles
from jobsphere.profiles.types import ContractorDetails


def usd(amount: int) -> Money:
    """Return dollars in cents."""
    return Money(amount, "USD")


#: A complete job; `replace(TAP, title=…)` for another.
TAP = JobDetails(
    title="Repair the kitchen tap",
    description="It drips day and night.",
    category="plumbers",
    skills=("leak-repair", "kitchen-plumbing"),
    budget=Budget(PriceKind.FIXED, usd(50_00), usd(120_00)),
    place="Old Town",
    address="7 Mill Lane, 2nd floor",
    latitude=51.507351,
    longitude=-0.127758,
)
#: A complete proposal for it.
ANSWER = ProposalDetails(price=usd(100_00), message="I can come tomorrow.", estimated_days=2)
PLUMBER = ContractorDetails(headline="Plumber for old houses", categories=("plumbers",), skills=("leak-repair",))


def edge() -> AbstractContextManager[None]:
    """Open the edge's transaction; inside a test that is rolled back anyway there is one already."""
    return nullcontext() if connection.in_atomic_block else edge_transaction()


@pytest.fixture
def taxonomy(db: None) -> None:
    """All trades and skills."""
    with edge():
        profiles.load_taxonomy()


def make_profile(actor: Actor, **changes: Any) -> UUID:
    """Make the actor a contractor with a profile."""
    with edge():
        return profiles.save_contractor_profile(actor=actor, details=replace(PLUMBER, **changes))


def make_job(actor: Actor, *, draft: bool = False, **changes: Any) -> UUID:
    """Let the actor post a job; needs the taxonomy."""
    with edge():
        return jobs.create_job(actor=actor, details=replace(TAP, **changes), draft=draft)


def make_proposal(actor: Actor, job_id: UUID, **changes: Any) -> UUID:
    """Let the actor answer a job; needs their profile."""
    with edge():
        return jobs.submit_proposal(actor=actor, job_id=job_id, details=replace(ANSWER, **changes))


@pytest.fixture
def open_job(taxonomy: None, casey: Actor) -> UUID:
    """Casey's open job."""
    return make_job(casey)


@pytest.fixture
def pats_proposal(open_job: UUID, pat: Actor) -> UUID:
    """Pat's proposal for Casey's open job."""
    make_profile(pat)
    return make_proposal(pat, open_job)


@pytest.fixture
def rows() -> Callable[..., list[dict[str, Any]]]:
    """Return a function that reads whole rows of models, to compare before and after a refusal."""

    def read(*models: Any) -> list[dict[str, Any]]:
        return [row for model in models for row in model.objects.order_by("pk").values()]

    return read
