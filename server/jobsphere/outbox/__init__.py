"""Typed events, delivered durably: the fact is stored and its tasks are queued in the transaction of the change."""
