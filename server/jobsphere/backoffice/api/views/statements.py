"""Sealed daily statements, the proof of the gateway's account, and where the money is."""

import csv
from io import StringIO
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import selectors
from jobsphere.backoffice.api.serializers.queries import ProofQuery, StatementsQuery
from jobsphere.backoffice.api.serializers.reconciliation import (
    MoneyFiguresSerializer,
    ProofSerializer,
    SealedDaySerializer,
    SealedStatementSerializer,
)
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.types import StatementView as Statement
from jobsphere.payments.movements import proof
from jobsphere.web.schema import page_of


class StatementsView(FinanceView):
    """The days that are sealed."""

    @extend_schema(tags=["admin"], parameters=[StatementsQuery], responses=page_of(SealedDaySerializer))
    def get(self, request: Request) -> Response:
        """List sealed daily statements, newest first."""
        return self.page(ledger.statement_rows(self.actor, **self.asked(StatementsQuery)), SealedDaySerializer)


class StatementView(FinanceView):
    """One sealed day."""

    @extend_schema(tags=["admin"], responses=SealedStatementSerializer)
    def get(self, request: Request, statement_id: UUID) -> Response:
        """Show what a day did to every kind of account, under its seal."""
        return Response(SealedStatementSerializer(ledger.sealed_statement(self.actor, statement_id)).data)


class StatementCsvView(FinanceView):
    """One sealed day, for a spreadsheet."""

    @extend_schema(tags=["admin"], responses={(200, "text/csv"): str})
    def get(self, request: Request, statement_id: UUID) -> HttpResponse:
        """Download a sealed statement: a row for each currency and kind, exact amounts in major units."""
        found = ledger.sealed_statement(self.actor, statement_id)
        answer = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="statement-{found.day}.csv"'
        return answer


class ProofView(FinanceView):
    """The proof that our account at the gateway is right."""

    @extend_schema(tags=["admin"], parameters=[ProofQuery], responses=ProofSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Show opening, movements and closing on both sides, for every gateway and currency."""
        found = proof.proofs(self.actor, **self.queried(ProofQuery))
        return Response([ProofSerializer(each).data for each in found])


class MoneyView(FinanceView):
    """Where the money is."""

    @extend_schema(tags=["admin"], responses=MoneyFiguresSerializer)
    def get(self, request: Request) -> Response:
        """Sum up payments, refunds, payouts, holds and accounts by status, for charts."""
        return Response(MoneyFiguresSerializer(selectors.money_figures(self.actor)).data)


def _csv(statement: Statement) -> str:
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["day", "currency", "account", "opening", "debits", "credits", "closing", "seal"])
    for line in statement.lines:
        amounts = [each.major() for each in (line.opening, line.debits, line.credits, line.closing)]
        rows.writerow([statement.day, line.opening.currency, line.kind, *amounts, statement.seal])
    return text.getvalue()
