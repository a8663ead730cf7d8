"""Verbs of accounts over time."""

from jobsphere.accounts.services.closing import deactivate, erase, recover, request_deletion
from jobsphere.accounts.services.consents import record_consent
from jobsphere.accounts.services.email_change import cancel_email_change, confirm_email_change, request_email_change
from jobsphere.accounts.services.exports import request_export

__all__ = [
    "cancel_email_change",
    "confirm_email_change",
    "deactivate",
    "erase",
    "record_consent",
    "recover",
    "request_deletion",
    "request_email_change",
    "request_export",
]
