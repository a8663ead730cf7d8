"""What `manage.py reconcile` asks of plans: that what the books earned by them is what their periods say."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Sum

from jobsphere.kit.money import Money
from jobsphere.ledger import checks
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.checks import Explanation
from jobsphere.ledger.types import AccountKind, Discrepancy
from jobsphere.payments import selectors as payments
from jobsphere.plans.models import Period
from jobsphere.plans.rules.lifecycle import PeriodStatus
from jobsphere.plans.services.charging import PURPOSE

EXPLANATIONS = {
    "plans.revenue": Explanation(
        "The income from plans in the books is not what the paid periods come to, less what went back.",
        "Compare the periods of the last days with the transfers `plan.paid`; correct the one that is wrong.",
    ),
    "plans.payments": Explanation(
        "A period is called paid without its one payment, or was paid by more than one.",
        "Look at the payments for it: give back what is too much by a refund; nothing is edited.",
    ),
}


def revenue() -> Iterator[Discrepancy]:
    """The income from plans is what was paid for periods and has not gone back."""
    rows = Period.objects.filter(status=PeriodStatus.PAID).values("currency")
    kept = rows.annotate(total=Sum(F("amount") - F("refunded") - F("charged_back"))).order_by()
    shown: dict[str, int] = defaultdict(int, {row["currency"]: int(row["total"]) for row in kept})
    lines = [line for line in ledger.trial_balance().lines if line.kind is AccountKind.REVENUE_PLAN]
    booked = {line.signed.currency: line.balance.amount for line in lines}
    for currency in sorted({*shown, *booked}):
        there, should = Money(booked.get(currency, 0), currency), Money(shown[currency], currency)
        if there != should:
            detail = f"{there} stands in the books, but the periods come to {should}."
            yield Discrepancy("plans.revenue", currency, detail, amount=should - there)


def paid_once() -> Iterator[Discrepancy]:
    """Every paid period has exactly one payment that was applied, over its amount."""
    applied = payments.applied_by_purpose(PURPOSE)
    for one in Period.objects.filter(status=PeriodStatus.PAID).order_by("pk").iterator():
        found = applied.pop(one.pk, [])
        if found != [one.amount]:
            detail = f"{one.money(one.amount)} were to be paid once, but its payments came to {found}."
            yield Discrepancy("plans.payments", f"period {one.pk}", detail)
    for period_id in sorted(applied):
        yield Discrepancy("plans.payments", f"period {period_id}", "has an applied payment, but is not called paid.")


checks.register("plans.revenue", revenue, EXPLANATIONS)
checks.register("plans.payments", paid_once)
