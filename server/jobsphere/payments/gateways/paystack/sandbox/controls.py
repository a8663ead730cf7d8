"""Everything an operator, a rehearsal or a test may do to the Paystack sandbox, beside what every sandbox has."""

from datetime import timedelta

from jobsphere.payments.gateways.paystack.sandbox import disputes, refunds, transactions, transfers
from jobsphere.payments.gateways.paystack.sandbox.cards import BY_CODE
from jobsphere.payments.gateways.paystack.sandbox.events import paystack_seal
from jobsphere.payments.gateways.paystack.sandbox.server import PaystackServer
from jobsphere.payments.gateways.paystack.sandbox.store import Body, get
from jobsphere.payments.gateways.sandbox.switches import Switches


class PaystackControls(Switches):
    """The switches of one Paystack sandbox. `decline` also knows "balance_insufficient" for transfers."""

    def __init__(self, server: PaystackServer) -> None:
        super().__init__(server, paystack_seal)

    def pay(self, payment_id: str, card: str = "AUTH_pays") -> Body:
        """Pay on the checkout page as the payer would, with the card that is saved under this code."""
        with self._state.transaction():
            row = get(self._state, "transaction", payment_id, "Transaction")
            transactions.use(self._state, row, BY_CODE[card])
            return row.body

    def answer_challenge(self, payment_id: str, *, passed: bool = True) -> Body:
        """Answer the bank's question as the payer would."""
        with self._state.transaction():
            row = get(self._state, "transaction", payment_id, "Transaction")
            return transactions.answer_challenge(self._state, row, passed=passed).body

    def restrict_payee(self, payee_id: str) -> None:
        """Let a payee's account become unusable."""
        with self._state.transaction():
            transfers.set_active(self._state, payee_id, active=False)

    def unrestrict_payee(self, payee_id: str) -> None:
        """Let it be usable again."""
        with self._state.transaction():
            transfers.set_active(self._state, payee_id, active=True)

    def ask_for_otp(self, *, on: bool = True) -> None:
        """Let transfers from now on wait for a code that the operator is sent (it is transfers.OTP)."""
        self.set(transfer_otp=int(on))

    def land_payout(self, payout_id: str) -> None:
        """Let a transfer reach the bank now."""
        with self._state.transaction():
            transfers.land(self._state, payout_id)

    def fail_payout(self, payout_id: str, code: str = "Could not complete transfer") -> None:
        """Let a transfer fail now."""
        with self._state.transaction():
            transfers.fail(self._state, payout_id, code)

    def reverse_payout(self, payout_id: str) -> None:
        """Let the bank send a transfer back, also after it was paid."""
        with self._state.transaction():
            transfers.send_back(self._state, payout_id)

    def finish_refund(self, refund_id: str) -> None:
        """Let a refund come to its end now."""
        with self._state.transaction():
            refunds.finish(self._state, refund_id)

    def finish_refunds(self) -> None:
        """Move the clock until the refunds under way have come to their end."""
        self.advance(timedelta(seconds=self._state.setting("refund_processed_after")))

    def fail_refund(self, refund_id: str) -> None:
        """Let a refund fail now, also after it was processed."""
        with self._state.transaction():
            refunds.fail(self._state, refund_id)

    def open_dispute(self, payment_id: str, *, amount: int | None = None, reason: str = "chargeback") -> str:
        """Let the cardholder charge a payment back, in full unless told; returns the dispute's id."""
        with self._state.transaction():
            return disputes.open_dispute(self._state, payment_id, amount=amount, category=reason)

    def close_dispute(self, dispute_id: str, *, won: bool) -> None:
        """Let the bank decide."""
        with self._state.transaction():
            disputes.close_dispute(self._state, dispute_id, won=won)
