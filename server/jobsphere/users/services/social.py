"""Sign-in with Google or Facebook: a login elsewhere opens the one here that it was linked to, after proof."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict, NotFound
from jobsphere.users.errors import (
    CodeRefused,
    EmailNotVerified,
    MfaRequired,
    SocialNeedsMore,
    SocialRefused,
    StepExpired,
)
from jobsphere.users.models import Passkey, SignInStep, SocialLogin, User
from jobsphere.users.rules import CodePurpose, Method, Notice, SessionEnd, StepPurpose, credential_now
from jobsphere.users.selectors import has_proven_address
from jobsphere.users.services.accounts import create_person
from jobsphere.users.services.codes import request_code, use_code_for_address
from jobsphere.users.services.factors import forget_factors, tell_about_factors
from jobsphere.users.services.recovery import mark_verified
from jobsphere.users.services.sessions import end_all_sessions
from jobsphere.users.services.signing_in import sign_in
from jobsphere.users.services.steps import attempt_step, expired, finish_step, note_on_step, open_step
from jobsphere.users.types import Device, SocialIdentity, TokenPair

Outcome = TokenPair | EmailNotVerified | MfaRequired | SocialNeedsMore | StepExpired | CodeRefused


def begin_social(*, provider: str, redirect_uri: str, roles: Collection[str] = (), user_id: UUID | None = None) -> str:
    """Begin a sign-in elsewhere, or (with a person) the linking of one; returns its ticket."""
    require_transaction()
    data = {"provider": provider, "redirect_uri": redirect_uri, "roles": sorted(roles)}
    return open_step(StepPurpose.SOCIAL, user_id=user_id, **data)


def return_from_social(*, ticket: str, provider: str, user_id: UUID | None) -> str | StepExpired:
    """Count the return of a browser from the provider; returns the redirect address that it began with."""
    step = attempt_step(StepPurpose.SOCIAL, ticket)
    if isinstance(step, StepExpired):
        return step
    if step.data["provider"] != provider or (step.user_id is not None and step.user_id != user_id):
        return expired()
    return str(step.data["redirect_uri"])


def sign_in_with_social(*, ticket: str, identity: SocialIdentity, device: Device) -> Outcome:
    """Sign in, link or sign up who the provider vouched for; returns what is missing where something is."""
    step = attempt_step(StepPurpose.SOCIAL, ticket)
    if isinstance(step, StepExpired) or not finish_step(step):
        return expired()
    if step.user is not None:
        link_social(actor=step.user.actor(), identity=identity)
        return sign_in(user_id=step.user.id, device=device, method=Method.SOCIAL)
    login = SocialLogin.objects.filter(provider=identity.provider, subject=identity.subject).first()
    if login:
        SocialLogin.objects.filter(pk=login.pk).update(last_used_at=credential_now())
        return sign_in(user_id=login.user_id, device=device, method=Method.SOCIAL)
    if not identity.email:
        raise SocialRefused("The other site gave us no e-mail address. Sign up with your address, then link it.")
    if identity.email_verified and not User.objects.by_email(identity.email):
        return _sign_up(identity, step.data["roles"], device)
    return _ask_for_code(identity, step.data["roles"], device)


def finish_social(*, ticket: str, roles: Collection[str] = (), code: str = "", device: Device) -> Outcome:
    """Go on with the role that was missing, or with the code that proves the address."""
    step = attempt_step(StepPurpose.SOCIAL_FINISH, ticket)
    if isinstance(step, StepExpired):
        return step
    identity = SocialIdentity(**step.data["identity"])
    chosen = list(roles) or step.data["roles"]
    if not step.data["proven"]:
        refused = _prove_address(step, code)
        if refused:
            return refused
    person = User.objects.by_email(identity.email)
    if person is None:
        if not chosen:
            return _needs_role(ticket)
        return _sign_up(identity, chosen, device) if finish_step(step) else expired()
    if not step.data["by_code"]:  # somebody has signed up with this address meanwhile
        return _ask_for_code(identity, chosen, device) if finish_step(step) else expired()
    return _take_over(person, identity, device) if finish_step(step) else expired()


def link_social(*, actor: Actor, identity: SocialIdentity) -> None:
    """Let a login elsewhere open one's own account; raises Conflict when it opens another's."""
    require_transaction()
    try:
        with savepoint():
            SocialLogin.objects.create(
                user_id=actor.known_id(),
                provider=identity.provider,
                subject=identity.subject,
                email=identity.email,
                created_at=credential_now(),
                last_used_at=credential_now(),
            )
    except IntegrityError as error:
        raise Conflict("This login is linked already, here or to another account. Unlink it there first.") from error
    tell_about_factors(actor, Notice.SOCIAL_LINKED)


def unlink_social(*, actor: Actor, provider: str) -> None:
    """Take a login elsewhere off one's account; raises NotFound, and Conflict for the only way in."""
    require_transaction()
    person = User.objects.get(pk=actor.known_id())
    mine = SocialLogin.objects.filter(user_id=person.id)
    others = mine.exclude(provider=provider).exists() or Passkey.objects.filter(user_id=person.id).exists()
    if not mine.filter(provider=provider).exists():
        raise NotFound("There is no such login on your account.")
    if not others and not person.has_usable_password():
        raise Conflict("This is the only way into your account. Set a password first, by 'forgot password'.")
    mine.filter(provider=provider).delete()
    tell_about_factors(actor, Notice.SOCIAL_UNLINKED)


