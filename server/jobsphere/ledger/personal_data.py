"""What the books hold about a person: movements by id, for good; and balances, which are zero before they go."""

from collections.abc import Iterator

from jobsphere.ledger.models import Difference, ReconciliationRun
from jobsphere.ledger.selectors import balances_of
from jobsphere.ledger.types import AccountBalance, AccountKind
from jobsphere.users.personal_data import Blocker, Data, Subject, scrub

_WORDS = {
    AccountKind.WALLET: ("wallet-balance", "Your wallet holds {money}. Withdraw it first."),
    AccountKind.RECEIVABLE: ("receivable", "You owe the marketplace {money}. Settle it first; support can help."),
}


def export(subject: Subject) -> Data:
    """Return the balances; the movements themselves are in the export of payments and in the wallet's statement."""
    return [
        {"account": balance.account.kind.value, "amount": balance.balance.amount, "currency": balance.balance.currency}
        for balance in _balances(subject)
    ]


def erase(subject: Subject) -> None:
    """Take the names of staff out of what they noted; the movements name people by id alone."""
    scrub(Difference.objects.all(), ("acknowledged_by_name", "note"), subject)
    scrub(ReconciliationRun.objects.all(), ("started_by_name",), subject)


def blockers(subject: Subject) -> Iterator[Blocker]:
    """Balances that are not zero, and what to do about each."""
    for balance in _balances(subject):
        if balance.balance.amount:
            code, words = _WORDS.get(balance.account.kind, ("open-balance", "{money} of yours is under way ({kind})."))
            kind = balance.account.kind.value.replace("_", " ")
            yield Blocker(code, words.format(money=balance.balance, kind=kind))


def _balances(subject: Subject) -> list[AccountBalance]:
    return balances_of("user", subject.id)
