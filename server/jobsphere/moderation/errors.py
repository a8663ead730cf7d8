"""What moderation refuses."""

from jobsphere.kit.errors import Conflict, DomainError, Forbidden


class NotBetweenYou(Conflict):
    """The two of you cannot make new deals; the answer is the same whoever wanted it so, and names nobody."""

    code = "not-between-you"
    title = "This is not possible between the two of you"


class AccountRestricted(Forbidden):
    """You may not do this for now: `statement_url` says why, `until` for how long, and how to appeal."""

    code = "account-restricted"
    title = "Your account is restricted"


class AccountSuspended(Forbidden):
    """The account is suspended. `statement_url` opens the reasons without a sign-in; one can appeal there."""

    code = "account-suspended"
    title = "This account is suspended"


class AlreadyReported(Conflict):
    """You have reported this, and nobody has decided yet: `report_id` is your report."""

    code = "already-reported"
    title = "You have reported this already"


class ReportsPaused(DomainError):
    """Too many reports of yours are open, or were plainly unfounded lately; `until` says when you can report again."""

    code = "reports-paused"
    status = 429
    title = "You cannot report anything just now"


class CaseIsClaimed(Conflict):
    """A colleague works on this case; `claimed_by` says who."""

    code = "case-claimed"
    title = "A colleague works on this"


class NotImpartial(Forbidden):
    """Somebody else must decide this: you decided it before, you reported it, or it is about you."""

    code = "not-impartial"
    title = "Somebody else must decide this"


class AppealNotPossible(Conflict):
    """There was an appeal already, or the time for one is over."""

    code = "appeal-not-possible"
    title = "There can be no appeal now"
