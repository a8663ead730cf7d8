"""A contractor's papers over HTTP."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.actor import CONTRACTOR
from jobsphere.profiles.api.verification_serializers import NeededSerializer, PaperInputSerializer, PaperSerializer
from jobsphere.profiles.types import PaperDetails, VerificationKind
from jobsphere.profiles.verification import selectors, services
from jobsphere.web.access import role
from jobsphere.web.pagination import KeysetPagination
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class PaperPagination(KeysetPagination):
    """Pages of frozen views, which have an `id` and no `pk`."""

    key = "id"


class PaperView(ApiView):
    """What all views of papers share."""

    access = role(CONTRACTOR)

    def paper(self) -> PaperDetails:
        """Return the paper that the body describes."""
        values = self.validated(PaperInputSerializer)
        kind, files = VerificationKind(values.pop("kind")), tuple(dict.fromkeys(values.pop("file_ids")))
        return PaperDetails(kind=kind, file_ids=files, **values)

    def rendered(self, verification_id: UUID) -> object:
        """Return a paper as its owner sees it."""
        return PaperSerializer(selectors.own_view(self.actor, verification_id)).data


class VerificationListView(PaperView):
    """My papers."""

    @extend_schema(tags=["profiles"], parameters=PAGING, responses=page_of(PaperSerializer))
    def get(self, request: Request) -> Response:
        """List my papers and where they stand, newest first."""
        paginator = PaperPagination()
        page: Any = paginator.paginate_queryset(selectors.own(self.actor), request, view=self)
        return paginator.get_paginated_response(PaperSerializer(page, many=True).data)

    @extend_schema(tags=["profiles"], request=PaperInputSerializer, responses={201: PaperSerializer})
    def post(self, request: Request) -> Response:
        """Hand a paper in; staff look at it, and you are told what they decide."""
        paper = self.paper()
        return self.command(lambda: services.submit(actor=self.actor, paper=paper), render=self.rendered, status=201)


class NeededView(PaperView):
    """What I have still to prove."""

    @extend_schema(tags=["profiles"], responses=NeededSerializer)
    def get(self, request: Request) -> Response:
        """Say which papers are missing to be hired in my categories, and which badges show on my profile."""
        held = selectors.badges_of([self.actor.known_id()]).get(self.actor.known_id(), ())
        return Response(NeededSerializer({"missing": selectors.missing_for(self.actor), "badges": held}).data)


class VerificationView(PaperView):
    """One of my papers."""

    @extend_schema(tags=["profiles"], responses=PaperSerializer)
    def get(self, request: Request, verification_id: UUID) -> Response:
        """Show a paper of mine."""
        return Response(self.rendered(verification_id))

    @extend_schema(tags=["profiles"], request=PaperInputSerializer, responses=PaperSerializer)
    def put(self, request: Request, verification_id: UUID) -> Response:
        """Hand a paper in again after staff asked for more."""
        selectors.own_view(self.actor, verification_id)
        paper = self.paper()
        return self.command(
            lambda: services.resubmit(actor=self.actor, verification_id=verification_id, paper=paper),
            render=lambda _: self.rendered(verification_id),
        )


class WithdrawView(PaperView):
    """Take a paper back."""

    @extend_schema(tags=["profiles"], request=None, responses=PaperSerializer)
    def post(self, request: Request, verification_id: UUID) -> Response:
        """Take a paper back: it counts no more, and its pages are deleted."""
        return self.command(
            lambda: services.withdraw(actor=self.actor, verification_id=verification_id),
            render=lambda _: self.rendered(verification_id),
        )
