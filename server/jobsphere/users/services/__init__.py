"""Verbs of people and sign-ins."""

from jobsphere.users.services.sessions import open_session

__all__ = ["open_session"]
