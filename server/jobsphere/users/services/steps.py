"""Steps of a sign-in that are open: whoever holds the ticket goes on, a few times and not for long."""

from typing import Any
from uuid import UUID

from django.db.models import F

from jobsphere.db.guarded import update_where
from jobsphere.db.transactions import require_transaction
from jobsphere.kit.errors import FieldError
from jobsphere.users import tokens
from jobsphere.users.errors import StepExpired
from jobsphere.users.models import SignInStep
from jobsphere.users.rules import STEP_LIFETIME, StepPurpose, credential_now


def open_step(purpose: StepPurpose, *, user_id: UUID | None = None, **data: Any) -> str:
    """Begin a step and return its ticket, which only the asker gets to know."""
    require_transaction()
    ticket = tokens.new_secret()
    moment = credential_now()
    SignInStep.objects.create(
        purpose=purpose,
        user_id=user_id,
        ticket_fingerprint=tokens.fingerprint(ticket),
        data=data,
        created_at=moment,
        expires_at=moment + STEP_LIFETIME,
    )
    return ticket


def attempt_step(purpose: StepPurpose, ticket: str) -> SignInStep | StepExpired:
    """Count an attempt and return the step; the refusal is returned, not raised, so that the count is kept."""
    require_transaction()
    alive = {
        "ticket_fingerprint": tokens.fingerprint(ticket),
        "purpose": purpose,
        "used_at": None,
        "attempts_left__gt": 0,
        "expires_at__gt": credential_now(),
    }
    if not update_where(SignInStep, alive, attempts_left=F("attempts_left") - 1):
        return expired()
    step = SignInStep.objects.select_related("user").get(ticket_fingerprint=alive["ticket_fingerprint"])
    if step.user is not None and not step.user.is_active:
        return expired()
    return step


def look_at_step(purpose: StepPurpose, ticket: str) -> SignInStep | None:
    """Return an open step without counting an attempt, or None."""
    return SignInStep.objects.filter(
        ticket_fingerprint=tokens.fingerprint(ticket),
        purpose=purpose,
        used_at=None,
        attempts_left__gt=0,
        expires_at__gt=credential_now(),
    ).first()


def note_on_step(step: SignInStep, **data: Any) -> None:
    """Keep something more with an open step."""
    step.data = {**step.data, **data}
    SignInStep.objects.filter(pk=step.pk, used_at=None).update(data=step.data)


def finish_step(step: SignInStep) -> bool:
    """Use the step up; False when somebody was faster."""
    return update_where(SignInStep, {"pk": step.pk, "used_at": None}, used_at=credential_now())


def expired() -> StepExpired:
    """Return the refusal of a ticket that opens nothing (any more)."""
    return StepExpired([FieldError("/ticket", "step-expired", "This step is used, expired or not yours. Begin again.")])
