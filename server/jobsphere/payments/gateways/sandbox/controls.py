"""Everything an operator, a rehearsal or a test may do to the Stripe sandbox, beside what every sandbox has."""

from collections.abc import Sequence

from jobsphere.payments.gateways.sandbox import accounts, disputes, payment_intents, payouts, refunds, setups
from jobsphere.payments.gateways.sandbox.events import stripe_seal
from jobsphere.payments.gateways.sandbox.objects import Body
from jobsphere.payments.gateways.sandbox.server import SandboxServer
from jobsphere.payments.gateways.sandbox.switches import Switches


class Controls(Switches):
    """The switches of one Stripe sandbox."""

    def __init__(self, server: SandboxServer) -> None:
        super().__init__(server, stripe_seal)

    # --- people and banks

    def answer_challenge(self, payment_id: str, *, passed: bool = True) -> Body:
        """Finish 3-D Secure as the payer would."""
        with self._state.transaction():
            answer = setups if payment_id.startswith("seti_") else payment_intents
            return answer.answer_challenge(self._state, payment_id, passed=passed)

    def complete_onboarding(self, payee_id: str, *, bank: str = "000123456789", holder: str = "A Payee") -> Body:
        """Tell everything that the gateway asks of a payee. `bank` is one of cards.BANKS."""
        with self._state.transaction():
            return accounts.complete(self._state, payee_id, bank=bank, holder=holder)

    def change_bank(self, payee_id: str, *, bank: str, holder: str = "A Payee") -> None:
        """Let another bank account take a payee's payouts. `bank` is one of cards.BANKS."""
        with self._state.transaction():
            accounts.change_bank(self._state, payee_id, bank=bank, holder=holder)

    def restrict_payee(
        self,
        payee_id: str,
        *,
        due: Sequence[str] = ("individual.verification.document",),
        reason: str = "requirements.past_due",
    ) -> None:
        """Close the gate of a payee who was open."""
        with self._state.transaction():
            accounts.restrict(self._state, payee_id, tuple(due), reason)

    def unrestrict_payee(self, payee_id: str) -> None:
        """Open the gate again."""
        with self._state.transaction():
            accounts.unrestrict(self._state, payee_id)

    def land_payout(self, payout_id: str) -> None:
        """Let a payout reach the bank now."""
        with self._state.transaction():
            payouts.land(self._state, payout_id)

    def fail_payout(self, payout_id: str, code: str = "account_closed") -> None:
        """Let a payout fail now, also after it was paid."""
        with self._state.transaction():
            payouts.fail(self._state, payout_id, code)

    def fail_refund(self, refund_id: str) -> None:
        """Let a refund fail now, also after it succeeded."""
        with self._state.transaction():
            refunds.fail(self._state, refund_id)

    def open_dispute(
        self, payment_id: str, *, amount: int | None = None, reason: str = "general", inquiry: bool = False
    ) -> str:
        """Let the cardholder charge a payment back, in full unless told; returns the dispute's id.

        With `inquiry` the bank only asks: no money moves, until `escalate_dispute`.
        """
        with self._state.transaction():
            return disputes.open_dispute(self._state, payment_id, amount=amount, reason=reason, inquiry=inquiry)

    def escalate_dispute(self, dispute_id: str) -> None:
        """Let an inquiry become a chargeback."""
        with self._state.transaction():
            disputes.escalate(self._state, dispute_id)

    def close_dispute(self, dispute_id: str, *, won: bool, reinstate: bool = True) -> None:
        """Let the bank decide; without `reinstate` the money of a won one comes back only with `reinstate_funds`."""
        with self._state.transaction():
            disputes.close_dispute(self._state, dispute_id, won=won, reinstate=reinstate)

    def reinstate_funds(self, dispute_id: str) -> None:
        """Let the bank give back what a dispute took, even one that was lost."""
        with self._state.transaction():
            disputes.reinstate_funds(self._state, dispute_id)
