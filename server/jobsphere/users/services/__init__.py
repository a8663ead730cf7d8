"""Verbs of people and sign-ins."""

from jobsphere.users.services.accounts import (
    close_account,
    create_person,
    register,
    update_account,
)
from jobsphere.users.services.codes import resend_verification
from jobsphere.users.services.recovery import request_password_reset, reset_password, verify_email
from jobsphere.users.services.rights import grant_right, make_admin, revoke_right
from jobsphere.users.services.sessions import (
    open_session,
    refresh_session,
    revoke_session,
    sign_in,
    sign_out,
)
from jobsphere.users.services.standing import deactivate_person, reactivate_person

__all__ = [
    "close_account",
    "create_person",
    "deactivate_person",
    "grant_right",
    "make_admin",
    "open_session",
    "reactivate_person",
    "refresh_session",
    "register",
    "request_password_reset",
    "resend_verification",
    "reset_password",
    "revoke_right",
    "revoke_session",
    "sign_in",
    "sign_out",
    "update_account",
    "verify_email",
]
