"""A small stateful server that speaks Paystack's wire format, in the room that all sandboxes share (`sandbox/`).

Our adapter runs against it unchanged, in this process (`SandboxTransport`) or over HTTP (`PaystackSite`).
"""

from jobsphere.payments.gateways.paystack.sandbox.controls import PaystackControls
from jobsphere.payments.gateways.paystack.sandbox.server import PAYSTACK_SETTINGS, PaystackServer
from jobsphere.payments.gateways.paystack.sandbox.site import PaystackSite
from jobsphere.payments.gateways.paystack.sandbox.transport import SandboxTransport

__all__ = ["PAYSTACK_SETTINGS", "PaystackControls", "PaystackServer", "PaystackSite", "SandboxTransport"]
