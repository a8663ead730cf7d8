"""Tables, database constraints, indexes."""

from jobsphere.contracts.models.contracts import Contract
from jobsphere.contracts.models.milestones import Deliverable, Milestone, RefundRequest, TimeEntry
from jobsphere.contracts.models.offers import Offer

__all__ = ["Contract", "Deliverable", "Milestone", "Offer", "RefundRequest", "TimeEntry"]
