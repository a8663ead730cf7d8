"""The books are kept for good."""

from jobsphere.db.retention import Rule, keep

RULES: list[Rule] = [
    *keep(
        "ledger_ledgeraccount",
        "ledger_transfer",
        "ledger_entry",
        "ledger_dailystatement",
        "ledger_dailyline",
        "ledger_sealedtransfer",
        why="Books: tax and commercial law ask for ten years and more, and each day's seal stands on the one before.",
    ),
    *keep("ledger_balancesnapshot", why="Sums of entries, to read the books fast; about nobody."),
    *keep(
        "ledger_reconciliationrun",
        "ledger_difference",
        why="Proof that the books were compared, and what was found out; about amounts, not people.",
    ),
]
