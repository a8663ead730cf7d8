"""What the ledger's own differences mean, and what to do about them (docs/reference.md prints the table)."""

from jobsphere.ledger.checks import Explanation

_EDITED = (
    "Somebody who may switch the database's guards off has changed the books by hand, or a backup was restored in part."
)
_RESTORE = (
    "Find out who had the rights of the tables' owner. Compare with the last backup and the sealed statements"
    " (`manage.py audit-books`), put the rows back as they were, then run the reconciliation again."
)

EXPLANATIONS: dict[str, Explanation] = {
    "ledger.guards": Explanation(
        "A trigger or constraint that protects the books is gone, so rows could have been edited meanwhile.",
        "Run `manage.py migrate`, which puts it back, then `manage.py audit-books`: it names what was changed.",
    ),
    "ledger.transfers": Explanation(f"A transfer is incomplete or not balanced. {_EDITED}", _RESTORE),
    "ledger.entries": Explanation(f"An entry stands alone: its transfer or account was deleted. {_EDITED}", _RESTORE),
    "ledger.chains": Explanation(f"An account's running balance does not follow from its entries. {_EDITED}", _RESTORE),
    "ledger.balances": Explanation(
        f"The balance in an account's row is not the sum of its entries. {_EDITED}",
        "The entries are the truth: stop withdrawals of that account's owner, find the edit, put the balance back.",
    ),
    "ledger.accounts": Explanation(f"An account is not what its kind says it must be. {_EDITED}", _RESTORE),
    "ledger.snapshots": Explanation(
        "A cached sum of a platform account is wrong: the clock of a machine was slow, or the row was edited.",
        "The books are right. Delete that snapshot and all later ones of the account; they are made again.",
    ),
    "ledger.zero-sum": Explanation("Debits and credits of a currency are not equal.", _RESTORE),
    "ledger.seals": Explanation(f"A sealed daily statement is not what it was when it was sealed. {_EDITED}", _RESTORE),
    "ledger.seals.changed": Explanation(
        f"A transfer of a sealed day, or one of its entries, was changed afterwards. {_EDITED}", _RESTORE
    ),
    "ledger.seals.gone": Explanation(
        f"A transfer of a sealed day has disappeared or was re-dated. {_EDITED}", _RESTORE
    ),
    "ledger.seals.inserted": Explanation(
        f"A transfer was put into a day that was sealed already. {_EDITED}",
        "If the money really moved, post it today with a memo; take the inserted rows out as they came in.",
    ),
    "ledger.seals.statement": Explanation(f"A statement's own rows were changed or removed. {_EDITED}", _RESTORE),
}
