"""The double-entry ledger: accounts, sealed transfers, append-only entries (DESIGN §4). It knows nothing of jobs."""
