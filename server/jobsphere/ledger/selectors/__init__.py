"""Reads of the books. Balances and amounts that people see are natural; the legs of a transfer are signed.

Those without a viewer are for our own services; what a person asks for goes through the ones with a viewer.
"""

from jobsphere.ledger.selectors.accounts import (
    balance_of,
    balances_of,
    balances_of_kind,
    key_of,
    moved_by_owner,
    moved_by_sources,
    moved_by_transfers,
    movements_by_week,
    own_balances,
    posted_in,
    signed_totals,
    trial_balance,
)
from jobsphere.ledger.selectors.days import (
    last_statement,
    seal_of_day,
    sealed_statement,
    statement_of,
    statement_rows,
    view_of_statement,
)
from jobsphere.ledger.selectors.pages import (
    MAX_PAGE,
    PAGE,
)
from jobsphere.ledger.selectors.statements import (
    account_statement,
    statement,
    wallet_rows,
    wallet_statement,
)
from jobsphere.ledger.selectors.transfers import (
    TransferFilter,
    find_transfer,
    get_transfer,
    list_transfers,
    posted_amounts,
    posted_references,
    transfer_rows,
    transfers_by_id,
    transfers_of,
    transfers_of_sources,
)

__all__ = [
    "MAX_PAGE",
    "PAGE",
    "TransferFilter",
    "account_statement",
    "balance_of",
    "balances_of",
    "balances_of_kind",
    "find_transfer",
    "get_transfer",
    "key_of",
    "last_statement",
    "list_transfers",
    "moved_by_owner",
    "moved_by_sources",
    "moved_by_transfers",
    "movements_by_week",
    "own_balances",
    "posted_amounts",
    "posted_in",
    "posted_references",
    "seal_of_day",
    "sealed_statement",
    "signed_totals",
    "statement",
    "statement_of",
    "statement_rows",
    "transfer_rows",
    "transfers_by_id",
    "transfers_of",
    "transfers_of_sources",
    "trial_balance",
    "view_of_statement",
    "wallet_rows",
    "wallet_statement",
]
