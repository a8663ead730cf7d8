"""What jobs and proposals may do and say. Pure: no database, no HTTP."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from jobsphere.jobs.types import Budget, JobDetails, JobStatus, ProposalDetails, ProposalStatus
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER
from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.kit.lifecycle import Lifecycle, step
from jobsphere.kit.money import total

#: Parties besides customer (who posted it), contractor (who was hired, or who proposed) and admin.
CANDIDATE = "candidate"  # a contractor who is not a party of the job yet
CONTRACT = "contract"  # the floor above, which knows the money
SYSTEM = "system"  # the clock

#: How long a job stays open when its deadline does not end it sooner.
OPEN_FOR = timedelta(days=30)
MAX_SKILLS = 15
MAX_MILESTONES = 20
MAX_DAYS = 730
FURTHEST_DATE = timedelta(days=5 * 365)

_J = JobStatus
JOB = Lifecycle(
    {
        (_J.DRAFT, "edit"): step(_J.DRAFT, CUSTOMER),
        (_J.DRAFT, "publish"): step(_J.OPEN, CUSTOMER),
        (_J.DRAFT, "delete"): step(_J.DRAFT, CUSTOMER),  # the row goes, nobody has seen it
        (_J.OPEN, "edit"): step(_J.OPEN, CUSTOMER),
        (_J.OPEN, "propose"): step(_J.OPEN, CANDIDATE),
        (_J.OPEN, "cancel"): step(_J.CANCELLED, CUSTOMER, ADMIN, CONTRACT),
        (_J.OPEN, "expire"): step(_J.EXPIRED, SYSTEM),
        (_J.OPEN, "assign"): step(_J.ASSIGNED, CONTRACT),
        (_J.EXPIRED, "repost"): step(_J.OPEN, CUSTOMER),
        (_J.ASSIGNED, "start"): step(_J.IN_PROGRESS, CONTRACT),
        (_J.ASSIGNED, "cancel"): step(_J.CANCELLED, CONTRACT),
        (_J.ASSIGNED, "reopen"): step(_J.OPEN, CONTRACT),
        (_J.IN_PROGRESS, "deliver"): step(_J.DELIVERED, CONTRACT),
        (_J.IN_PROGRESS, "cancel"): step(_J.CANCELLED, CONTRACT),
        (_J.IN_PROGRESS, "dispute"): step(_J.DISPUTED, CONTRACT),
        (_J.DELIVERED, "resume"): step(_J.IN_PROGRESS, CONTRACT),  # changes were requested
        (_J.DELIVERED, "complete"): step(_J.COMPLETED, CONTRACT),
        (_J.DELIVERED, "dispute"): step(_J.DISPUTED, CONTRACT),
        (_J.DISPUTED, "resume"): step(_J.IN_PROGRESS, CONTRACT),  # the dispute was withdrawn
        (_J.DISPUTED, "complete"): step(_J.COMPLETED, CONTRACT),
        (_J.DISPUTED, "cancel"): step(_J.CANCELLED, CONTRACT),
    }
)

_P = ProposalStatus
PROPOSAL = Lifecycle(
    {
        (_P.PENDING, "edit"): step(_P.PENDING, CONTRACTOR),
        (_P.PENDING, "shortlist"): step(_P.SHORTLISTED, CUSTOMER),
        (_P.ACCEPTED, "release"): step(_P.WITHDRAWN, CONTRACT),  # the job was opened again
        **{
            key: row
            for status in (_P.PENDING, _P.SHORTLISTED)
            for key, row in {
                (status, "offer"): step(status, CUSTOMER),  # the floor above makes it; screens show the button
                (status, "reject"): step(_P.REJECTED, CUSTOMER),
                (status, "withdraw"): step(_P.WITHDRAWN, CONTRACTOR),
                (status, "accept"): step(_P.ACCEPTED, CONTRACT),
                (status, "close"): step(_P.REJECTED, CONTRACT, SYSTEM),  # hired somebody else, or cancelled
            }.items()
        },
    }
)

#: A contractor has at most one of these for a job.
LIVE_PROPOSALS = (_P.PENDING, _P.SHORTLISTED, _P.ACCEPTED)
#: These can still be chosen.
UNDECIDED_PROPOSALS = (_P.PENDING, _P.SHORTLISTED)
#: What a public job may show to everybody.
PUBLIC_STATUSES = tuple(status for status in JobStatus if status is not _J.DRAFT)


def check_job(details: JobDetails, *, today: date, complete: bool) -> None:
    """Raise InvalidInput that names every wrong field; a job that is to be published must be `complete`."""
    errors = [*_words(details), *_budget(details.budget), *_dates(details, today)]
    if (details.latitude is None) != (details.longitude is None):
        errors.append(FieldError("/latitude", "incomplete", "Give latitude and longitude together, or neither."))
    if complete:
        errors += _missing(details)
    _refuse(errors)


def check_proposal(details: ProposalDetails, *, currency: str) -> None:
    """Raise InvalidInput that names every wrong field of an answer to a job in this currency."""
    errors: list[FieldError] = []
    if details.price.amount <= 0:
        errors.append(FieldError("/price/amount", "positive", "The price is greater than zero."))
    if details.price.currency != currency:
        errors.append(FieldError("/price/currency", "currency", f"This job is priced in {currency}."))
    if not 1 <= details.estimated_days <= MAX_DAYS:
        errors.append(FieldError("/estimated_days", "out-of-range", f"The work takes 1 to {MAX_DAYS} days."))
    if not details.message.strip():
        errors.append(FieldError("/message", "blank", "Tell the customer why you are the right person."))
    _refuse(errors or list(_milestones(details)))


def expires_at(*, published: datetime, due_on: date | None) -> datetime:
    """Return when an open job expires: after OPEN_FOR, or at the end of the day it was due if that is sooner."""
    latest = published + OPEN_FOR
    if due_on is None:
        return latest
    return min(latest, datetime.combine(due_on, time.max, UTC))


def _words(details: JobDetails) -> Iterator[FieldError]:
    if not details.title.strip():
        yield FieldError("/title", "blank", "Give the job a title.")
    if len(details.skills) > MAX_SKILLS:
        yield FieldError("/skills", "too-many", f"Name at most {MAX_SKILLS} skills.")


def _budget(budget: Budget | None) -> Iterator[FieldError]:
    if budget is None:
        return
    for name, money in (("min", budget.min), ("max", budget.max)):
        if money.amount <= 0:
            yield FieldError(f"/budget/{name}/amount", "positive", "The amount is greater than zero.")
    if budget.min.currency != budget.max.currency:
        yield FieldError("/budget/max/currency", "mixed", "Both ends of the budget are in one currency.")
    elif budget.min > budget.max:
        yield FieldError("/budget/max/amount", "order", "The upper end is not below the lower end.")


def _dates(details: JobDetails, today: date) -> Iterator[FieldError]:
    for name, day in (("starts_on", details.starts_on), ("due_on", details.due_on)):
        if day is not None and day < today:
            yield FieldError(f"/{name}", "past", "This date has passed; choose today or later.")
        if day is not None and day > today + FURTHEST_DATE:
            yield FieldError(f"/{name}", "too-far", "Choose a date within five years.")
    if details.starts_on and details.due_on and details.due_on < details.starts_on:
        yield FieldError("/due_on", "order", "The deadline is not before the start.")


def _missing(details: JobDetails) -> Iterator[FieldError]:
    needed = {"description": details.description.strip(), "category": details.category, "budget": details.budget}
    for name, value in needed.items():
        if not value:
            yield FieldError(f"/{name}", "required", "This is needed before the job can be published.")


def _milestones(details: ProposalDetails) -> Iterator[FieldError]:
    parts = details.milestones
    if len(parts) > MAX_MILESTONES:
        yield FieldError("/milestones", "too-many", f"Propose at most {MAX_MILESTONES} milestones.")
    for index, part in enumerate(parts):
        if part.amount.currency != details.price.currency:
            yield FieldError(f"/milestones/{index}/amount/currency", "mixed", "Use the currency of the price.")
            return
        if part.amount.amount <= 0:
            yield FieldError(f"/milestones/{index}/amount/amount", "positive", "The amount is greater than zero.")
    if parts and (whole := total((part.amount for part in parts), details.price.currency)) != details.price:
        yield FieldError("/milestones", "sum", f"The milestones add up to {whole}, the price is {details.price}.")


def _refuse(errors: Sequence[FieldError]) -> None:
    if errors:
        raise InvalidInput(errors)
