"""Reads of the back office; the first argument is the viewer. Whose rows they are, that app's selectors read."""

from jobsphere.backoffice.selectors.figures import money_figures
from jobsphere.backoffice.selectors.money import (
    books,
    cooling_payees,
    debts,
    earning,
    earnings,
    hold,
    holds,
    payout,
    payouts,
    wallets,
)
from jobsphere.backoffice.selectors.reports import last_weeks, report
from jobsphere.backoffice.selectors.settings import operating_settings
from jobsphere.backoffice.selectors.statement import contract_statement

__all__ = [
    "books",
    "contract_statement",
    "cooling_payees",
    "debts",
    "earning",
    "earnings",
    "hold",
    "holds",
    "last_weeks",
    "money_figures",
    "operating_settings",
    "payout",
    "payouts",
    "report",
    "wallets",
]
