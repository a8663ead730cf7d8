"""Plans, tiers and subscriptions, for staff."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.plans import selectors, services
from jobsphere.plans.api.serializers import (
    AddPlanSerializer,
    AddTierSerializer,
    AdminPlansSerializer,
    ChangeOfferSerializer,
    PlanFiguresSerializer,
    RefundPeriodSerializer,
    SubscriptionSerializer,
    SubscriptionsQuerySerializer,
)
from jobsphere.web.access import right
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import IDEMPOTENCY_KEY, page_of
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView

TAGS = ["admin"]
FEES, FINANCE = right("commission"), right("finance")


class AdminPlansApiView(ApiView):
    """Base of the views that set plans and tiers."""

    access = FEES

    def all_of_them(self, _: object = None) -> dict[str, Any]:
        """Render every plan and tier."""
        found = {"plans": selectors.all_plans(self.actor), "tiers": selectors.tiers(self.actor)}
        return dict(AdminPlansSerializer(found).data)


class AdminPlansView(AdminPlansApiView):
    """/admin/plans/"""

    @extend_schema(tags=TAGS, operation_id="admin_plans_list", responses=AdminPlansSerializer)
    def get(self, request: Request) -> Response:
        """Show every plan with its versions, and every tier."""
        return Response(self.all_of_them())

    @extend_schema(tags=TAGS, request=AddPlanSerializer, responses={201: AdminPlansSerializer})
    def post(self, request: Request) -> Response:
        """Offer another plan from now on."""
        body = self.validated(AddPlanSerializer)
        return self.command(lambda: services.add_plan(actor=self.actor, **body), render=self.all_of_them, status=201)


class AdminPlanVersionsView(AdminPlansApiView):
    """/admin/plans/{id}/versions/"""

    @extend_schema(tags=TAGS, request=ChangeOfferSerializer, responses={201: AdminPlansSerializer})
    def post(self, request: Request, plan_id: UUID) -> Response:
        """Change a plan from a moment on. 409 `price-too-soon`: who has it is told two weeks ahead."""
        body = self.validated(ChangeOfferSerializer)
        verb = services.change_offer
        return self.command(
            lambda: verb(actor=self.actor, plan_id=plan_id, **body), render=self.all_of_them, status=201
        )


class ClosePlanView(AdminPlansApiView):
    """/admin/plans/{id}/close/"""

    @extend_schema(tags=TAGS, request=EmptySerializer, responses=AdminPlansSerializer)
    def post(self, request: Request, plan_id: UUID) -> Response:
        """Let nobody begin it any more; who has it keeps it."""
        self.validated(EmptySerializer)
        return self.command(lambda: services.close_plan(actor=self.actor, plan_id=plan_id), render=self.all_of_them)


class AdminTiersView(AdminPlansApiView):
    """/admin/loyalty-tiers/"""

    @extend_schema(tags=TAGS, request=AddTierSerializer, responses={201: AdminPlansSerializer})
    def post(self, request: Request) -> Response:
        """Let people reach a tier from now on."""
        body = self.validated(AddTierSerializer)
        return self.command(lambda: services.add_tier(actor=self.actor, **body), render=self.all_of_them, status=201)


class CloseTierView(AdminPlansApiView):
    """/admin/loyalty-tiers/{id}/close/"""

    @extend_schema(tags=TAGS, request=EmptySerializer, responses=AdminPlansSerializer)
    def post(self, request: Request, tier_id: UUID) -> Response:
        """Let nobody reach it any more; who has it keeps it for a month."""
        self.validated(EmptySerializer)
        return self.command(lambda: services.close_tier(actor=self.actor, tier_id=tier_id), render=self.all_of_them)


class AdminSubscriptionsView(ApiView):
    """/admin/subscriptions/"""

    access = FINANCE

    @extend_schema(tags=TAGS, parameters=[SubscriptionsQuerySerializer], responses=page_of(SubscriptionSerializer))
    def get(self, request: Request) -> Response:
        """List everybody's subscriptions, newest first."""
        rows = selectors.all_subscriptions(self.actor, status=self.queried(SubscriptionsQuerySerializer)["status"])
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        views = selectors.views(self.actor, page)
        return paginator.get_paginated_response(SubscriptionSerializer(views, many=True).data)


class PlanFiguresView(ApiView):
    """/admin/subscriptions/figures/"""

    access = FINANCE

    @extend_schema(tags=TAGS, responses=PlanFiguresSerializer)
    def get(self, request: Request) -> Response:
        """Show subscriptions at a glance."""
        return Response(PlanFiguresSerializer(selectors.figures(self.actor)).data)


class RefundPeriodView(ApiView):
    """/admin/subscriptions/periods/{id}/refund/"""

    access = FINANCE
    throttle_action = "money"

    @extend_schema(
        tags=TAGS, parameters=[IDEMPOTENCY_KEY], request=RefundPeriodSerializer, responses=SubscriptionSerializer
    )
    def post(self, request: Request, period_id: UUID) -> Response:
        """Give a period's money back to the card, all that is left or a part."""
        body = self.validated(RefundPeriodSerializer)
        return self.command(
            lambda: services.refund_period(actor=self.actor, period_id=period_id, **body),
            render=lambda found: SubscriptionSerializer(selectors.subscription(self.actor, found)).data,
            money=True,
        )
