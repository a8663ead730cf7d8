"""Everything that people are promised to hear of is really told by something (R88)."""

import pytest

from jobsphere.notifications.links import LINKS
from jobsphere.notifications.rules import type_of
from jobsphere.notifications.types import NotificationType as Type
from tests.news.causes import causes


def test_no_type_is_left_that_nothing_sends():
    sent = {type_of(message) for message in causes()}
    assert sorted(set(Type) - sent) == []


def test_no_message_of_the_catalogue_is_left_that_nothing_sends():
    assert sorted(set(LINKS) - set(causes())) == []


#: R88, every step of the money, and what concerns a person's papers and data: the message, and what causes it.
PROMISED = {
    "job.new": "job.published",
    "proposal.received": "proposal.submitted",
    "offer.received": "offer.sent",
    "offer.accepted": "offer.accepted",
    "offer.rejected": "offer.rejected",
    "message.received": "message.sent",
    "contract.completed": "contract.completed",
    "milestone.submitted": "milestone.submitted",
    "contract.reminder": "contract.release_reminder",
    "payment.authorized": "offer.sent",
    "payment.action_required": "payment.action_required",
    "payment.received": "offer.accepted",
    "payment.failed": "offer.declined_by_gateway",
    "payment.failed/refund": "refund.failed",
    "milestone.released": "milestone.released",
    "payment.refunded": "milestone.refunded",
    "payment.refunded/unapplied": "payment.unapplied",
    "payment.refunded/asked": "milestone.refund_asked",
    "payment.refunded/declined": "milestone.refund_declined",
    "payout.requested": "payout.requested",
    "payout.paid": "payout.paid",
    "payout.failed": "payout.returned",
    "payout.setup/paused": "payee.updated",
    "payout.setup/delayed": "earning.delayed",
    "account.security/bank": "payee.bank_changed",
    "account.security/token_reuse": "user.token_reuse_detected",
    "account.security/factors": "user.factors_changed",
    "review.received": "review.published",
    "dispute.updated/opened": "chargeback.opened",
    "dispute.updated/lost": "chargeback.closed",
    "dispute.updated/taken": "milestone.charged_back",
    "payment.received/kept": "receivable.settled",
    "dispute.updated/forgiven": "receivable.forgiven",
    "account.verification/approved": "verification.decided",
    "account.verification/lapsed": "verification.ended",
    "account.verification/ends": "profiles.tasks.end_and_remind",
    "account.privacy/export": "accounts.building.build_export",
    "account.restriction/suspend": "case.decided",
    "staff.alarm/payout_failed": "payout.failed",
}


@pytest.mark.parametrize("message,cause", PROMISED.items())
def test_what_was_promised_is_told_when_it_happens(message, cause):
    assert cause in causes()[message]
