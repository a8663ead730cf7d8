"""Stripe: payees (Connect Express accounts), transfers to them, and payouts from them to banks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from jobsphere.kit.money import Money
from jobsphere.payments.gateways.base import (
    Ok,
    Outcome,
    PayeeBank,
    PayeeOnboarding,
    PayeeStatus,
    PayoutSnapshot,
    Rejected,
    TransferReversalSnapshot,
    TransferSnapshot,
)
from jobsphere.payments.gateways.stripe.calls import StripeCalls, labels, look_back, options
from jobsphere.payments.gateways.stripe.currencies import UnrepresentableAmountError, to_wire
from jobsphere.payments.gateways.stripe.normalise import (
    moment,
    payee_status,
    payout_snapshot,
    reversal_snapshot,
    transfer_snapshot,
)


class StripePayees(StripeCalls):
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
        """See the port. The link has no key of ours: it can be used once, so every call needs a fresh one."""
        if not payee_id:
            account = self._create_account(idempotency_key, operation_id, email, country, metadata)
            if not isinstance(account, Ok):
                return account
            payee_id = account.object.payee_id
        create = self._v1.account_links.create
        return self._read(
            lambda: create(
                {
                    "account": payee_id,
                    "type": "account_onboarding",
                    "return_url": return_url,
                    "refresh_url": refresh_url,
                }
            ),
            lambda body: PayeeOnboarding(payee_id, body["url"], moment(body["expires_at"])),
        )

    def payee_status(self, *, payee_id: str) -> Outcome[PayeeStatus]:
        """See the port."""
        return self._read(lambda: self._v1.accounts.retrieve(payee_id), payee_status)

    def transfer(
        self,
        *,
        payee_id: str,
        amount: Money,
        idempotency_key: str,
        operation_id: str,
        metadata: Mapping[str, str] | None = None,
    ) -> Outcome[TransferSnapshot]:
        """See the port. The operation is also the transfer group: that list can be filtered by it."""
        try:
            units, currency = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        create = self._v1.transfers.create
        answer = self._send(
            lambda: create(
                {
                    "amount": units,
                    "currency": currency,
                    "destination": payee_id,
                    "transfer_group": operation_id,
                    "metadata": labels(operation_id, metadata),
                },
                options(idempotency_key),
            )
        )
        return self._made(
            answer,
            normalise=transfer_snapshot,
            read=lambda transfer_id: self.fetch_transfer(gateway_id=transfer_id),
            find=lambda: self._find_transfer(operation_id),
        )

    def reverse_transfer(
        self, *, transfer_id: str, amount: Money, idempotency_key: str, operation_id: str
    ) -> Outcome[TransferReversalSnapshot]:
        """See the port."""
        try:
            units, _ = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        reversals = self._v1.transfers.reversals
        answer = self._send(
            lambda: reversals.create(
                transfer_id,
                {"amount": units, "metadata": labels(operation_id, None)},
                options(idempotency_key),
            )
        )
        return self._made(
            answer,
            normalise=reversal_snapshot,
            read=lambda reversal_id: self._read(
                lambda: reversals.retrieve(transfer_id, reversal_id), reversal_snapshot
            ),
            find=lambda: self._find_reversal(operation_id, transfer_id),
        )

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
        """See the port. The payout is made on the payee's own account."""
        try:
            units, currency = to_wire(amount)
        except UnrepresentableAmountError as error:
            return Rejected(str(error))
        params: dict[str, Any] = {
            "amount": units,
            "currency": currency,
            "metadata": labels(operation_id, metadata),
        }
        if speed != "standard":
            params["method"] = speed
        create = self._v1.payouts.create
        answer = self._send(lambda: create(cast(Any, params), options(idempotency_key, account=payee_id)))
        return self._made(
            answer,
            normalise=lambda body: payout_snapshot(body, payee_id),
            read=lambda payout_id: self.fetch_payout(gateway_id=payout_id, payee_id=payee_id),
            find=lambda: self._find_payout(operation_id, payee_id, since=None),
        )

    def fetch_transfer(self, *, gateway_id: str) -> Outcome[TransferSnapshot]:
        """See the port."""
        return self._read(lambda: self._v1.transfers.retrieve(gateway_id), transfer_snapshot)

    def fetch_payout(self, *, gateway_id: str, payee_id: str) -> Outcome[PayoutSnapshot]:
        """See the port."""
        retrieve = self._v1.payouts.retrieve
        return self._read(
            lambda: retrieve(gateway_id, options=options(account=payee_id)),
            lambda body: payout_snapshot(body, payee_id),
        )

    def _create_account(
        self,
        idempotency_key: str,
        operation_id: str,
        email: str,
        country: str,
        metadata: Mapping[str, str] | None,
    ) -> Outcome[PayeeStatus]:
        """Open an Express account that receives transfers, and whose payouts wait for our word."""
        params: dict[str, Any] = {
            "type": "express",
            "country": country,
            "email": email,
            "capabilities": {"transfers": {"requested": True}},
            "settings": {"payouts": {"schedule": {"interval": "manual"}}},
            "metadata": labels(operation_id, metadata),
        }
        create = self._v1.accounts.create
        answer = self._send(lambda: create(cast(Any, params), options(idempotency_key)))
        return self._made(
            answer,
            normalise=payee_status,
            read=lambda account_id: self.payee_status(payee_id=account_id),
            find=lambda: self._find_payee(operation_id, since=None),
        )

    def _find_transfer(self, operation_id: str) -> Outcome[TransferSnapshot | None]:
        transfers = self._v1.transfers
        return self._find(
            lambda: transfers.list({"transfer_group": operation_id, "limit": 100}),
            operation_id,
            transfer_snapshot,
        )

    def _find_reversal(self, operation_id: str, transfer_id: str) -> Outcome[TransferReversalSnapshot | None]:
        reversals = self._v1.transfers.reversals
        return self._find(lambda: reversals.list(transfer_id, {"limit": 100}), operation_id, reversal_snapshot)

    def _find_payout(self, operation_id: str, payee_id: str, since: datetime | None) -> Outcome[PayoutSnapshot | None]:
        payouts = self._v1.payouts
        created = {"created": {"gte": look_back(since)}} if since else {}
        return self._find(
            lambda: payouts.list(cast(Any, {"limit": 100, **created}), options(account=payee_id)),
            operation_id,
            lambda body: payout_snapshot(body, payee_id),
        )

    def _find_payee(self, operation_id: str, since: datetime | None) -> Outcome[PayeeStatus | None]:
        accounts = self._v1.accounts
        created = {"created": {"gte": look_back(since)}} if since else {}
        return self._find(lambda: accounts.list(cast(Any, {"limit": 100, **created})), operation_id, payee_status)
