"""Second factors: an authenticator app, passkeys, and recovery codes for who has lost both."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError

from jobsphere.audit.services import record
from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction, savepoint
from jobsphere.kit.actor import VISITOR, Actor
from jobsphere.kit.errors import Conflict, FieldError, NotFound
from jobsphere.outbox.services import enqueue, publish
from jobsphere.users import tokens, totp, webauthn
from jobsphere.users.errors import ProofRefused, StepExpired
from jobsphere.users.events import FactorsChanged
from jobsphere.users.models import Authenticator, KnownDevice, Passkey, RecoveryCode, SocialLogin, User
from jobsphere.users.rules import RECOVERY_CODES, Method, Notice, StepPurpose, clean_name, credential_now
from jobsphere.users.services.steps import attempt_step, expired, finish_step, open_step
from jobsphere.users.tasks import send_notice
from jobsphere.users.types import PasskeyChallenge, Proof, TotpSetup
from jobsphere.users.webauthn import PasskeyRefused

ISSUER = "JobSphere"


def methods_of(user_id: UUID) -> list[Method]:
    """Return the second factors that a person may use; none means that their first one is enough."""
    found = []
    if Authenticator.objects.filter(user_id=user_id).exclude(confirmed_at=None).exists():
        found.append(Method.TOTP)
    if Passkey.objects.filter(user_id=user_id).exists():
        found.append(Method.PASSKEY)
    if found and RecoveryCode.objects.filter(user_id=user_id, used_at=None).exists():
        found.append(Method.RECOVERY_CODE)
    return found


def check_factor(person: User, proof: Proof, *, state: dict[str, Any] | None) -> Method | None:
    """Return how the proof shows who this is, or None; what can be used once is used up by it."""
    require_transaction()
    if proof.code:
        return Method.TOTP if _uses_totp(person.id, proof.code) else None
    if proof.recovery_code:
        return Method.RECOVERY_CODE if _uses_recovery_code(person, proof.recovery_code) else None
    if proof.credential and state:
        used = use_passkey(proof.credential, state, user_id=person.id)
        return Method.PASSKEY if used else None
    return None


def refusal(proof: Proof) -> ProofRefused:
    """Return what to answer to a proof that does not hold."""
    field = "code" if proof.code else "recovery_code" if proof.recovery_code else "credential"
    words = {
        "code": "That is not what your app shows now, or it was used already. Wait for the next digits.",
        "recovery_code": "That is not one of your unused recovery codes.",
        "credential": "That passkey did not work here. Try again, or choose another way.",
    }
    return ProofRefused([FieldError(f"/{field}", "proof-refused", words[field])])


# The authenticator app


def begin_totp(*, actor: Actor) -> TotpSetup:
    """Make a secret for an authenticator app, not in force until `confirm_totp`; raises Conflict when one is."""
    require_transaction()
    user_id = actor.known_id()
    row = Authenticator.objects.filter(user_id=user_id).first() or Authenticator(user_id=user_id)
    if row.confirmed_at:
        raise Conflict("An authenticator app is set up already. Remove it first.")
    row.secret, row.last_step = totp.new_totp_secret(), 0
    row.save()
    email = User.objects.values_list("email", flat=True).get(pk=user_id)
    return TotpSetup(row.secret, totp.otpauth_uri(row.secret, issuer=ISSUER, account=email))


def confirm_totp(*, actor: Actor, code: str) -> list[str] | ProofRefused:
    """Put the app in force once it shows the right digits; returns recovery codes where these are the first factor."""
    require_transaction()
    user_id = actor.known_id()
    row = Authenticator.objects.filter(user_id=user_id, confirmed_at=None).first()
    if row is None:
        raise Conflict("Nothing waits to be confirmed. Begin with POST /api/auth/mfa/totp/.")
    step = totp.matching_step(row.secret, code, credential_now())
    if step is None:
        return refusal(Proof(code=code))
    is_first = not methods_of(user_id)
    if not update_where(
        Authenticator, {"pk": row.pk, "confirmed_at": None}, confirmed_at=credential_now(), last_step=step
    ):
        raise Conflict("This app was confirmed a moment ago.")
    tell_about_factors(actor, Notice.TOTP_ON)
    return _new_recovery_codes(user_id) if is_first else []


def remove_totp(*, actor: Actor) -> None:
    """Turn the authenticator app off; raises NotFound where there is none."""
    require_transaction()
    removed, _ = Authenticator.objects.filter(user_id=actor.known_id()).exclude(confirmed_at=None).delete()
    if not removed:
        raise NotFound("You have no authenticator app.")
    _after_removal(actor, Notice.TOTP_OFF)


def _uses_totp(user_id: UUID, code: str) -> bool:
    row = Authenticator.objects.filter(user_id=user_id).exclude(confirmed_at=None).first()
    step = totp.matching_step(row.secret, code, credential_now()) if row else None
    if row is None or step is None:
        return False
    # Each half minute once: who looks over a shoulder comes too late, and the owner is told.
    if update_where(Authenticator, {"pk": row.pk, "last_step__lt": step}, last_step=step):
        return True
    record(actor=VISITOR, verb="mfa.reused", target_type="user", target_id=user_id)
    enqueue(send_notice, user_id, str(Notice.TOTP_REUSED))
    return False


# Recovery codes


def renew_recovery_codes(*, actor: Actor) -> list[str]:
    """Return fresh recovery codes, the only time they are shown; all older ones are void. Conflict without a factor."""
    require_transaction()
    if not methods_of(actor.known_id()):
        raise Conflict("Recovery codes are for who has an authenticator app or a passkey. Set one up first.")
    tell_about_factors(actor, Notice.RECOVERY_CODES_MADE)
    return _new_recovery_codes(actor.known_id())


def _new_recovery_codes(user_id: UUID) -> list[str]:
    codes = [tokens.new_recovery_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user_id=user_id).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user_id=user_id, fingerprint=tokens.recovery_fingerprint(each, user_id=user_id)) for each in codes
    )
    return codes


def _uses_recovery_code(person: User, code: str) -> bool:
    kept = tokens.recovery_fingerprint(tokens.clean_recovery_code(code), user_id=person.id)
    unused = {"user_id": person.id, "fingerprint": kept, "used_at": None}
    if not update_where(RecoveryCode, unused, used_at=credential_now()):
        return False
    tell_about_factors(person.actor(), Notice.RECOVERY_CODE_USED)
    return True


# Passkeys


def begin_passkey(*, actor: Actor) -> PasskeyChallenge:
    """Return what the browser needs to make a passkey for this account."""
    require_transaction()
    person = User.objects.get(pk=actor.known_id())
    existing = Passkey.objects.filter(user_id=person.id).values_list("credential", flat=True)
    options, state = webauthn.begin_registration(
        user_id=person.id, email=person.email, name=person.name, existing=list(existing)
    )
    ticket = open_step(StepPurpose.ADD_PASSKEY, user_id=person.id, state=state)
    return PasskeyChallenge(ticket, options)


def add_passkey(
    *, actor: Actor, ticket: str, name: str, credential: dict[str, Any]
) -> tuple[UUID, list[str]] | ProofRefused | StepExpired:
    """Keep a passkey that was just made; returns its id, and recovery codes where it is the first factor."""
    step = attempt_step(StepPurpose.ADD_PASSKEY, ticket)
    if isinstance(step, StepExpired) or step.user_id != actor.id:
        return expired()
    user_id = actor.known_id()
    try:
        made = webauthn.finish_registration(step.data["state"], credential)
    except PasskeyRefused:
        return refusal(Proof())
    is_first = not methods_of(user_id)
    row = Passkey(user_id=user_id, name=clean_name(name)[:60] or "Passkey", credential_id=made.credential_id)
    row.credential, row.sign_count, row.synced = made.credential, made.sign_count, made.synced
    try:
        with savepoint():
            row.save(force_insert=True)
    except IntegrityError:
        return refusal(Proof())
    if not finish_step(step):
        raise Conflict("This passkey was added a moment ago.")
    tell_about_factors(actor, Notice.PASSKEY_ADDED)
    return row.id, _new_recovery_codes(user_id) if is_first else []


def rename_passkey(*, actor: Actor, passkey_id: UUID, name: str) -> None:
    """Give one's own passkey another name; raises NotFound for anybody else's."""
    require_transaction()
    condition = {"pk": passkey_id, "user_id": actor.known_id()}
    if not update_where(Passkey, condition, name=clean_name(name)[:60] or "Passkey"):
        raise NotFound("You have no such passkey.")
    record(actor=actor, verb="passkey.rename", target_type="user", target_id=actor.id)


def remove_passkey(*, actor: Actor, passkey_id: UUID) -> None:
    """Forget one's own passkey; raises NotFound for anybody else's."""
    require_transaction()
    removed, _ = Passkey.objects.filter(pk=passkey_id, user_id=actor.known_id()).delete()
    if not removed:
        raise NotFound("You have no such passkey.")
    _after_removal(actor, Notice.PASSKEY_REMOVED)


def passkey_options(user_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to use one of a person's passkeys, and what to remember for the answer."""
    existing = Passkey.objects.filter(user_id=user_id).values_list("credential", flat=True)
    return webauthn.begin_authentication(list(existing), user_verified=False)


