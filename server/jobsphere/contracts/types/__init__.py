"""Offers, contracts and milestones as other apps and the API know them."""

from jobsphere.contracts.rules.cancellation import CancellationPolicy, Split, WorkStage
from jobsphere.contracts.rules.changes import Change, ChangeKind, ChangeOrderStatus
from jobsphere.contracts.rules.expenses import ExpenseStatus
from jobsphere.contracts.rules.lifecycles import ContractStatus, MilestoneStatus, OfferStatus, RefundRequestStatus
from jobsphere.contracts.rules.terms import Funding, FundingShape, MilestoneTerms, OfferTerms, Slot
from jobsphere.contracts.rules.tips import TipStatus
from jobsphere.contracts.types.contracts import ContractView, MarketplaceNumbers, MoneySummary
from jobsphere.contracts.types.extras import ChangeOrderView, ExpensesView, ExpenseView, TipView
from jobsphere.contracts.types.milestones import (
    DeliverableView,
    FeesView,
    Handover,
    MilestoneChange,
    MilestoneMoney,
    MilestoneView,
    PinnedFeesView,
    RefundRequestView,
)
from jobsphere.contracts.types.offers import BookingDetails, OfferView, Repeatable, SlotDeal, SlotStep
from jobsphere.contracts.types.time import LoggedTime, TimeDetails, TimeEntryView, TimeTotals, WeekMoney

__all__ = [
    "BookingDetails",
    "CancellationPolicy",
    "Change",
    "ChangeKind",
    "ChangeOrderStatus",
    "ChangeOrderView",
    "ContractStatus",
    "ContractView",
    "DeliverableView",
    "ExpenseStatus",
    "ExpenseView",
    "ExpensesView",
    "FeesView",
    "Funding",
    "FundingShape",
    "Handover",
    "LoggedTime",
    "MarketplaceNumbers",
    "MilestoneChange",
    "MilestoneMoney",
    "MilestoneStatus",
    "MilestoneTerms",
    "MilestoneView",
    "MoneySummary",
    "OfferStatus",
    "OfferTerms",
    "OfferView",
    "PinnedFeesView",
    "RefundRequestStatus",
    "RefundRequestView",
    "Repeatable",
    "Slot",
    "SlotDeal",
    "SlotStep",
    "Split",
    "TimeDetails",
    "TimeEntryView",
    "TimeTotals",
    "TipStatus",
    "TipView",
    "WeekMoney",
    "WorkStage",
]
