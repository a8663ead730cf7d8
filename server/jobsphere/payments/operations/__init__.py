"""The engine that asks gateways for things: intent, commit, attempt, outcome. README.md and ADR 0004 say why."""
