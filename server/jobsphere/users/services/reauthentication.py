"""Step-up: showing again who one is, inside an open session, before something that cannot be taken back."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.actor import Actor
from jobsphere.kit.errors import Conflict, FieldError
from jobsphere.users.errors import ProofRefused, StepExpired, TokenInvalid
from jobsphere.users.models import Session, User
from jobsphere.users.rules import Method, StepPurpose, credential_now
from jobsphere.users.services import attempts, factors
from jobsphere.users.services.attempts import Attempt
from jobsphere.users.services.steps import attempt_step, finish_step, open_step
from jobsphere.users.types import PasskeyChallenge, Proof


def begin_passkey_reauthentication(*, actor: Actor) -> PasskeyChallenge:
    """Return what the browser needs to confirm with a passkey; raises Conflict for who has none."""
    require_transaction()
    if Method.PASSKEY not in factors.methods_of(actor.known_id()):
        raise Conflict("You have no passkey. Confirm with your password or authenticator app.")
    options, state = factors.passkey_options(actor.known_id())
    ticket = open_step(StepPurpose.REAUTHENTICATE, user_id=actor.known_id(), state=state)
    return PasskeyChallenge(ticket, options)


def reauthenticate(
    *, actor: Actor, session_id: UUID, proof: Proof, ticket: str = "", password_fits: bool = False, attempt: Attempt
) -> datetime | ProofRefused | StepExpired:
    """Note that the person was there just now; returns until when that counts.

    The attempt was taken before the password was looked at (outside of a transaction). Who has a second factor
    confirms with it: the password alone would be worth less than the sign-in was.
    """
    require_transaction()
    person = User.objects.get(pk=actor.known_id())
    methods = factors.methods_of(person.id)
    if proof.password:
        method = Method.PASSWORD if password_fits and not methods else None
    else:
        method = factors.check_factor(person, proof, state=_state(person, ticket))
    if method is None:
        record(actor=actor, verb="session.reauthentication_refused", target_type="session", target_id=session_id)
        return _refused(proof, bool(methods))
    attempts.give_back(attempt)
    moment = credential_now()
    if not update_where(Session, {"pk": session_id, "revoked_at": None}, authenticated_at=moment):
        raise TokenInvalid
    detail = {"method": method}
    record(actor=actor, verb="session.reauthenticate", target_type="session", target_id=session_id, detail=detail)
    return moment + settings.RECENT_SIGN_IN


def _state(person: User, ticket: str) -> dict[str, object] | None:
    step = attempt_step(StepPurpose.REAUTHENTICATE, ticket) if ticket else None
    if step is None or isinstance(step, StepExpired) or step.user_id != person.id or not finish_step(step):
        return None
    state: dict[str, object] = step.data["state"]
    return state


def _refused(proof: Proof, has_factors: bool) -> ProofRefused:
    if not proof.password:
        return factors.refusal(proof)
    words = "Confirm with your authenticator app, passkey or recovery code." if has_factors else "That is not it."
    return ProofRefused([FieldError("/password", "proof-refused", words)])
