"""Reconciliations: start one, watch it, read and acknowledge what it found."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice.api.serializers.queries import DifferencesQuery, PageQuery
from jobsphere.backoffice.api.serializers.reconciliation import DifferenceSerializer, RunSerializer, StartSerializer
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.ledger import findings, runs
from jobsphere.ledger.checks import Scope
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import ReasonSerializer


class ReconciliationsView(FinanceView):
    """Runs of the checks of the books."""

    write_throttle_action = "money"

    @extend_schema(tags=["admin"], parameters=[PageQuery], responses=page_of(RunSerializer))
    def get(self, request: Request) -> Response:
        """List reconciliations, newest first."""
        self.queried(PageQuery)
        return self.page(findings.runs(self.actor), RunSerializer)

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=StartSerializer, responses={201: RunSerializer}
    )
    def post(self, request: Request) -> Response:
        """Start a reconciliation; it runs in the queue, and its own page shows how far it is."""
        wanted = Scope(**self.validated(StartSerializer))
        return self.command(
            lambda: runs.start(actor=self.actor, scope=wanted),
            render=lambda run_id: RunSerializer(findings.run(self.actor, run_id)).data,
            status=201,
            money=True,
        )


class ReconciliationView(FinanceView):
    """One run."""

    @extend_schema(tags=["admin"], responses=RunSerializer)
    def get(self, request: Request, run_id: UUID) -> Response:
        """Show a reconciliation: which check is running, what the others found."""
        return Response(RunSerializer(findings.run(self.actor, run_id)).data)


class DifferencesView(FinanceView):
    """What reconciliations have found."""

    @extend_schema(tags=["admin"], parameters=[DifferencesQuery], responses=page_of(DifferenceSerializer))
    def get(self, request: Request) -> Response:
        """List differences in words, newest first, with what each means and what to do next."""
        return self.page(findings.differences(self.actor, **self.asked(DifferencesQuery)), DifferenceSerializer)


class AcknowledgeView(FinanceView):
    """A difference that somebody takes care of."""

    write_throttle_action = "money"

    @extend_schema(
        tags=["admin"], parameters=[IDEMPOTENCY_KEY], request=ReasonSerializer, responses=DifferenceSerializer
    )
    def post(self, request: Request, difference_id: UUID) -> Response:
        """Say that you know of a difference; the reason is kept as your note. It stays in the list until it is gone."""
        return self.decide(
            lambda reason: runs.acknowledge(actor=self.actor, difference_id=difference_id, note=reason),
            lambda: DifferenceSerializer(findings.difference(self.actor, difference_id)).data,
        )
