"""What of the ledger has to be the same in a copy of the database (backups): every transfer and every entry."""

#: Queries whose rows, in this order, are the books. They run on a snapshot that is not Django's connection.
BOOKS = (
    "SELECT id, code, reference, currency, legs FROM ledger_transfer ORDER BY id",
    "SELECT transfer_id, position, account_id, amount, sequence, balance_after"
    " FROM ledger_entry ORDER BY transfer_id, position",
)
