"""Verbs of people and sign-ins."""

from jobsphere.users.services.accounts import (
    close_account,
    create_person,
    register,
    update_account,
)
from jobsphere.users.services.attempts import (
    begin_reauthentication_attempt,
    begin_sign_in_attempt,
    failures_from,
    give_back,
)
from jobsphere.users.services.codes import address_asked_about, resend_verification
from jobsphere.users.services.factors import (
    add_passkey,
    begin_passkey,
    begin_totp,
    confirm_totp,
    remove_passkey,
    remove_totp,
    rename_passkey,
    renew_recovery_codes,
)
from jobsphere.users.services.passkey_sign_in import begin_passkey_sign_in, sign_in_with_passkey
from jobsphere.users.services.reauthentication import begin_passkey_reauthentication, reauthenticate
from jobsphere.users.services.recovery import change_password, request_password_reset, reset_password, verify_email
from jobsphere.users.services.rights import grant_right, make_admin, revoke_right
from jobsphere.users.services.sessions import (
    open_session,
    refresh_session,
    revoke_all_sessions,
    revoke_session,
    sign_out,
)
from jobsphere.users.services.signing_in import (
    begin_passkey_as_second_factor,
    disown_session,
    sign_in,
    verify_second_factor,
)
from jobsphere.users.services.social import (
    begin_social,
    finish_social,
    return_from_social,
    sign_in_with_social,
    unlink_social,
)
from jobsphere.users.services.standing import deactivate_person, reactivate_person

__all__ = [
    "add_passkey",
    "address_asked_about",
    "begin_passkey",
    "begin_passkey_as_second_factor",
    "begin_passkey_reauthentication",
    "begin_passkey_sign_in",
    "begin_reauthentication_attempt",
    "begin_sign_in_attempt",
    "begin_social",
    "begin_totp",
    "change_password",
    "close_account",
    "confirm_totp",
    "create_person",
    "deactivate_person",
    "disown_session",
    "failures_from",
    "finish_social",
    "give_back",
    "grant_right",
    "make_admin",
    "open_session",
    "reactivate_person",
    "reauthenticate",
    "refresh_session",
    "register",
    "remove_passkey",
    "remove_totp",
    "rename_passkey",
    "renew_recovery_codes",
    "request_password_reset",
    "resend_verification",
    "reset_password",
    "return_from_social",
    "revoke_all_sessions",
    "revoke_right",
    "revoke_session",
    "sign_in",
    "sign_in_with_passkey",
    "sign_in_with_social",
    "sign_out",
    "unlink_social",
    "update_account",
    "verify_email",
    "verify_second_factor",
]
