"""Sessions: opened at sign-in, rotated at each refresh, revoked for good (docs/adr/0003)."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.outbox.services import publish
from jobsphere.users import tokens
from jobsphere.users.errors import EmailNotVerified, RefreshRefused, SignInFailed
from jobsphere.users.events import TokenReuseDetected, UserSignedIn, UserSignedOut
from jobsphere.users.models import Session, User
from jobsphere.users.rules import CodePurpose, SessionEnd, credential_now
from jobsphere.users.services.codes import request_code
from jobsphere.users.types import Device, TokenPair

UNKNOWN_DEVICE = Device()


def open_session(*, user_id: UUID, device: Device = UNKNOWN_DEVICE) -> TokenPair:
    """Open a session for a person whose identity is settled, and return its first pair of tokens; one INSERT.

    The bare mechanism: `sign_in` is the verb with its checks, audit entry and event.
    """
    moment = credential_now()
    session_id = uuid7()
    refresh_token = tokens.new_refresh_token(session_id)
    Session.objects.create(
        id=session_id,
        created_at=moment,
        user_id=user_id,
        authenticated_at=moment,
        last_used_at=moment,
        expires_at=moment + settings.REFRESH_TOKEN_LIFETIME,
        user_agent=device.user_agent[:255],
        address=device.address,
        refresh_fingerprint=tokens.fingerprint(refresh_token),
    )
    return _pair(user_id, session_id, refresh_token, moment)


def sign_in(*, user_id: UUID, device: Device = UNKNOWN_DEVICE) -> TokenPair | EmailNotVerified:
    """Sign in a person whose password (or other proof) was just checked.

    Returns EmailNotVerified, with the ticket of a new code, where the operator wants verified addresses: it is
    returned, not raised, so that the letter goes out. Raises SignInFailed for a closed account.
    """
    require_transaction()
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        raise SignInFailed("The e-mail address or the password is not right.")
    if settings.REQUIRE_VERIFIED_EMAIL and not _has_verified(person):
        ticket = request_code(CodePurpose.VERIFY_EMAIL, email=person.email, device=device)
        return EmailNotVerified("We have sent you a code. Enter it, then sign in again.", ticket=ticket)
    pair = open_session(user_id=user_id, device=device)
    User.objects.filter(pk=user_id).update(last_login=credential_now())
    record(actor=person.actor(), verb="session.open", target_type="session", target_id=pair.session_id)
    publish(UserSignedIn(user_id=user_id, session_id=pair.session_id), actor=person.actor())
    return pair


def refresh_session(*, refresh_token: str) -> TokenPair | RefreshRefused:
    """Exchange a refresh token for the next pair; each is good for one exchange.

    An older token of the same session means that two hold it, so the session is revoked with all its tokens. The
    refusal is returned, not raised, so that the revocation is kept.
    """
    session_id = tokens.session_of_refresh_token(refresh_token)
    if session_id is None:
        return RefreshRefused()
    session = Session.objects.select_related("user").filter(pk=session_id, user__is_active=True).first()
    if session is None:
        return RefreshRefused()
    moment = credential_now()
    successor = tokens.new_refresh_token(session_id)
    # On its own columns alone: a join would become a subquery, which does not see what a concurrent refresh changed.
    good = {
        "pk": session_id,
        "refresh_fingerprint": tokens.fingerprint(refresh_token),
        "revoked_at": None,
        "expires_at__gt": moment,
    }
    changes = {
        "refresh_fingerprint": tokens.fingerprint(successor),
        "last_used_at": moment,
        "expires_at": moment + settings.REFRESH_TOKEN_LIFETIME,
    }
    if update_where(Session, good, **changes):
        return _pair(session.user_id, session_id, successor, moment)
    if not Session.objects.filter(pk=session_id, refresh_fingerprint=good["refresh_fingerprint"]).exists():
        _end_after_reuse(session)
    return RefreshRefused()


def _end_after_reuse(session: Session) -> None:
    actor = session.user.actor()
    if not _end({"pk": session.id}, SessionEnd.REUSE_DETECTED):
        return
    record(actor=actor, verb="session.reuse_detected", target_type="session", target_id=session.id)
    publish(TokenReuseDetected(user_id=session.user_id, session_id=session.id), actor=actor)


def sign_out(*, actor: Actor | None = None, session_id: UUID | None = None, refresh_token: str = "") -> bool:
    """End the session of a request, or the one that a refresh token belongs to; say whether it was still open."""
    require_transaction()
    session_id = session_id or tokens.session_of_refresh_token(refresh_token)
    if session_id is None:
        return False
    session = Session.objects.select_related("user").filter(pk=session_id, revoked_at=None).first()
    if session is None:
        return False
    return _close(session, actor or session.user.actor(), SessionEnd.SIGNED_OUT)


def revoke_session(*, actor: Actor, session_id: UUID) -> None:
    """End one's own session on another device; raises NotFound for anybody else's."""
    require_transaction()
    session = Session.objects.filter(pk=session_id, user_id=actor.known_id(), revoked_at=None).first()
    if session is None:
        raise NotFound("You have no such session.")
    _close(session, actor, SessionEnd.REVOKED)


def end_all_sessions(user_id: UUID, reason: SessionEnd) -> int:
    """End every session of a person; the caller's verb is what is audited. Returns how many there were."""
    return _end({"user_id": user_id}, reason)


def _close(session: Session, actor: Actor, reason: SessionEnd) -> bool:
    if not _end({"pk": session.id}, reason):
        return False
    record(
        actor=actor,
        verb="session.close",
        target_type="session",
        target_id=session.id,
        detail={"reason": reason},
    )
    publish(UserSignedOut(user_id=session.user_id, session_id=session.id, reason=reason), actor=actor)
    return True


def _end(condition: dict[str, object], reason: SessionEnd) -> int:
    still_open = Session.objects.filter(revoked_at=None, **condition)
    return still_open.update(revoked_at=credential_now(), end_reason=reason)


def _has_verified(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


def _pair(user_id: UUID, session_id: UUID, refresh_token: str, moment: datetime) -> TokenPair:
    expires_at = moment + settings.ACCESS_TOKEN_LIFETIME
    return TokenPair(
        user_id=user_id,
        session_id=session_id,
        access_token=tokens.sign_access_token(user_id=user_id, session_id=session_id, expires_at=expires_at),
        expires_at=expires_at,
        refresh_token=refresh_token,
        refresh_expires_at=moment + settings.REFRESH_TOKEN_LIFETIME,
    )