def use_passkey(credential: dict[str, Any], state: dict[str, Any], *, user_id: UUID | None = None) -> Passkey | None:
    """Return the passkey that signed the challenge, of this person or of anybody; None when none did."""
    require_transaction()
    whose = {"user_id": user_id} if user_id else {}
    try:
        credential_id = webauthn.credential_id_of(credential)
        row = Passkey.objects.select_related("user").filter(credential_id=credential_id, **whose).first()
        if row is None or not row.user.is_active:
            return None
        signature = webauthn.check_authentication(state, row.credential, credential)
    except PasskeyRefused:
        return None
    # A counter that does not rise means that the key was copied; synced passkeys always say zero.
    if row.sign_count and signature.sign_count <= row.sign_count:
        record(actor=row.user.actor(), verb="passkey.copied", target_type="user", target_id=row.user_id)
        return None
    changes = {"sign_count": signature.sign_count, "last_used_at": credential_now()}
    return row if update_where(Passkey, {"pk": row.pk, "sign_count": row.sign_count}, **changes) else None


def forget_factors(user_id: UUID) -> None:
    """Take away every second factor, device and login elsewhere: somebody else may have set them."""
    require_transaction()
    for table in (Authenticator, Passkey, RecoveryCode, SocialLogin, KnownDevice):
        table.objects.filter(user_id=user_id).delete()


def _after_removal(actor: Actor, notice: Notice) -> None:
    if not methods_of(actor.known_id()):
        RecoveryCode.objects.filter(user_id=actor.known_id()).delete()
    tell_about_factors(actor, notice)


def tell_about_factors(actor: Actor, notice: Notice) -> None:
    """Audit and publish a change of credentials, and write to its owner."""
    record(actor=actor, verb=f"credentials.{notice}", target_type="user", target_id=actor.id)
    publish(FactorsChanged(user_id=actor.known_id(), what=notice), actor=actor)
    enqueue(send_notice, actor.known_id(), str(notice))