def _sign_up(identity: SocialIdentity, roles: Collection[str], device: Device) -> Outcome:
    if not roles:
        return _needs_role(_finish_step_for(identity, [], proven=True, by_code=False))
    name = identity.name or identity.email.partition("@")[0]
    user_id = create_person(
        name=name, email=identity.email, password_hash=make_password(None), roles=roles, verified=True
    )
    if user_id is None:
        return _ask_for_code(identity, roles, device)
    link_social(actor=User.objects.get(pk=user_id).actor(), identity=identity)
    return sign_in(user_id=user_id, device=device, method=Method.SOCIAL)


def _ask_for_code(identity: SocialIdentity, roles: Collection[str], device: Device) -> SocialNeedsMore:
    """The same answer whether the address has an account or not: the letter goes to its reader alone."""
    code_ticket = request_code(CodePurpose.LINK_SOCIAL, email=identity.email, device=device)
    ticket = _finish_step_for(identity, roles, proven=False, by_code=True, code_ticket=code_ticket)
    return SocialNeedsMore(
        "We have sent a code to your address. Enter it to show that the account is yours.",
        ticket=ticket,
        needs=["code"],
    )


def _needs_role(ticket: str) -> SocialNeedsMore:
    return SocialNeedsMore("Say whether you are a customer or a contractor.", ticket=ticket, needs=["role"])


def _finish_step_for(identity: SocialIdentity, roles: Collection[str], **data: Any) -> str:
    return open_step(StepPurpose.SOCIAL_FINISH, identity=asdict(identity), roles=sorted(roles), **data)


def _prove_address(step: SignInStep, code: str) -> CodeRefused | None:
    proven = use_code_for_address(CodePurpose.LINK_SOCIAL, ticket=step.data["code_ticket"], code=code)
    if isinstance(proven, CodeRefused):
        return proven
    note_on_step(step, proven=True)
    return None


def _take_over(person: User, identity: SocialIdentity, device: Device) -> Outcome:
    """Link the account to who has just proven its address.

    Where nobody had proven it before, somebody else may have signed up with it: what they set is taken away.
    """
    if not person.is_active:
        raise SocialRefused("This account is closed.")
    if not has_proven_address(person.id):
        User.objects.filter(pk=person.pk).update(password=make_password(None))
        end_all_sessions(person.id, SessionEnd.PASSWORD_RESET)
        forget_factors(person.id)
        record(actor=person.actor(), verb="user.taken_over_by_owner", target_type="user", target_id=person.id)
        mark_verified(person)
    link_social(actor=person.actor(), identity=identity)
    return sign_in(user_id=person.id, device=device, method=Method.SOCIAL)
