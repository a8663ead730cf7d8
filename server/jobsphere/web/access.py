"""Who may call a route at all. Deny by default: a view without `access` answers nobody."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from jobsphere.kit import clock
from jobsphere.kit.actor import VISITOR, Actor
from jobsphere.kit.errors import Forbidden, SignInRequired


class ReauthenticationRequired(Forbidden):
    """Your sign-in is too old for this: confirm it at `/api/auth/reauthenticate/`, then send the request again."""

    code = "reauthentication-required"
    title = "Please confirm that it is you"


@dataclass(frozen=True, slots=True)
class Access:
    """The route's own policy; what may be seen or done behind it is decided by gate-keepers and services."""

    signed_in: bool = True
    role: str | None = None
    right: str | None = None
    #: The person has shown who they are within RECENT_SIGN_IN (step-up).
    recently: bool = False

    def check(self, actor: Actor, authenticated_at: datetime | None = None) -> None:
        """Let the actor pass, or raise SignInRequired (401), Forbidden or ReauthenticationRequired (403)."""
        if self.signed_in and actor.id is None:
            raise SignInRequired("Sign in and send the access token as 'Authorization: Bearer …'.")
        if self.role and self.role not in actor.roles:
            raise Forbidden(f"This needs the role '{self.role}'. You can add a role to your account in /api/auth/me.")
        if self.right and self.right not in actor.rights and not actor.is_admin:
            raise Forbidden(f"This needs the right '{self.right}', which an administrator can grant.")
        if self.recently and not _is_recent(authenticated_at):
            raise ReauthenticationRequired(
                "It has been a while since you signed in. Confirm with your password, authenticator or passkey at"
                " POST /api/auth/reauthenticate/, then send this request again; nothing was changed.",
                reauthenticate_url="/api/auth/reauthenticate/",
            )

    def describe(self) -> str:
        """Return the policy in a few words, for the generated documents."""
        if not self.signed_in:
            return "public"
        who = f"role {self.role}" if self.role else f"right {self.right}" if self.right else "signed in"
        return f"{who}, confirmed recently" if self.recently else who


PUBLIC = Access(signed_in=False)
SIGNED_IN = Access()


def role(name: str) -> Access:
    """Only people who hold the role."""
    return Access(role=name)


def right(name: str) -> Access:
    """Only staff who hold the right; administrators hold them all."""
    return Access(right=name)


def recent(policy: Access = SIGNED_IN) -> Access:
    """The same people, but only when they have shown who they are a short while ago (step-up)."""
    return replace(policy, recently=True)


def _is_recent(authenticated_at: datetime | None) -> bool:
    # By the machine's clock, which credentials obey: a rehearsal that moves the marketplace's asks nobody again.
    moment = clock.machine_now()
    return authenticated_at is not None and moment - authenticated_at < settings.RECENT_SIGN_IN


def actor_of(request: Request) -> Actor:
    """Return who sent the request; authentication puts an object with `.actor` on `request.auth`."""
    grant: Any = request.auth
    return grant.actor if grant else VISITOR


def policy_of(view: Any, method: str | None) -> Access | None:
    """Return the policy of a route for a method: `write_access`, where a view has it, is for all that may change."""
    writing: Access | None = getattr(view, "write_access", None)
    if writing is not None and method not in SAFE_METHODS:
        return writing
    policy: Access | None = getattr(view, "access", None)
    return policy


class AccessPermission(BasePermission):
    """DRF's permission hook: apply the view's `access`."""

    def has_permission(self, request: Request, view: Any) -> bool:
        access = policy_of(view, request.method)
        if access is None:
            raise Forbidden("This route has no policy, so it answers nobody.")
        access.check(actor_of(request), getattr(request.auth, "authenticated_at", None))
        return True
