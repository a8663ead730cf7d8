"""Exercises that banks and cardholders cause after the fact: returns, failed refunds, chargebacks, closed gates."""

from jobsphere.backoffice.rehearsal.families import Body, family
from jobsphere.backoffice.rehearsal.gate import controls, named, whole_controls
from jobsphere.backoffice.rehearsal.stage import newest, worth
from jobsphere.backoffice.rehearsal.types import Act, Values
from jobsphere.payments.gateways.sandbox.cards import BANKS, BANKS_BY_NUMBER

_PLAY_DEAL = "Play a deal first: manage.py rehearse deal until={}."
_NO_PAYEE = "There is no payee who {}. " + _PLAY_DEAL.format("withdrawn")


def bounce_payout(values: Values) -> Act:
    """Let a payout be paid, and then come back from the bank."""
    gateway = named(str(values["gateway"]))
    kind = family(gateway).payout
    remedy = "No payout is on its way or paid. " + _PLAY_DEAL.format("withdrawn")
    found = newest(gateway, kind, str(values["payout"]), remedy)

    def act() -> list[str]:
        at, payout = controls(gateway), str(found[kind.key])
        if found["status"] in ("pending", "in_transit"):
            at.land_payout(payout)
        at.fail_payout(payout, str(values["code"]))
        return [f"The bank took {worth(found)}, said so, and sent it back: {values['code']}."]

    return act


def fail_refund(values: Values) -> Act:
    """Let a refund fail after it was said to have succeeded."""
    gateway = named(str(values["gateway"]))
    kind = family(gateway).refund
    remedy = "There is no refund that could fail. " + _PLAY_DEAL.format("refunded")
    found = newest(gateway, kind, str(values["refund"]), remedy)

    def act() -> list[str]:
        controls(gateway).fail_refund(str(found[kind.key]))
        return [f"The refund of {worth(found)} did not reach the card; the money is back at the gateway."]

    return act


def open_chargeback(values: Values) -> Act:
    """Let a cardholder's bank take a payment back; one that nothing has gone back of yet."""
    gateway = named(str(values["gateway"]))
    words, at = family(gateway), controls(gateway)
    remedy = "There is no captured payment without a chargeback. " + _PLAY_DEAL.format("accepted")
    touched = {each.get(words.of_payment) for kind in ("dispute", "refund") for each in at.objects(kind)}
    found = newest(
        gateway, words.payment, str(values["payment"]), remedy, but=lambda each: each[words.payment.key] in touched
    )

    def act() -> list[str]:
        dispute = at.open_dispute(str(found[words.payment.key]), reason=str(values["reason"]))
        return [f"The cardholder's bank took {worth(found)} back ({values['reason']}): chargeback {dispute}."]

    return act


def win_chargeback(values: Values) -> Act:
    """Let the bank decide for us."""
    return _close(values, won=True)


def lose_chargeback(values: Values) -> Act:
    """Let the bank decide for the cardholder."""
    return _close(values, won=False)


def restrict_payee(values: Values) -> Act:
    """Close a payee's gate: the gateway wants to know more."""
    gateway = named(str(values["gateway"]))
    kind = family(gateway).payee_open
    found = newest(gateway, kind, str(values["payee"]), _NO_PAYEE.format("can be paid"))

    def act() -> list[str]:
        controls(gateway).restrict_payee(str(found[kind.key]))
        return [f"The gateway has closed the account of {_name(found)}: a document is past due."]

    return act


def unrestrict_payee(values: Values) -> Act:
    """Open the gate again."""
    gateway = named(str(values["gateway"]))
    kind = family(gateway).payee_closed
    found = newest(gateway, kind, str(values["payee"]), _NO_PAYEE.format("is restricted"))

    def act() -> list[str]:
        controls(gateway).unrestrict_payee(str(found[kind.key]))
        return [f"The gateway has opened the account of {_name(found)} again."]

    return act


def change_bank(values: Values) -> Act:
    """Let a payee name another bank account at the gateway."""
    at, gateway, number = whole_controls(str(values["gateway"])), named(str(values["gateway"])), str(values["bank"])
    found = newest(gateway, family(gateway).payee_open, str(values["payee"]), _NO_PAYEE.format("can be paid"))

    def act() -> list[str]:
        at.complete_onboarding(str(found["id"]), bank=number, holder=_name(found))
        return [f"{_name(found)} has another account: …{number[-4:]}, {BANKS_BY_NUMBER[number].label}."]

    return act


#: The test banks, as a choice.
BANK_CHOICES = tuple((bank.number, f"…{bank.number[-4:]}: {bank.label}") for bank in BANKS)


def _close(values: Values, *, won: bool) -> Act:
    gateway = named(str(values["gateway"]))
    kind = family(gateway).chargeback
    remedy = "No chargeback is open. Open one first: manage.py rehearse chargeback."
    found = newest(gateway, kind, str(values["chargeback"]), remedy)

    def act() -> list[str]:
        controls(gateway).close_dispute(str(found[kind.key]), won=won)
        words = "for us: the money came back" if won else "for the cardholder: the money stays gone"
        return [f"The bank has decided the chargeback of {worth(found)} {words}."]

    return act


def _name(payee: Body) -> str:
    return str(payee.get("email") or payee.get("name") or payee.get("id"))
