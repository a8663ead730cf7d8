"""Everybody's jobs and contracts (R41, R99), and the statement of a contract."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import policies, selectors
from jobsphere.backoffice.api.serializers.books import StatementSerializer
from jobsphere.backoffice.api.serializers.queries import ContractsQuery, JobsQuery
from jobsphere.backoffice.api.serializers.work import AdminContractSerializer, AdminJobSerializer
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.contracts.selectors import staff as contracts
from jobsphere.jobs.selectors import staff as jobs
from jobsphere.jobs.types import StaffJobFilter
from jobsphere.web.access import right
from jobsphere.web.schema import page_of


class AdminJobsView(StaffView):
    """All jobs."""

    access = right(policies.SUPPORT)

    @extend_schema(tags=["admin"], parameters=[JobsQuery], responses=page_of(AdminJobSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's jobs, drafts and bookings too, newest first."""
        wanted = StaffJobFilter(**self.asked(JobsQuery))
        return self.page(jobs.jobs_for_staff(self.actor, wanted), AdminJobSerializer)


class AdminJobView(StaffView):
    """Any job."""

    access = right(policies.SUPPORT)

    @extend_schema(tags=["admin"], responses=AdminJobSerializer)
    def get(self, request: Request, job_id: UUID) -> Response:
        """Show any job; an administrator cancels it with POST /api/jobs/{id}/cancel/."""
        return Response(AdminJobSerializer(jobs.job_for_staff(self.actor, job_id)).data)


class AdminContractsView(StaffView):
    """All contracts."""

    access = right(policies.SUPPORT)

    @extend_schema(tags=["admin"], parameters=[ContractsQuery], responses=page_of(AdminContractSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's contracts with their milestones and money, newest first."""
        return self.page(
            contracts.contracts_for_staff(self.actor, **self.asked(ContractsQuery)), AdminContractSerializer
        )


class AdminContractView(StaffView):
    """Any contract."""

    access = right(policies.SUPPORT)

    @extend_schema(tags=["admin"], responses=AdminContractSerializer)
    def get(self, request: Request, contract_id: UUID) -> Response:
        """Show any contract."""
        return Response(AdminContractSerializer(contracts.contract_for_staff(self.actor, contract_id)).data)


class ContractStatementView(StaffView):
    """What a contract's money did."""

    access = right(policies.FINANCE)

    @extend_schema(tags=["admin"], responses=StatementSerializer)
    def get(self, request: Request, contract_id: UUID) -> Response:
        """Show every ledger account that a contract's money touched, step by step; it sums to zero."""
        return Response(StatementSerializer(selectors.contract_statement(self.actor, contract_id)).data)
