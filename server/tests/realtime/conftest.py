"""The socket's own fixtures, for tests across apps."""

from jobsphere.realtime.tests.conftest import phone, server

__all__ = ["phone", "server"]
