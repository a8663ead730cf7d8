"""What can be wrong with an account over time."""

from jobsphere.kit.errors import Conflict, Forbidden, InvalidInput


class AccountInUse(Conflict):
    """Money or work of this account is under way; `blockers` says which, and what to do about each."""

    code = "account-in-use"
    title = "This account cannot be deleted yet"


class ExportTooSoon(Conflict):
    """An export was made within a day, or is being made; use that one."""

    code = "export-too-soon"
    title = "There is an export already"


class EmailChangeRefused(InvalidInput):
    """The code does not fit, was tried too often, or the change is over: ask for a new one."""

    code = "email-change-refused"
    title = "This code does not fit"


class AccountClosed(Forbidden):
    """The password is right, but you have closed this account: open it again at `recover_url`, then sign in."""

    code = "account-closed"
    title = "You have closed this account"


class CleanUpFailed(RuntimeError):
    """Some table could not be cleaned; the report of the run says why. The others were."""
