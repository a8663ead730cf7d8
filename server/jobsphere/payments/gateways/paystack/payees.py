"""Paystack: payees (transfer recipients) and payouts (transfers from our own balance)."""

from collections.abc import Mapping
from typing import Any, cast

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    Bank,
    DeclineCode,
    Declined,
    Ok,
    Outcome,
    PayeeBank,
    PayeeOnboarding,
    PayeeStatus,
    PayoutSnapshot,
    Rejected,
    RejectedCode,
    TransferReversalSnapshot,
    TransferSnapshot,
    Unknown,
)
from jobsphere.payments.gateways.base.units import UnrepresentableAmountError
from jobsphere.payments.gateways.paystack.calls import PaystackCalls
from jobsphere.payments.gateways.paystack.currencies import COUNTRIES, to_wire
from jobsphere.payments.gateways.paystack.errors import Failure, reused
from jobsphere.payments.gateways.paystack.normalise import (
    OPERATION,
    payee_status,
    payout_snapshot,
    reference_of,
)

#: The kinds of account in GET /bank, as POST /transferrecipient calls them: one of them is spelled in two ways.
_RECIPIENT_TYPES = {"ghipps": "ghipss", "ghipss": "ghipss"}
#: Where Paystack can tell the name of an account from its number.
_RESOLVED = frozenset({"NGN", "GHS"})


