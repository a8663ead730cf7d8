"""The trade of a contract, where a rate of tax asks for it."""

from uuid import UUID

from jobsphere.contracts import selectors as contracts
from jobsphere.jobs import selectors as jobs
from jobsphere.kit.actor import SYSTEM
from jobsphere.kit.errors import NotFound


def of_contract(contract_id: UUID | None) -> str:
    """Return the slug of the trade that a contract is in; empty where there is none."""
    if contract_id is None:
        return ""
    try:
        return jobs.job_for(SYSTEM, contracts.contract(SYSTEM, contract_id).job_id).category
    except NotFound:
        return ""
