"""Money across apps: transcripts that a bookkeeper can read, and the ledger under any sequence of postings."""
