"""Reads of the back office; the first argument is the viewer. Whose rows they are, that app's selectors read."""

from jobsphere.backoffice.selectors.money import books, hold, holds, payouts, wallets
from jobsphere.backoffice.selectors.reports import last_weeks, report
from jobsphere.backoffice.selectors.settings import operating_settings
from jobsphere.backoffice.selectors.statement import contract_statement

__all__ = [
    "books",
    "contract_statement",
    "hold",
    "holds",
    "last_weeks",
    "operating_settings",
    "payouts",
    "report",
    "wallets",
]
