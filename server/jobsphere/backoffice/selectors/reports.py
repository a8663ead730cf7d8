"""The marketplace in figures: each is one SQL statement of the app that owns the rows."""

from collections import defaultdict
from datetime import date, timedelta

from jobsphere.backoffice.types import CommissionWeek, Period, Report
from jobsphere.contracts.selectors import staff as contracts
from jobsphere.jobs.selectors import staff as jobs
from jobsphere.kit import clock
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import InvalidInput
from jobsphere.kit.money import Money
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.policies import require_finance
from jobsphere.ledger.types import AccountKind, TrialBalance
from jobsphere.payments import staff as payments
from jobsphere.users import selectors as users

WEEKS = 12


def last_weeks(count: int = WEEKS) -> Period:
    """Return the last so many whole weeks up to now, beginning on a Monday (UTC)."""
    now = clock.now()
    monday = (now - timedelta(days=now.weekday(), weeks=count - 1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Period(monday, now)


def report(viewer: Actor, period: Period) -> Report:
    """Compute the figures of a period; the wallets are those of now.

    Raises Forbidden without the right "finance", and InvalidInput for a period that ends before it begins.
    """
    require_finance(viewer)
    if period.since >= period.until:
        raise InvalidInput.at("/until", "order", "The period must end after it begins.")
    since, until = period.since, period.until
    return Report(
        period=period,
        growth=users.growth_by_week(viewer, since, until),
        jobs_by_status=jobs.jobs_by_status(viewer, since, until),
        contracts_completed=contracts.completed_count(viewer, since, until),
        gross_volume=payments.gross_volume(viewer, since, until),
        commission=_commission(viewer, period),
        payments=payments.payment_outcomes(viewer, since, until),
        failures=payments.failure_counts(viewer, since, until),
        authorisation_to_release=contracts.authorisation_to_release(viewer, since, until),
        wallets=_wallets(ledger.trial_balance()),
    )


def _commission(viewer: Actor, period: Period) -> tuple[CommissionWeek, ...]:
    kinds = (AccountKind.REVENUE_PLATFORM_FEE, AccountKind.REVENUE_SERVICE_FEE)
    weeks: dict[tuple[date, str], dict[AccountKind, Money]] = defaultdict(dict)
    for each in ledger.movements_by_week(viewer, kinds, period.since, period.until):
        weeks[each.week, each.amount.currency][each.kind] = each.amount
    return tuple(
        CommissionWeek(week, *(fees.get(kind, Money.zero(currency)) for kind in kinds))
        for (week, currency), fees in sorted(weeks.items())
    )


def _wallets(trial: TrialBalance) -> tuple[Money, ...]:
    return tuple(line.balance for line in trial.lines if line.kind is AccountKind.WALLET)
