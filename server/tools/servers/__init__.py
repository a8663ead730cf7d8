"""The servers that tests and benchmarks need: how each is found, started and stopped."""

from tools.servers.common import Missing, Server

__all__ = ["Missing", "Server"]
