"""A list that has everything in it, and every way to look at it. Shared by the tests of the list."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from jobsphere.jobs import services
from jobsphere.jobs.types import Budget, JobDetails, JobFilters, JobStatus, PriceKind
from jobsphere.kit import clock
from jobsphere.kit.actor import SYSTEM, Actor
from jobsphere.kit.money import Money
from tests.marketplace import edge, make_job, make_profile, make_proposal, usd


def today() -> date:
    """Return the day of the marketplace's clock."""
    return clock.now().date()


def euros(low: int, high: int) -> Budget:
    return Budget(PriceKind.HOURLY, Money(low, "EUR"), Money(high, "EUR"))


def make_marketplace(casey: Actor, pat: Actor, omar: Actor) -> dict[str, UUID]:
    """Make one job of each kind; return them by name."""
    make_profile(pat)
    far: dict[str, Any] = {"latitude": 48.8566, "longitude": 2.3522, "place": "Paris"}
    jobs = {
        "tap": make_job(casey),
        "painting": make_job(
            casey,
            title='Painting a "difficult" wall',
            description="Über 100 m² \\ with a\nline break\tand a tab " + "long " * 80,
            category="painters",
            skills=("interior-painting",),
            budget=Budget(PriceKind.FIXED, usd(500_00), usd(900_00)),
            due_on=today() + timedelta(days=9),
        ),
        "website": make_job(
            omar,
            title="A website with React",
            category="web-development",
            skills=("react", "typescript", "django"),
            budget=euros(40_00, 60_00),
            latitude=None,
            longitude=None,
            place="",
            address="",
        ),
        "paris": make_job(omar, title="Move my piano", category="movers", skills=("piano-moving",), **far),
        "draft": make_job(casey, draft=True, title="Only an idea"),
        "cancelled": make_job(casey, title="Cancelled tap"),
        "assigned": make_job(casey, title="Assigned kitchen", due_on=today() + timedelta(days=3)),
    }
    make_proposal(pat, jobs["tap"])
    with edge():
        services.cancel_job(actor=casey, job_id=jobs["cancelled"], reason="No need.")
        services.assign_job(actor=SYSTEM, job_id=jobs["assigned"], contractor_id=pat.known_id())
        private = JobDetails(title="A booking", budget=Budget(PriceKind.FIXED, usd(1), usd(1)))
        jobs["private"] = services.create_direct_job(actor=casey, details=private).id
    return jobs


#: name -> (filters, the jobs that everybody finds with them, newest first)
CASES: dict[str, tuple[Callable[[], JobFilters], list[str]]] = {
    "nothing": (JobFilters, ["paris", "website", "painting", "tap"]),
    "status": (lambda: JobFilters(statuses=(JobStatus.ASSIGNED,)), ["assigned"]),
    "statuses": (
        lambda: JobFilters(statuses=(JobStatus.ASSIGNED, JobStatus.CANCELLED, JobStatus.DRAFT)),
        ["assigned", "cancelled"],
    ),
    "drafts": (lambda: JobFilters(statuses=(JobStatus.DRAFT,)), []),
    "category": (lambda: JobFilters(category="painters"), ["painting"]),
    "group": (lambda: JobFilters(category="home-repair"), ["painting", "tap"]),
    "no such category": (lambda: JobFilters(category="wizards"), []),
    "skill": (lambda: JobFilters(skills=("react",)), ["website"]),
    "any skill": (lambda: JobFilters(skills=("django", "react", "leak-repair")), ["website", "tap"]),
    "beginning of a word": (lambda: JobFilters(search="paint"), ["painting"]),
    "another form of a word": (lambda: JobFilters(search="walls"), ["painting"]),
    "all words": (lambda: JobFilters(search="kitchen drips"), ["tap"]),
    "one word too many": (lambda: JobFilters(search="kitchen piano"), []),
    "syntax is text": (lambda: JobFilters(search="\"tap' OR (1=1) & !* NEAR:"), []),
    "no word at all": (lambda: JobFilters(search="'\"*"), []),
    "hourly": (lambda: JobFilters(budget_kind=PriceKind.HOURLY), ["website"]),
    "currency": (lambda: JobFilters(currency="EUR"), ["website"]),
    "budget from": (lambda: JobFilters(budget_min=200_00, currency="USD"), ["painting"]),
    "budget to": (lambda: JobFilters(budget_max=60_00, currency="USD"), ["paris", "tap"]),
    "budget at the edge": (lambda: JobFilters(budget_min=120_00, budget_max=120_00, currency="USD"), ["paris", "tap"]),
    "budget from zero": (lambda: JobFilters(budget_min=0, currency="EUR"), ["website"]),
    "due from": (lambda: JobFilters(due_from=today() + timedelta(days=5)), ["painting"]),
    "due until": (lambda: JobFilters(due_until=today() + timedelta(days=5)), []),
    "near London": (lambda: JobFilters(latitude=51.5, longitude=-0.1), ["painting", "tap"]),
    "within a metre": (lambda: JobFilters(latitude=51.5, longitude=-0.1, radius_km=0.1), []),
    "half of Europe": (
        lambda: JobFilters(latitude=50.0, longitude=1.0, radius_km=500),
        ["paris", "painting", "tap"],
    ),
    "the pole": (lambda: JobFilters(latitude=90.0, longitude=0.0, radius_km=500), []),
    "everything": (
        lambda: JobFilters(
            search="tap",
            category="plumbers",
            skills=("leak-repair",),
            budget_kind=PriceKind.FIXED,
            budget_min=1,
            budget_max=500_00,
            currency="USD",
            latitude=51.5,
            longitude=-0.1,
            radius_km=50,
            statuses=(JobStatus.OPEN,),
        ),
        ["tap"],
    ),
}
