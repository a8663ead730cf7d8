"""Ratios measured in one run on PostgreSQL: `make bench`. Not tests: a machine's mood must never fail a build."""
