"""Signing in with a passkey alone: something one has, unlocked by something one is or knows, so one step is enough."""

from typing import Any

from jobsphere.db.transactions import require_transaction
from jobsphere.users import webauthn
from jobsphere.users.errors import ProofRefused, StepExpired
from jobsphere.users.rules import Method, StepPurpose
from jobsphere.users.services.factors import refusal, use_passkey
from jobsphere.users.services.signing_in import complete_sign_in
from jobsphere.users.services.steps import attempt_step, expired, finish_step, open_step
from jobsphere.users.types import Device, PasskeyChallenge, Proof, TokenPair


def begin_passkey_sign_in() -> PasskeyChallenge:
    """Return what the browser needs to let a visitor choose one of their passkeys; the same for everybody."""
    require_transaction()
    options, state = webauthn.begin_authentication(None, user_verified=True)
    return PasskeyChallenge(open_step(StepPurpose.PASSKEY_SIGN_IN, state=state), options)


def sign_in_with_passkey(
    *, ticket: str, credential: dict[str, Any], device: Device
) -> TokenPair | StepExpired | ProofRefused:
    """Sign in whoever signed the challenge. Refusals are returned, so that they count."""
    step = attempt_step(StepPurpose.PASSKEY_SIGN_IN, ticket)
    if isinstance(step, StepExpired):
        return step
    passkey = use_passkey(credential, step.data["state"])
    if passkey is None:
        return refusal(Proof(credential=credential))
    if not finish_step(step):
        return expired()
    return complete_sign_in(passkey.user, device=device, method=Method.PASSKEY)
