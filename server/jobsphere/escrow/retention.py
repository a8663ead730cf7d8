"""Holds and fees are part of the books."""

from jobsphere.db.retention import Rule, keep

RULES: list[Rule] = [
    *keep(
        "escrow_escrowhold",
        "escrow_escrowloss",
        "escrow_feepolicy",
        why="Vouchers of the books: kept as long as these.",
    ),
]
