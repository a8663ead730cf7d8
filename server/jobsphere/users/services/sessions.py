"""Sessions: opened at sign-in, rotated at each refresh, revoked for good (docs/adr/0003, 0015)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from jobsphere.audit.services import record
from jobsphere.db.composed import refresh
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import NotFound
from jobsphere.kit.ids import uuid7
from jobsphere.outbox.services import publish
from jobsphere.users import tokens
from jobsphere.users.errors import RefreshRefused
from jobsphere.users.events import TokenReuseDetected, UserSignedOut
from jobsphere.users.models import Session
from jobsphere.users.rules import Method, SessionEnd, credential_now
from jobsphere.users.types import Device, TokenPair

UNKNOWN_DEVICE = Device()


def open_session(
    *,
    user_id: UUID,
    device: Device = UNKNOWN_DEVICE,
    method: Method = Method.PASSWORD,
    device_id: UUID | None = None,
) -> TokenPair:
    """Open a session for a person whose identity is settled, and return its first pair of tokens; one INSERT.

    The bare mechanism: `sign_in` is the verb with its checks, audit entry and event.
    """
    moment = credential_now()
    session_id = uuid7()
    refresh_token = tokens.new_refresh_token(session_id)
    session = Session.objects.create(
        id=session_id,
        created_at=moment,
        user_id=user_id,
        authenticated_at=moment,
        last_used_at=moment,
        expires_at=moment + settings.REFRESH_TOKEN_LIFETIME,
        user_agent=device.user_agent[:255],
        address=device.address,
        client=device.client,
        method=method,
        device_id=device_id,
        refresh_fingerprint=tokens.fingerprint(refresh_token),
    )
    return _pair(session, refresh_token, moment)


def refresh_session(*, refresh_token: str, device: Device = UNKNOWN_DEVICE) -> TokenPair | RefreshRefused:
    """Exchange a refresh token for the next pair; each is good for one exchange.

    Two tabs of one browser may send the same token within REFRESH_GRACE, and both get the same successor. Any other
    return of a used token means that two hold it, so the session is revoked with all its tokens. The refusal is
    returned, not raised, so that the revocation is kept.
    """
    require_transaction()
    session_id = tokens.session_of_refresh_token(refresh_token)
    session = _living(session_id) if session_id else None
    # A cookie is never taken out of a body nor the other way round: a script could turn one into the other.
    if session is None or session.client != device.client:
        return RefreshRefused()
    moment = credential_now()
    given, successor = tokens.fingerprint(refresh_token), tokens.successor_of(refresh_token)
    # On its own columns alone: a join would become a subquery, which does not see what a concurrent refresh changed.
    good = {
        "pk": session.id,
        "refresh_fingerprint": given,
        "revoked_at": None,
        "expires_at__gt": moment,
        "created_at__gt": moment - settings.SESSION_LIFETIME,
    }
    changes = {
        "refresh_fingerprint": tokens.fingerprint(successor),
        "previous_fingerprint": given,
        "rotated_at": moment,
        "last_used_at": moment,
        "expires_at": moment + settings.REFRESH_TOKEN_LIFETIME,
        "user_agent": device.user_agent[:255],
        "address": device.address,
    }
    if update_where(Session, good, **changes):
        return _pair(session, successor, moment)
    refresh(session)
    if _is_double_submit(session, given, device, moment):
        return _pair(session, successor, moment)
    if session.refresh_fingerprint != given:
        _end_after_reuse(session)
    return RefreshRefused()


def _living(session_id: UUID) -> Session | None:
    return Session.objects.select_related("user").filter(pk=session_id, user__is_active=True).first()


def _is_double_submit(session: Session, given: str, device: Device, moment: datetime) -> bool:
    """Say whether the same device has sent the token before the last one again, a moment after it was exchanged."""
    same_device = (session.user_agent, session.address) == (device.user_agent[:255], device.address)
    in_time = session.rotated_at is not None and moment - session.rotated_at < settings.REFRESH_GRACE
    alive = session.revoked_at is None and session.expires_at > moment
    return same_device and in_time and alive and session.previous_fingerprint == given


def _end_after_reuse(session: Session) -> None:
    actor = session.user.actor()
    if not _end({"pk": session.id}, SessionEnd.REUSE_DETECTED):
        return
    record(actor=actor, verb="session.reuse_detected", target_type="session", target_id=session.id)
    publish(TokenReuseDetected(user_id=session.user_id, session_id=session.id), actor=actor)


def sign_out(
    *, actor: Actor | None = None, session_id: UUID | None = None, refresh_token: str = "", everywhere: bool = False
) -> bool:
    """End the session of a request, or the one that a refresh token belongs to; say whether it was still open.

    `everywhere`: and all others of the person; only a session that is still open can do that.
    """
    require_transaction()
    session_id = session_id or tokens.session_of_refresh_token(refresh_token)
    if session_id is None:
        return False
    session = Session.objects.select_related("user").filter(pk=session_id, revoked_at=None).first()
    if session is None:
        return False
    actor = actor or session.user.actor()
    if everywhere:
        revoke_all_sessions(actor=actor, except_id=session.id)
    return _close(session, actor, SessionEnd.SIGNED_OUT)


def revoke_session(*, actor: Actor, session_id: UUID) -> None:
    """End one's own session on another device; raises NotFound for anybody else's."""
    require_transaction()
    session = Session.objects.filter(pk=session_id, user_id=actor.known_id(), revoked_at=None).first()
    if session is None:
        raise NotFound("You have no such session.")
    _close(session, actor, SessionEnd.REVOKED)


def revoke_all_sessions(*, actor: Actor, except_id: UUID | None = None) -> int:
    """End all of one's own sessions, or all but this one; returns how many there were."""
    require_transaction()
    ended = end_all_sessions(actor.known_id(), SessionEnd.REVOKED, except_id=except_id)
    detail = {"sessions": ended, "kept_current": except_id is not None}
    record(actor=actor, verb="session.close_all", target_type="user", target_id=actor.id, detail=detail)
    return ended


def end_all_sessions(user_id: UUID, reason: SessionEnd, *, except_id: UUID | None = None) -> int:
    """End every session of a person (but one); the caller's verb is what is audited. Returns how many there were."""
    still_open = Session.objects.filter(user_id=user_id, revoked_at=None)
    if except_id:
        still_open = still_open.exclude(pk=except_id)
    return still_open.update(revoked_at=credential_now(), end_reason=reason)


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


def _pair(session: Session, refresh_token: str, moment: datetime) -> TokenPair:
    expires_at = moment + settings.ACCESS_TOKEN_LIFETIME
    return TokenPair(
        user_id=session.user_id,
        session_id=session.id,
        access_token=tokens.sign_access_token(user_id=session.user_id, session_id=session.id, expires_at=expires_at),
        expires_at=expires_at,
        refresh_token=refresh_token,
        refresh_expires_at=moment + settings.REFRESH_TOKEN_LIFETIME,
        client=session.client,
    )
