"""From a first proof to a session: the second factor where there is one, the device, the letter."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from jobsphere.audit.services import record
from jobsphere.db.transactions import require_transaction
from jobsphere.outbox.services import enqueue, publish
from jobsphere.users import closing
from jobsphere.users.errors import EmailNotVerified, MfaRequired, ProofRefused, SignInFailed, StepExpired
from jobsphere.users.events import UserSignedIn
from jobsphere.users.models import Session, User
from jobsphere.users.rules import STEP_LIFETIME, CodePurpose, Method, SessionEnd, StepPurpose, credential_now
from jobsphere.users.selectors import has_proven_address
from jobsphere.users.services import attempts, factors
from jobsphere.users.services.attempts import Attempt
from jobsphere.users.services.codes import request_code
from jobsphere.users.services.devices import forget_devices, remember_device
from jobsphere.users.services.sessions import UNKNOWN_DEVICE, end_all_sessions, open_session
from jobsphere.users.services.steps import attempt_step, expired, finish_step, look_at_step, note_on_step, open_step
from jobsphere.users.tasks import send_new_device_letter
from jobsphere.users.tokens import read_link
from jobsphere.users.types import Device, Proof, TokenPair


@dataclass(frozen=True, slots=True)
class NotMeAnswer:
    """The ticket to set a new password with."""

    ticket: str


def sign_in(
    *,
    user_id: UUID,
    device: Device = UNKNOWN_DEVICE,
    method: Method = Method.PASSWORD,
    attempt: Attempt | None = None,
) -> TokenPair | EmailNotVerified | MfaRequired:
    """Sign in a person whose password (or other proof) was just checked.

    Returns MfaRequired, with the ticket of the next step, where the person has a second factor, and EmailNotVerified,
    with the ticket of a new code, where the operator wants verified addresses: they are returned, not raised, so that
    what they need is kept. Raises SignInFailed for a closed account.
    """
    require_transaction()
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None:
        closing.explain_closed(user_id)
        raise SignInFailed("The e-mail address or the password is not right.")
    attempts.give_back(attempt)
    if settings.REQUIRE_VERIFIED_EMAIL and not has_proven_address(person.id):
        ticket = request_code(CodePurpose.VERIFY_EMAIL, email=person.email, device=device)
        return EmailNotVerified("We have sent you a code. Enter it, then sign in again.", ticket=ticket)
    if methods := factors.methods_of(person.id):
        return _ask_for_more(person, methods, method)
    return complete_sign_in(person, device=device, method=method)


def begin_passkey_as_second_factor(*, ticket: str) -> dict[str, object]:
    """Return what the browser needs to use a passkey for this step; raises StepExpired."""
    require_transaction()
    step = look_at_step(StepPurpose.SECOND_FACTOR, ticket)
    if step is None or step.user_id is None:
        raise expired()
    options, state = factors.passkey_options(step.user_id)
    note_on_step(step, state=state)
    return options


def verify_second_factor(
    *, ticket: str, proof: Proof, device: Device = UNKNOWN_DEVICE
) -> TokenPair | StepExpired | ProofRefused:
    """Finish a sign-in with its second factor; raises TooManyAttempts. Refusals are returned, so that they count."""
    step = attempt_step(StepPurpose.SECOND_FACTOR, ticket)
    if isinstance(step, StepExpired):
        return step
    person: User = step.user  # type: ignore[assignment]
    attempt = attempts.begin_factor_attempt(user_id=person.id, device=device)
    method = factors.check_factor(person, proof, state=step.data.get("state"))
    if method is None:
        record(actor=person.actor(), verb="mfa.refused", target_type="user", target_id=person.id)
        return factors.refusal(proof)
    attempts.give_back(attempt)
    return complete_sign_in(person, device=device, method=method) if finish_step(step) else expired()


def complete_sign_in(person: User, *, device: Device, method: Method) -> TokenPair:
    """Open the session of a person who has shown everything; the first time on a new device they get a letter."""
    device_id, is_new = remember_device(person.id, device)
    pair = open_session(user_id=person.id, device=device, method=method, device_id=device_id)
    User.objects.filter(pk=person.id).update(last_login=credential_now())
    detail = {"method": method, "new_device": is_new}
    record(actor=person.actor(), verb="session.open", target_type="session", target_id=pair.session_id, detail=detail)
    signed_in = UserSignedIn(user_id=person.id, session_id=pair.session_id, method=method, new_device=is_new)
    publish(signed_in, actor=person.actor())
    if is_new:
        enqueue(send_new_device_letter, pair.session_id)
    return pair


def disown_session(*, token: str, device: Device) -> NotMeAnswer | StepExpired:
    """End a session that its owner does not know, with all others, and forget every device; a new password is next.

    The link in the letter may be used again: it only ever ends sessions.
    """
    require_transaction()
    session_id = read_link("not-me", token)
    session = Session.objects.select_related("user").filter(pk=session_id).first() if session_id else None
    if session is None:
        return expired()
    person = session.user
    ended = end_all_sessions(person.id, SessionEnd.NOT_ME)
    forget_devices(person.id)
    record(
        actor=person.actor(),
        verb="session.disown",
        target_type="session",
        target_id=session.id,
        detail={"sessions": ended},
    )
    return NotMeAnswer(request_code(CodePurpose.RESET_PASSWORD, email=person.email, device=device))


def _ask_for_more(person: User, methods: list[Method], first: Method) -> MfaRequired:
    ticket = open_step(StepPurpose.SECOND_FACTOR, user_id=person.id, first=first)
    return MfaRequired(
        "The first step was right. Now use your authenticator app, a passkey or a recovery code.",
        ticket=ticket,
        methods=[str(each) for each in methods],
        expires_at=(credential_now() + STEP_LIFETIME).isoformat().replace("+00:00", "Z"),
    )
