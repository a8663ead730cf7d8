"""`manage.py audit-books`, as operators write it; the code is in audit_books.py."""
# ruff: noqa: N999  the command has a hyphen

from jobsphere.ledger.management.commands.audit_books import Command

__all__ = ["Command"]
