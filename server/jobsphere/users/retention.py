"""How long credentials and sessions are kept."""

from django.contrib.sessions.models import Session as BrowserSession
from django.db.models import Q, QuerySet

from jobsphere.db.retention import Rule, delete, follow, keep
from jobsphere.users.models import AttemptCounter, KnownDevice, OneTimeCode, Session, SignInStep


def _ended(before: object) -> "QuerySet[Session]":
    return Session.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))


RULES: list[Rule] = [
    delete(Session, days="sessions", due=_ended, why="Its owner can see for a while where they were signed in."),
    delete(OneTimeCode, days="codes", since="expires_at", why="Counts letters within a day; worth nothing after that."),
    delete(SignInStep, days="codes", since="expires_at", why="A sign-in that was begun and is over."),
    # Twice a limit's longest period is kept by its column: it begins again after a day.
    delete(AttemptCounter, days="attempts", since="began_at", why="Longer than any limit's period."),
    delete(
        KnownDevice, days="devices", since="last_used_at", why="A device that was not used for so long is new again."
    ),
    *keep(
        "users_user",
        why="The row stays without the person after an erasure, because the books point at it (ADR 0016).",
    ),
    *follow(
        "users_authenticator",
        "users_recoverycode",
        "users_passkey",
        "users_sociallogin",
        "account_emailaddress",
        "users_user_groups",
        "users_user_user_permissions",
        of="users_user",
        why="Goes when its owner removes it, or leaves.",
    ),
    delete(BrowserSession, days="codes", since="expire_date", why="Django's own sessions; the API uses none."),
    *keep(
        "account_emailconfirmation",
        "usersessions_usersession",
        why="Always empty: our codes and sessions are in users' own tables.",
    ),
    *keep(
        "django_content_type", "auth_permission", "auth_group", "auth_group_permissions", why="Django's own; no data."
    ),
]
