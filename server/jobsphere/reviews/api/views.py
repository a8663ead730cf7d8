"""Reviews over HTTP."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.reviews import selectors, services
from jobsphere.reviews.api.serializers import (
    ChangeReviewSerializer,
    PublicReviewSerializer,
    ReplySerializer,
    ReviewRoundSerializer,
    ReviewSerializer,
    RoundsQuerySerializer,
    StarsSerializer,
    WriteReviewSerializer,
)
from jobsphere.reviews.rules import ReviewRole
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class ReviewsOfPersonView(ApiView):
    """What is said of a person in one role."""

    access = PUBLIC
    role: ClassVar[ReviewRole]

    def _page(self, person_id: UUID) -> Response:
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(selectors.published(person_id, self.role), self.request, view=self)
        return paginator.get_paginated_response(PublicReviewSerializer(selectors.public_reviews(page), many=True).data)

    def _stars(self, person_id: UUID) -> Response:
        return Response(StarsSerializer(selectors.stars(person_id, self.role)).data)


class ContractorReviewsView(ReviewsOfPersonView):
    """What customers say of a contractor."""

    role = ReviewRole.CONTRACTOR

    @extend_schema(tags=["reviews"], parameters=PAGING, responses=page_of(PublicReviewSerializer))
    def get(self, request: Request, person_id: UUID) -> Response:
        """List the published reviews of a contractor, the newest first."""
        return self._page(person_id)


class ContractorStarsView(ReviewsOfPersonView):
    """A contractor's stars."""

    role = ReviewRole.CONTRACTOR

    @extend_schema(tags=["reviews"], responses=StarsSerializer)
    def get(self, request: Request, person_id: UUID) -> Response:
        """Show how a contractor's stars are spread."""
        return self._stars(person_id)


class CustomerReviewsView(ReviewsOfPersonView):
    """What contractors say of a customer."""

    access = SIGNED_IN
    role = ReviewRole.CUSTOMER

    @extend_schema(tags=["reviews"], parameters=PAGING, responses=page_of(PublicReviewSerializer))
    def get(self, request: Request, person_id: UUID) -> Response:
        """List the published reviews of a customer, the newest first."""
        return self._page(person_id)


class CustomerStarsView(ReviewsOfPersonView):
    """A customer's stars."""

    access = SIGNED_IN
    role = ReviewRole.CUSTOMER

    @extend_schema(tags=["reviews"], responses=StarsSerializer)
    def get(self, request: Request, person_id: UUID) -> Response:
        """Show how a customer's stars are spread."""
        return self._stars(person_id)


class ReviewListView(ApiView):
    """Write a review."""

    access = SIGNED_IN

    @extend_schema(tags=["reviews"], request=WriteReviewSerializer, responses={201: ReviewSerializer})
    def post(self, request: Request) -> Response:
        """Review the other one of a finished contract; it is shown when both wrote, or when the time is over."""
        values = self.validated(WriteReviewSerializer)
        return self.command(
            lambda: services.write_review(actor=self.actor, **values),
            render=lambda review_id: ReviewSerializer(selectors.review(self.actor, review_id)).data,
            status=201,
        )


class ReviewView(ApiView):
    """One review."""

    access = SIGNED_IN

    @extend_schema(tags=["reviews"], responses=ReviewSerializer)
    def get(self, request: Request, review_id: UUID) -> Response:
        """Show a review by me, or of me."""
        return Response(self.rendered(review_id))

    @extend_schema(tags=["reviews"], request=ChangeReviewSerializer, responses=ReviewSerializer)
    def put(self, request: Request, review_id: UUID) -> Response:
        """Change my review while nobody can read it."""
        values = self.validated(ChangeReviewSerializer)
        return self.command(
            lambda: services.change_review(actor=self.actor, review_id=review_id, **values),
            render=lambda _: self.rendered(review_id),
        )

    def rendered(self, review_id: UUID) -> dict[str, object]:
        """Render a review as the viewer sees it now."""
        return dict(ReviewSerializer(selectors.review(self.actor, review_id)).data)


class ReplyView(ReviewView):
    """Answer a review."""

    http_method_names = ["post", "options"]

    @extend_schema(tags=["reviews"], request=ReplySerializer, responses=ReviewSerializer)
    def post(self, request: Request, review_id: UUID) -> Response:
        """Answer in public what was said of me, once."""
        values = self.validated(ReplySerializer)
        return self.command(
            lambda: services.reply_to_review(actor=self.actor, review_id=review_id, **values),
            render=lambda _: self.rendered(review_id),
        )


class RoundListView(ApiView):
    """My finished contracts to review."""

    access = SIGNED_IN

    @extend_schema(tags=["reviews"], parameters=[RoundsQuerySerializer], responses=page_of(ReviewRoundSerializer))
    def get(self, request: Request) -> Response:
        """List my finished contracts with both reviews, the newest first."""
        rows = selectors.rounds(self.actor, only_open=self.queried(RoundsQuerySerializer)["open"])
        paginator = KeysetPagination()
        page = paginator.paginate_queryset(rows, request, view=self)
        views = selectors.round_views(self.actor, page)
        return paginator.get_paginated_response(ReviewRoundSerializer(views, many=True).data)


class RoundView(ApiView):
    """One finished contract to review."""

    access = SIGNED_IN

    @extend_schema(tags=["reviews"], responses=ReviewRoundSerializer)
    def get(self, request: Request, contract_id: UUID) -> Response:
        """Show what I can say of a finished contract, and what was said."""
        return Response(ReviewRoundSerializer(selectors.round_of(self.actor, contract_id)).data)
