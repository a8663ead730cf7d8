"""Tables, database constraints, indexes."""

from jobsphere.contracts.models.changes import ChangeOrder
from jobsphere.contracts.models.contracts import Contract
from jobsphere.contracts.models.expenses import Expense
from jobsphere.contracts.models.milestones import Deliverable, Milestone, RefundRequest, TimeEntry, TimeTurn
from jobsphere.contracts.models.offers import Offer
from jobsphere.contracts.models.tips import Tip

__all__ = [
    "ChangeOrder",
    "Contract",
    "Deliverable",
    "Expense",
    "Milestone",
    "Offer",
    "RefundRequest",
    "TimeEntry",
    "TimeTurn",
    "Tip",
]
