"""Verbs that write offers, contracts, milestones and time entries. Each runs inside the transaction of its edge."""

from jobsphere.contracts.services.acceptance import accept_offer
from jobsphere.contracts.services.cancellation import cancel_contract
from jobsphere.contracts.services.changing import (
    accept_change,
    decline_change,
    expire_change,
    fund_change,
    propose_change,
    withdraw_change,
)
from jobsphere.contracts.services.completion import complete_contract, deliver_contract, release_milestone
from jobsphere.contracts.services.expenses import (
    claim_expense,
    decline_expense,
    fund_expense,
    refund_expense,
    withdraw_expense,
)
from jobsphere.contracts.services.funding import fund_milestone, remind_to_fund
from jobsphere.contracts.services.holding import hold_contract, resume_contract
from jobsphere.contracts.services.milestones import (
    request_changes,
    start_milestone,
    submit_milestone,
    update_milestones,
)
from jobsphere.contracts.services.offers import (
    book_contractor,
    make_offer_on_job,
    make_offer_on_proposal,
    pay_offer,
    reject_offer,
    withdraw_offer,
)
from jobsphere.contracts.services.refunds import (
    agree_to_refund,
    decline_refund,
    refund_milestone,
    request_refund,
    withdraw_refund_request,
)
from jobsphere.contracts.services.time_entries import change_time, delete_time_entry, log_time
from jobsphere.contracts.services.timers import expire_offer, release_unanswered, remind_of_release
from jobsphere.contracts.services.tipping import fund_tip, give_tip, refund_tip

__all__ = [
    "accept_change",
    "accept_offer",
    "agree_to_refund",
    "book_contractor",
    "cancel_contract",
    "change_time",
    "claim_expense",
    "complete_contract",
    "decline_change",
    "decline_expense",
    "decline_refund",
    "delete_time_entry",
    "deliver_contract",
    "expire_change",
    "expire_offer",
    "fund_change",
    "fund_expense",
    "fund_milestone",
    "fund_tip",
    "give_tip",
    "hold_contract",
    "log_time",
    "make_offer_on_job",
    "make_offer_on_proposal",
    "pay_offer",
    "propose_change",
    "refund_expense",
    "refund_milestone",
    "refund_tip",
    "reject_offer",
    "release_milestone",
    "release_unanswered",
    "remind_of_release",
    "remind_to_fund",
    "request_changes",
    "request_refund",
    "resume_contract",
    "start_milestone",
    "submit_milestone",
    "update_milestones",
    "withdraw_change",
    "withdraw_expense",
    "withdraw_offer",
    "withdraw_refund_request",
]
