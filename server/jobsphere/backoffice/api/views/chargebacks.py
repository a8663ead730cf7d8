"""What customers' banks take back, what we answer them, and what contractors owe because of it (R74)."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import selectors
from jobsphere.backoffice.api.serializers.chargebacks import (
    ChargebackDetailSerializer,
    ChargebackSerializer,
    ChargebacksQuery,
    DebtSerializer,
    EditEvidenceSerializer,
    ForgiveSerializer,
    SubmitEvidenceSerializer,
)
from jobsphere.backoffice.api.serializers.money import AdminWalletSerializer
from jobsphere.backoffice.api.serializers.queries import WalletsQuery
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.payments import chargebacks_staff as staff
from jobsphere.payments import services as payments
from jobsphere.payments.types import MoneyFilter
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import ReasonSerializer


class ChargebackView(FinanceView):
    """Base of the views of one chargeback."""

    def shown(self, chargeback_id: UUID) -> dict[str, Any]:
        """Return a chargeback with its evidence."""
        view = staff.chargeback_for_staff(self.actor, chargeback_id)
        evidence = staff.evidence_for_staff(self.actor, chargeback_id)
        told = {"texts": evidence.fields, "text": evidence.text, "edited": list(evidence.edited)}
        return dict(ChargebackDetailSerializer(view, context={"evidence": told}).data)


class ChargebacksView(FinanceView):
    """/admin/chargebacks/"""

    @extend_schema(tags=["admin"], parameters=[ChargebacksQuery], responses=page_of(ChargebackSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's chargebacks, newest first."""
        asked = self.asked(ChargebacksQuery)
        payment_id = asked.pop("payment_id", None)
        rows = staff.chargebacks_for_staff(
            self.actor, MoneyFilter(**asked), payment_ids=[payment_id] if payment_id else None
        )
        return self.page(rows, ChargebackSerializer)


class OneChargebackView(ChargebackView):
    """/admin/chargebacks/{id}/"""

    @extend_schema(tags=["admin"], responses=ChargebackDetailSerializer)
    def get(self, request: Request, chargeback_id: UUID) -> Response:
        """Show a chargeback with the evidence that would be sent now, or was sent."""
        return Response(self.shown(chargeback_id))


class EvidenceView(ChargebackView):
    """/admin/chargebacks/{id}/evidence/"""

    @extend_schema(tags=["admin"], request=EditEvidenceSerializer, responses=ChargebackDetailSerializer)
    def put(self, request: Request, chargeback_id: UUID) -> Response:
        """Change texts of the draft; nothing is sent."""
        changes = self.validated(EditEvidenceSerializer)["evidence"]
        return self.command(
            lambda: payments.keep_evidence(actor=self.actor, chargeback_id=chargeback_id, changes=changes),
            render=lambda _: self.shown(chargeback_id),
        )


class SubmitEvidenceView(ChargebackView):
    """/admin/chargebacks/{id}/submit/"""

    throttle_action = "money"

    @extend_schema(
        tags=["admin"],
        parameters=[IDEMPOTENCY_KEY],
        request=SubmitEvidenceSerializer,
        responses={200: ChargebackDetailSerializer, 202: ChargebackDetailSerializer},
    )
    def post(self, request: Request, chargeback_id: UUID) -> Response:
        """Send the evidence to the bank, for good. 202: the gateway has not answered yet."""
        body = self.validated(SubmitEvidenceSerializer)
        return self.command(
            lambda: payments.submit_evidence(
                actor=self.actor,
                chargeback_id=chargeback_id,
                changes=body.get("evidence"),
                reason=body["reason"],
            ),
            render=lambda _: self.shown(chargeback_id),
            money=True,
            pending=_is_pending,
        )


class AcceptChargebackView(ChargebackView):
    """/admin/chargebacks/{id}/accept/"""

    throttle_action = "money"

    @extend_schema(
        tags=["admin"],
        parameters=[IDEMPOTENCY_KEY],
        request=ReasonSerializer,
        responses={200: ChargebackDetailSerializer, 202: ChargebackDetailSerializer},
    )
    def post(self, request: Request, chargeback_id: UUID) -> Response:
        """Give the chargeback up: it is lost. 202: the gateway has not answered yet."""
        reason = self.validated(ReasonSerializer)["reason"]
        return self.command(
            lambda: payments.accept_chargeback(actor=self.actor, chargeback_id=chargeback_id, reason=reason),
            render=lambda _: self.shown(chargeback_id),
            money=True,
            pending=_is_pending,
        )


class DebtsView(FinanceView):
    """/admin/receivables/"""

    @extend_schema(tags=["admin"], parameters=[WalletsQuery], responses=page_of(AdminWalletSerializer))
    def get(self, request: Request) -> Response:
        """List what contractors have come to owe the marketplace, a row for each currency; zero: it is settled."""
        return self.page(selectors.debts(self.actor, **self.asked(WalletsQuery)), AdminWalletSerializer)


class ForgiveDebtView(FinanceView):
    """/admin/receivables/{user}/forgive/"""

    throttle_action = "money"

    @extend_schema(tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ForgiveSerializer, responses=DebtSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        """Write off what somebody owes, or a part of it; the marketplace bears it, and they are told."""
        body = self.validated(ForgiveSerializer)
        return self.command(
            lambda: payments.forgive_receivable(actor=self.actor, user_id=user_id, **body),
            render=lambda owed: DebtSerializer({"user_id": user_id, "owed": owed}).data,
            money=True,
        )


def _is_pending(body: Any) -> bool:
    return bool(body["pending"])
