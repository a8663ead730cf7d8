"""A small stateful server that speaks Stripe's wire format, with switches for everything that can go wrong.

It imports nothing from the marketplace but the kit's clock is handed to it: the SDK and our adapter run against it
unchanged, in this process (`SandboxHTTPClient`) or over HTTP (`SandboxSite`).
"""

from jobsphere.payments.gateways.sandbox.controls import Controls
from jobsphere.payments.gateways.sandbox.http_client import SandboxHTTPClient
from jobsphere.payments.gateways.sandbox.server import SandboxServer
from jobsphere.payments.gateways.sandbox.site import SandboxSite
from jobsphere.payments.gateways.sandbox.state import SandboxState

__all__ = ["Controls", "SandboxHTTPClient", "SandboxServer", "SandboxSite", "SandboxState"]
