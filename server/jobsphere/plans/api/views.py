"""Plans, tiers and fees over HTTP."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.money import Money
from jobsphere.plans import selectors, services
from jobsphere.plans.api.serializers import (
    ChangePlanSerializer,
    FeesPreviewSerializer,
    FeesQuerySerializer,
    MyPlansSerializer,
    PayPlanSerializer,
    PlanCardSerializer,
    SubscribeSerializer,
    SubscriptionSerializer,
)
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import IDEMPOTENCY_KEY
from jobsphere.web.serializers import EmptySerializer
from jobsphere.web.views import ApiView

TAGS = ["plans"]


class PlanApiView(ApiView):
    """Base of the views of plans."""

    access = SIGNED_IN

    def rendered(self, subscription_id: UUID) -> dict[str, Any]:
        """Render a subscription as the viewer sees it now."""
        return dict(SubscriptionSerializer(selectors.subscription(self.actor, subscription_id)).data)

    def act(self, verb: Callable[..., Any], subscription_id: UUID, *, money: bool = False, **options: Any) -> Response:
        """Run a verb of one subscription and answer with it."""
        return self.command(
            lambda: verb(actor=self.actor, subscription_id=subscription_id, **options),
            render=self.rendered,
            money=money,
        )


class MyPlansView(PlanApiView):
    """/plans/"""

    @extend_schema(tags=TAGS, summary="Plans, and mine", responses=MyPlansSerializer)
    def get(self, request: Request) -> Response:
        """Show what I can choose, what I have, and which tier I stand on."""
        found = {
            "plans": selectors.offered(self.actor),
            "subscriptions": selectors.mine(self.actor),
            "loyalty": selectors.loyalty(self.actor),
        }
        return Response(MyPlansSerializer(found).data)


class FeesPreviewView(PlanApiView):
    """/plans/fees/"""

    @extend_schema(
        tags=TAGS, summary="What an offer would bear", parameters=[FeesQuerySerializer], responses=FeesPreviewSerializer
    )
    def get(self, request: Request) -> Response:
        """Say which fees hold for my next offer, and why: the usual ones, my plan's or my tier's, the cheapest."""
        asked = self.queried(FeesQuerySerializer)
        amount = Money(asked["amount"], asked["currency"])
        found = selectors.fees_preview(self.actor, amount=amount, category=asked["category"])
        return Response(FeesPreviewSerializer(found).data)


class SubscribeView(PlanApiView):
    """/plans/{id}/subscribe/"""

    throttle_action = "subscribe"

    @extend_schema(
        tags=TAGS,
        summary="Begin a plan",
        parameters=[IDEMPOTENCY_KEY],
        request=SubscribeSerializer,
        responses={201: SubscriptionSerializer},
    )
    def post(self, request: Request, plan_id: UUID) -> Response:
        """Begin it with a card that I keep. What my bank asks is in the period's `action`.

        409 `plan-changed`: the price is another one by now. 409 `already-subscribed`: change the plan instead.
        """
        body = self.validated(SubscribeSerializer)
        return self.command(
            lambda: services.subscribe(actor=self.actor, plan_id=plan_id, **body),
            render=self.rendered,
            status=201,
            money=True,
        )


class SubscriptionView(PlanApiView):
    """/plans/subscriptions/{id}/"""

    @extend_schema(tags=TAGS, summary="A subscription", responses=SubscriptionSerializer)
    def get(self, request: Request, subscription_id: UUID) -> Response:
        """Show it with its periods."""
        return Response(self.rendered(subscription_id))


class CancelPlanView(PlanApiView):
    """/plans/subscriptions/{id}/cancel/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Cancel a plan",
        parameters=[IDEMPOTENCY_KEY],
        request=EmptySerializer,
        responses=SubscriptionSerializer,
    )
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """It holds until its paid time is over. What is paid and has not begun goes back to the card."""
        self.validated(EmptySerializer)
        return self.act(services.cancel, subscription_id, money=True)


class ResumePlanView(PlanApiView):
    """/plans/subscriptions/{id}/resume/"""

    @extend_schema(
        tags=TAGS, summary="Take the cancelling back", request=EmptySerializer, responses=SubscriptionSerializer
    )
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """Before it has ended."""
        self.validated(EmptySerializer)
        return self.act(services.resume, subscription_id)


class ChangePlanView(PlanApiView):
    """/plans/subscriptions/{id}/change/"""

    throttle_action = "subscribe"

    @extend_schema(
        tags=TAGS,
        summary="Change to another plan",
        parameters=[IDEMPOTENCY_KEY],
        request=ChangePlanSerializer,
        responses=SubscriptionSerializer,
    )
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """A dearer one holds now, less what is unused; a cheaper one from the next period on."""
        return self.act(services.change_plan, subscription_id, money=True, **self.validated(ChangePlanSerializer))


class PayPlanView(PlanApiView):
    """/plans/subscriptions/{id}/pay/"""

    throttle_action = "money"

    @extend_schema(
        tags=TAGS,
        summary="Pay a period that waits for me",
        parameters=[IDEMPOTENCY_KEY],
        request=PayPlanSerializer,
        responses=SubscriptionSerializer,
    )
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """Pay while I am here, or look what my bank has said."""
        return self.act(services.pay, subscription_id, money=True, **self.validated(PayPlanSerializer))


class PlanCardView(PlanApiView):
    """/plans/subscriptions/{id}/card/"""

    @extend_schema(
        tags=TAGS, summary="Charge another card", request=PlanCardSerializer, responses=SubscriptionSerializer
    )
    def post(self, request: Request, subscription_id: UUID) -> Response:
        """From now on."""
        return self.act(services.change_card, subscription_id, **self.validated(PlanCardSerializer))
