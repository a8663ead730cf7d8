"""What payments hold about a person: kept, because books and law ask for it; links to the gateway's forms go."""

import json
from collections.abc import Iterator

from django.db.models import Q

from jobsphere.payments.models import GatewayOperation, PayeeAccount, Payment, Payout, Refund, SavedMethod
from jobsphere.payments.operations.intents import start
from jobsphere.payments.rules import OperationKind, PaymentStatus, PayoutStatus, RefundStatus, SavedMethodStatus
from jobsphere.users.personal_data import Blocker, Data, Subject, scrub, table

_MONEY = ("id", "amount", "currency", "status", "created_at")


def export(subject: Subject) -> Data:
    """Return payments, refunds, withdrawals and what the gateway asks for. Card and bank numbers are never with us."""
    payments = Payment.objects.filter(Q(payer_id=subject.id) | Q(payee_id=subject.id))
    return {
        "payments": table(payments, *_MONEY, "captured_amount", "refunded_amount", "failure_message"),
        "refunds": table(Refund.objects.filter(payment__payer_id=subject.id), *_MONEY, "reason"),
        "saved_methods": table(
            SavedMethod.objects.filter(owner_id=subject.id), "status", "brand", "last4", "created_at"
        ),
        "payouts": table(Payout.objects.filter(payee_id=subject.id), *_MONEY, "failure_message"),
        "payee_accounts": table(
            PayeeAccount.objects.filter(user_id=subject.id),
            "gateway",
            "country",
            "payouts_enabled",
            "bank_name",
            "bank_last4",
        ),
    }


def erase(subject: Subject) -> None:
    """Keep the movements; forget links and words that name the person. The gateway keeps its own records by law."""
    PayeeAccount.objects.filter(user_id=subject.id).update(
        onboarding_url="",
        onboarding_expires_at=None,
        currently_due=[],
        past_due=[],
        disabled_reason="",
        bank_name="",
        bank_last4="",
        bank_fingerprint="",
    )
    _forget_cards(subject)
    payments = Payment.objects.filter(Q(payer_id=subject.id) | Q(payee_id=subject.id))
    payments.update(action=None)
    scrub(payments, ("failure_message",), subject)
    scrub(Refund.objects.filter(payment__in=payments), ("reason",), subject)
    scrub(Payout.objects.filter(payee_id=subject.id), ("failure_message",), subject)
    _scrub_requests(subject)


def _forget_cards(subject: Subject) -> None:
    """Have the gateway forget every card that is kept, and what it looks like with us."""
    cards = SavedMethod.objects.filter(owner_id=subject.id)
    for row in cards.filter(status=SavedMethodStatus.SAVED):
        start(
            OperationKind.FORGET_METHOD,
            subject_type="saved_method",
            subject_id=row.pk,
            gateway=row.gateway,
            key=f"forget:{row.pk}",
            request={"method": row.method_ref},
        )
    cards.update(
        status=SavedMethodStatus.REMOVED, is_default=False, brand="", last4="", failure_message="", action=None
    )


def _scrub_requests(subject: Subject) -> None:
    """Take the person out of what was asked of the gateway for their account; nothing of it is under way any more."""
    accounts = PayeeAccount.objects.filter(user_id=subject.id).values("pk")
    for row in GatewayOperation.objects.filter(Q(subject_id__in=accounts) | Q(subject_id=subject.id)):
        scrubbed = json.loads(subject.scrubbed(json.dumps(row.request)))
        GatewayOperation.objects.filter(pk=row.pk).update(request=scrubbed)


def blockers(subject: Subject) -> Iterator[Blocker]:
    """Money on its way."""
    mine = Q(payer_id=subject.id) | Q(payee_id=subject.id)
    open_payments = Payment.objects.filter(mine, status__in=[PaymentStatus.PENDING, PaymentStatus.HELD]).count()
    if open_payments:
        yield Blocker("open-payments", f"{open_payments} payments are under way. Wait until they are settled.")
    refunds = Refund.objects.filter(
        payment__payer_id=subject.id, status__in=[RefundStatus.REQUESTED, RefundStatus.PENDING]
    )
    if count := refunds.count():
        yield Blocker("open-refunds", f"{count} refunds are on their way to your card. Wait until they have arrived.")
    moving = [PayoutStatus.REQUESTED, PayoutStatus.TRANSFERRING, PayoutStatus.PAYING]
    if count := Payout.objects.filter(payee_id=subject.id, status__in=moving).count():
        yield Blocker("open-payouts", f"{count} withdrawals are on their way. Wait until they have arrived.")