class PaystackPayees(PaystackCalls):
    """Money out."""

    def onboard_payee(
        self,
        *,
        idempotency_key: str,
        operation_id: str,
        email: str,
        country: str,
        return_url: str,
        refresh_url: str,
        payee_id: str = "",
        bank: PayeeBank | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[PayeeOnboarding]:
        """See the port. An account is a recipient: another account is another payee.

        Paystack keeps one recipient an account, and gives it again when it is made again: a repeat does no harm.
        """
        if bank is None:
            if payee_id:
                return Ok(PayeeOnboarding(payee_id, ""))
            return Rejected("Paystack needs the payee's bank account")
        made = self._kind_of_bank(bank, country)
        if not isinstance(made, Ok):
            return made
        kind, currency = made.object
        named = self._holder(bank, currency, kind)
        if not isinstance(named, Ok):
            return named
        body = {
            "type": kind,
            "name": named.object,
            "account_number": bank.account_number,
            "bank_code": bank.bank_code,
            "currency": currency,
            "metadata": {**(metadata or {}), OPERATION: operation_id},
        }
        answer = self._send("POST", "/transferrecipient", body=body)
        return self._answered(answer, lambda found: PayeeOnboarding(str(found["recipient_code"]), ""))

    def payee_status(self, *, payee_id: str) -> Outcome[PayeeStatus]:
        """See the port."""
        return self._read(f"/transferrecipient/{payee_id}", payee_status)

    def banks(self, *, country: str) -> Outcome[tuple[Bank, ...]]:
        """See the port. Mobile-money wallets are listed with the banks."""
        if country not in COUNTRIES:
            return Ok(())
        found = self._banks(country)
        if isinstance(found, Failure):
            return found.outcome
        return Ok(tuple(Bank(str(bank["code"]), str(bank["name"]), str(bank["currency"])) for bank in found))

    def transfer(
        self,
        *,
        payee_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[TransferSnapshot]:
        """See the port. Payees have no balance here: `pay_out` pays from ours."""
        return self._no_balance()

    def reverse_transfer(
        self, *, transfer_id: str, amount: Money, idempotency_key: str, operation_id: str
    ) -> Outcome[TransferReversalSnapshot]:
        """See the port."""
        return self._no_balance()

    def fetch_transfer(self, *, gateway_id: str) -> Outcome[TransferSnapshot]:
        """See the port."""
        return self._no_balance(RejectedCode.NOT_FOUND)

    def pay_out(
        self,
        *,
        payee_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
        speed: str = "standard",
    ) -> Outcome[PayoutSnapshot]:
        """See the port. Paystack makes one transfer of a reference, ever; whatever it answers, that one counts."""
        try:
            units = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        body: dict[str, Any] = {
            "source": "balance",
            "amount": units,
            "currency": amount.currency,
            "recipient": payee_id,
            "reference": reference_of(operation_id),
            "reason": "Your earnings",
        }
        answer = self._send("POST", "/transfer", body=body)
        if not isinstance(answer, Failure):
            return self._answered(answer, lambda transfer: payout_snapshot(transfer, payee_id))
        if not answer.doubtful or isinstance(answer.outcome, Unknown):
            return answer.outcome
        found = self._find_payout(operation_id, payee_id)
        if isinstance(found, Ok):
            if found.object is None:
                return answer.outcome
            return Ok(found.object) if found.object.amount == amount else reused()
        return found if isinstance(found, Unknown) else answer.outcome

    def finalize_payout(self, *, gateway_id: str, otp: str, payee_id: str = "") -> Outcome[PayoutSnapshot]:
        """See the port. Whatever is answered, the transfer itself says whether it has gone on."""
        body = {"transfer_code": gateway_id, "otp": otp}
        answer = self._send("POST", "/transfer/finalize_transfer", body=body)
        present = self.fetch_payout(gateway_id=gateway_id, payee_id=payee_id)
        if isinstance(present, Ok) and present.object.needs_otp and isinstance(answer, Failure):
            refused = answer.outcome
            if isinstance(refused, Rejected) and refused.code is RejectedCode.INVALID_REQUEST:
                return Declined(DeclineCode.AUTHENTICATION_FAILED, refused.message, True, gateway_id=gateway_id)
            return refused
        return present

    def resend_payout_code(self, *, gateway_id: str) -> Outcome[str]:
        """See the port."""
        body = {"transfer_code": gateway_id, "reason": "resend_otp"}
        answer = self._send("POST", "/transfer/resend_otp", body=body)
        return answer.outcome if isinstance(answer, Failure) else Ok("sent")

    def fetch_payout(self, *, gateway_id: str, payee_id: str) -> Outcome[PayoutSnapshot]:
        """See the port."""
        return self._read(f"/transfer/{gateway_id}", lambda transfer: payout_snapshot(transfer, payee_id))

    def _no_balance(self, code: RejectedCode = RejectedCode.INVALID_REQUEST) -> Rejected:
        """Refuse what needs a balance of the payee's."""
        self._guard()
        return Rejected("payees have no balance at Paystack", code)

    def _find_payout(self, operation_id: str, payee_id: str) -> Outcome[PayoutSnapshot | None]:
        found = self._read(
            f"/transfer/verify/{reference_of(operation_id)}", lambda transfer: payout_snapshot(transfer, payee_id)
        )
        if isinstance(found, Rejected) and found.code is RejectedCode.NOT_FOUND:
            return Ok(None)
        return cast(Outcome[PayoutSnapshot | None], found)

    def _find_payee(self, operation_id: str) -> Outcome[PayeeStatus | None]:
        """Look through the recipients. One that an earlier operation had made is not found; making it again is safe."""
        found = self._collect(
            "/transferrecipient",
            {},
            keep=lambda recipient: payee_status(recipient).operation_id == operation_id,
            stop_at_first=True,
        )
        if isinstance(found, Failure):
            return found.outcome
        return Ok(payee_status(found[0]) if found else None)

    def _banks(self, country: str) -> list[Mapping[str, Any]] | Failure:
        """List what transfers can go to. Older entries say nothing about that."""
        asked = {"currency": COUNTRIES[country][1]}
        return self._collect("/bank", asked, keep=lambda bank: bank.get("supports_transfer") is not False)

    def _kind_of_bank(self, bank: PayeeBank, country: str) -> Outcome[tuple[str, str]]:
        """Return the recipient's type and currency, from the list of banks."""
        if country not in COUNTRIES:
            return Declined(DeclineCode.INCORRECT_BANK_DATA, "Paystack cannot pay to banks of this country.")
        found = self._banks(country)
        if isinstance(found, Failure):
            return found.outcome
        chosen = next((entry for entry in found if str(entry.get("code")) == bank.bank_code), None)
        if chosen is None:
            return Declined(DeclineCode.INCORRECT_BANK_DATA, "This bank is not known.")
        kind = str(chosen["type"])
        return Ok((_RECIPIENT_TYPES.get(kind, kind), str(chosen["currency"])))

    def _holder(self, bank: PayeeBank, currency: str, kind: str) -> Outcome[str]:
        """Return the name on the account, where Paystack can tell: money must not go to a mistyped number."""
        if currency not in _RESOLVED:
            return Ok(bank.holder or "Payee")
        asked = {"account_number": bank.account_number, "bank_code": bank.bank_code}
        answer = self._send("GET", "/bank/resolve", params=asked)
        if isinstance(answer, Failure) and _says_no(answer.outcome):
            return Declined(DeclineCode.INCORRECT_BANK_DATA, "The bank knows no account of this number.")
        return self._answered(answer, lambda found: str(found["account_name"]))


def _says_no(outcome: Declined | Rejected | Unknown) -> bool:
    """Tell "there is no such account" from a wrong key or no answer."""
    return isinstance(outcome, Declined) or (
        isinstance(outcome, Rejected) and outcome.code is not RejectedCode.CONFIGURATION
    )
