"""What can go wrong with a sign-in; none of it tells whether an address is registered."""

from jobsphere.kit.errors import Conflict, DomainError, Forbidden, InvalidInput, SignInRequired


class TokenInvalid(SignInRequired):
    """The access token is expired, revoked or not ours: refresh it, or sign in again."""

    code = "token-invalid"
    title = "The access token is no longer valid"


class SignInFailed(DomainError):
    """The address or the password is wrong, or the account is closed: we never say which."""

    code = "sign-in-failed"
    status = 401
    title = "That did not match"


class RefreshRefused(DomainError):
    """The refresh token is unknown, used, expired or revoked: sign in again."""

    code = "refresh-refused"
    status = 401
    title = "Please sign in again"


class EmailNotVerified(Forbidden):
    """This marketplace wants the address verified first: enter the code from the letter that we just sent."""

    code = "email-not-verified"
    title = "Please verify your e-mail address"


class CodeRefused(InvalidInput):
    """The code is wrong, used or expired: ask for a new one after five attempts or ten minutes."""

    code = "code-refused"
    title = "That code does not work"


class TooManyAttempts(DomainError):
    """Too many wrong attempts: wait as long as `Retry-After` says, use a device that you have signed in on before, or
    set a new password by e-mail, which ends the wait."""

    code = "too-many-attempts"
    status = 429
    title = "Too many attempts"


class LetterTooSoon(DomainError):
    """A letter is on its way already: wait as long as `Retry-After` says before you ask for another."""

    code = "letter-too-soon"
    status = 429
    title = "A code was sent a moment ago"


class MfaRequired(DomainError):
    """The first proof was right, a second one is needed: send `ticket` with it to `/api/auth/mfa/verify/`; `methods`
    says what is possible."""

    code = "mfa-required"
    status = 401
    title = "One more step"


class ProofRefused(InvalidInput):
    """The code, recovery code or passkey does not match, or was used before: try again, or choose another method."""

    code = "proof-refused"
    title = "That did not match"


class StepExpired(InvalidInput):
    """This step of the sign-in is over, used, or had too many attempts: begin again."""

    code = "step-expired"
    title = "Please begin again"


class WorkRequired(DomainError):
    """After several failures a client must show some work: find a nonce for `challenge`, and send both as
    `X-Proof-Of-Work`."""

    code = "work-required"
    status = 428
    title = "One moment, please"


class ForeignOrigin(Forbidden):
    """A request with our cookie must come from our own pages and carry the header `X-Client: web`."""

    code = "foreign-origin"
    title = "This does not come from our own pages"


class SocialNeedsMore(Conflict):
    """The provider knows you, but we need one thing more: send `ticket` with what `needs` names to
    `/api/auth/social/finish/`."""

    code = "social-needs-more"
    title = "One more step"


class SocialRefused(DomainError):
    """The provider did not confirm who you are: begin again, or sign in with e-mail and password."""

    code = "social-refused"
    status = 401
    title = "That sign-in did not work"


class LastAdministrator(Forbidden):
    """Without this person nobody could run the marketplace: make another administrator first."""

    code = "last-administrator"
    title = "The only administrator stays"
