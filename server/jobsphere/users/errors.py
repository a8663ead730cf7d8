"""What can go wrong with a sign-in; none of it tells whether an address is registered."""

from jobsphere.kit.errors import DomainError, Forbidden, InvalidInput, SignInRequired


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
    """The code is wrong, used or expired: ask for a new one after five attempts or fifteen minutes."""

    code = "code-refused"
    title = "That code does not work"
