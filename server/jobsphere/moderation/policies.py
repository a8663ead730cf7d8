"""What people may still do, and who may decide about them."""

from uuid import UUID

from jobsphere.db.composed import first
from jobsphere.kit.actor import Actor, require_right
from jobsphere.kit.errors import Forbidden, NotFound
from jobsphere.moderation import links, rules, selectors
from jobsphere.moderation.errors import AccountRestricted, AccountSuspended, NotBetweenYou, NotImpartial
from jobsphere.moderation.models import Case, Decision, Report, Restriction
from jobsphere.moderation.types import RestrictedAct
from jobsphere.users.selectors import is_staff
from jobsphere.users.types import Right

_DOING = {
    RestrictedAct.POSTING: "post jobs, make offers or book",
    RestrictedAct.PROPOSING: "propose or accept offers",
    RestrictedAct.MESSAGING: "write messages",
}


def require_not_blocked(a: UUID, b: UUID, *, doing: str) -> None:
    """Raise NotBetweenYou when either of two people has blocked the other.

    `doing`: what is refused, as in "propose for this job". It says what to do, and never who blocked whom.
    """
    if selectors.is_blocked(a, b):
        raise NotBetweenYou(
            f"You cannot {doing}: this is not possible between the two of you. Choose somebody else. If you have"
            " blocked this person, you can take that back in the settings under 'People I blocked'."
            " Contracts that run go on as agreed."
        )


def require_unrestricted(actor: Actor, act: RestrictedAct) -> None:
    """Raise AccountRestricted, with the way to the reasons and to an appeal, while the actor may not do this.

    One query. Work that has begun, withdrawals and everything else go on: callers ask only before something new.
    """
    if actor.id is None or (row := selectors.restriction_on(actor.id, act)) is None:
        return
    raise AccountRestricted(
        f"You cannot {_DOING[act]} {_until(row)}: {_rule(row)}. You can read the reasons, and appeal. Contracts that"
        " run, and your money, go on as agreed.",
        **_machine_readable(row, links.statement_path(row.decision_id)),
    )


def refuse_suspended(user_id: UUID) -> None:
    """Raise AccountSuspended for a suspended person: for a sign-in whose password was right, and for a return."""
    row = selectors.suspension_of(user_id)
    if row is None:
        return
    link = links.link_for(row.decision_id)
    raise AccountSuspended(
        f"This account is suspended {_until(row)}: {_rule(row)}. You can read the reasons, and appeal.",
        **_machine_readable(row, link),
    )


def require_moderator(actor: Actor) -> None:
    """Let only staff pass who hold the right "moderation"."""
    require_right(actor, Right.MODERATION)


def get_case_for(actor: Actor, case_id: UUID) -> Case:
    """Return a case; raises Forbidden without the right, NotFound."""
    require_moderator(actor)
    row = first(Case, pk=case_id)
    if row is None:
        raise NotFound("There is no such case.")
    return row


def require_impartial(actor: Actor, case: Case) -> None:
    """Raise NotImpartial for whom it is about and for who reported it; Forbidden about staff, unless an admin."""
    if actor.id == case.person_id or Report.objects.filter(case=case, reporter_id=actor.id).exists():
        raise NotImpartial("This is about you, or you reported it yourself. A colleague decides it.")
    if is_staff(case.person_id) and not actor.is_admin:
        raise Forbidden("Only an administrator may decide about staff.")


def require_another(actor: Actor, decision: Decision) -> None:
    """Raise NotImpartial unless the actor is somebody else than who decided before."""
    if actor.id == decision.decided_by_id:
        raise NotImpartial("You made this decision. Another member of staff must answer the appeal.")


def _until(row: Restriction) -> str:
    return f"until {row.until:%d %B %Y, %H:%M} UTC" if row.until else "until staff lift it"


def _rule(row: Restriction) -> str:
    return f'rule "{next(each.title for each in rules.HOUSE_RULES.values() if each.code == row.decision.rule)}"'


def _machine_readable(row: Restriction, statement_url: str) -> dict[str, str | None]:
    return {"statement_url": statement_url, "until": row.until.isoformat() if row.until else None}
