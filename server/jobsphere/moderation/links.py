"""The link in a letter with which a person reads a decision and appeals, also when they cannot sign in."""

from uuid import UUID

from django.conf import settings
from django.core import signing

from jobsphere.kit.errors import NotFound
from jobsphere.moderation.rules import LINK_LIFETIME

_SALT = "jobsphere.moderation.statement"


def statement_path(decision_id: UUID) -> str:
    """Return where a person who is signed in reads the decision."""
    return f"/safety/statements/{decision_id}"


def token_for(decision_id: UUID) -> str:
    """Return what opens the decision without a sign-in."""
    return signing.dumps(str(decision_id), salt=_SALT)


def link_for(decision_id: UUID) -> str:
    """Return the link of a letter; the token stands behind the #, so it is in no log and no referrer."""
    return f"{settings.PUBLIC_URL}/appeal#token={token_for(decision_id)}"


def read_token(token: str) -> UUID:
    """Return which decision a token opens; raises NotFound for one that is not ours or too old."""
    try:
        return UUID(signing.loads(token, salt=_SALT, max_age=LINK_LIFETIME))
    except (signing.BadSignature, ValueError) as error:
        raise NotFound("This link is not valid, or too old. Write to support.") from error
