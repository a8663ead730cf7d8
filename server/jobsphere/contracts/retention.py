"""How long contracts are kept."""

from jobsphere.db.retention import Rule, keep

RULES: list[Rule] = [
    *keep(
        "contracts_offer",
        "contracts_contract",
        "contracts_milestone",
        "contracts_deliverable",
        "contracts_refundrequest",
        "contracts_changeorder",
        "contracts_tip",
        "contracts_expense",
        "contracts_timeentry",
        why="Contracts and what was done for pay: vouchers of the books, and of claims; scrubbed when a person leaves.",
    ),
    *keep("contracts_timeturn", why="A counter for each contractor that makes writers of their time queue up."),
]
