"""Migrations that the release before can live with: expand now, contract a release later (docs/operations.md)."""
