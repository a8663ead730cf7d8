"""Profiles, contractors and the taxonomy over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from jobsphere.profiles import policies, selectors, services
from jobsphere.profiles.api.serializers import (
    CategoryGroupSerializer,
    CategoryListSerializer,
    ContractorCardSerializer,
    ContractorQuerySerializer,
    ContractorSerializer,
    MyProfilesSerializer,
    PortfolioInputSerializer,
    PortfolioSerializer,
    ProfilesInputSerializer,
    SkillListSerializer,
    SkillQuerySerializer,
    SkillSerializer,
)
from jobsphere.profiles.types import ContractorDetails, ContractorFilters, CustomerDetails, PortfolioDetails
from jobsphere.web.access import PUBLIC, SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class MyProfilesView(ApiView):
    """My own profiles."""

    access = SIGNED_IN

    @extend_schema(tags=["profiles"], responses=MyProfilesSerializer)
    def get(self, request: Request) -> Response:
        """Show both of my profiles."""
        return Response(self._rendered())

    @extend_schema(tags=["profiles"], request=ProfilesInputSerializer, responses=MyProfilesSerializer)
    def put(self, request: Request) -> Response:
        """Replace one or both of my profiles."""
        values = self.validated(ProfilesInputSerializer)
        return self._save(values, ContractorDetails, CustomerDetails)

    @extend_schema(tags=["profiles"], request=ProfilesInputSerializer, responses=MyProfilesSerializer)
    def patch(self, request: Request) -> Response:
        """Change a part of one or both of my profiles."""
        values = self.validated(ProfilesInputSerializer, partial=True)
        return self._save(
            values,
            lambda **changes: replace(selectors.contractor_details_of(self.actor), **changes),
            lambda **changes: replace(selectors.customer_details_of(self.actor), **changes),
        )

    def _save(
        self,
        values: dict[str, Any],
        contractor: Callable[..., ContractorDetails],
        customer: Callable[..., CustomerDetails],
    ) -> Response:
        def verb() -> None:
            if "contractor" in values:
                services.save_contractor_profile(actor=self.actor, details=contractor(**values["contractor"]))
            if "customer" in values:
                services.save_customer_profile(actor=self.actor, details=customer(**values["customer"]))

        return self.command(verb, render=lambda _: self._rendered())

    def _rendered(self) -> Any:
        profiles = {
            "person": {"id": self.actor.id, "name": self.actor.name},
            "contractor": selectors.contractor_profile_of(self.actor),
            "customer": selectors.customer_profile_of(self.actor),
        }
        return MyProfilesSerializer(profiles).data


class ContractorListView(ApiView):
    """Find a contractor."""

    access = PUBLIC

    @extend_schema(
        tags=["profiles"], parameters=[ContractorQuerySerializer], responses=page_of(ContractorCardSerializer)
    )
    def get(self, request: Request) -> Response:
        """List contractors that fit, the newest first."""
        values = self.queried(ContractorQuerySerializer)
        values.pop("cursor", None)
        values.pop("page_size")
        if "price_min" in values or "price_max" in values:
            values.setdefault("currency", settings.DEFAULT_CURRENCY)
        filters = ContractorFilters(**{**values, "skills": tuple(values["skills"])})
        return self.paginated(selectors.contractors(self.actor, filters), ContractorCardSerializer)


class ContractorView(ApiView):
    """One contractor."""

    access = PUBLIC

    @extend_schema(tags=["profiles"], responses=ContractorSerializer)
    def get(self, request: Request, contractor_id: UUID) -> Response:
        """Show a contractor with their portfolio."""
        return Response(ContractorSerializer(selectors.contractor_page(self.actor, contractor_id)).data)


class PortfolioListView(ApiView):
    """My portfolio."""

    access = SIGNED_IN

    @extend_schema(tags=["profiles"], parameters=PAGING, responses=page_of(PortfolioSerializer))
    def get(self, request: Request) -> Response:
        """List what I show."""
        return self.paginated(selectors.portfolio_of(self.actor), PortfolioSerializer)

    @extend_schema(tags=["profiles"], request=PortfolioInputSerializer, responses={201: PortfolioSerializer})
    def post(self, request: Request) -> Response:
        """Show a finished piece of work."""
        details = PortfolioDetails(**self.validated(PortfolioInputSerializer))
        return self.command(
            lambda: services.add_portfolio_entry(actor=self.actor, details=details),
            render=lambda entry: PortfolioSerializer(entry).data,
            status=201,
        )


class PortfolioEntryView(ApiView):
    """One entry of my portfolio."""

    access = SIGNED_IN

    @extend_schema(tags=["profiles"], responses=PortfolioSerializer)
    def get(self, request: Request, entry_id: UUID) -> Response:
        """Show an entry."""
        return Response(PortfolioSerializer(policies.get_portfolio_entry_for(self.actor, entry_id)).data)

    @extend_schema(tags=["profiles"], request=PortfolioInputSerializer, responses=PortfolioSerializer)
    def put(self, request: Request, entry_id: UUID) -> Response:
        """Replace an entry."""
        details = PortfolioDetails(**self.validated(PortfolioInputSerializer))
        return self.command(
            lambda: services.change_portfolio_entry(actor=self.actor, entry_id=entry_id, details=details),
            render=lambda entry: PortfolioSerializer(entry).data,
        )

    @extend_schema(tags=["profiles"], request=PortfolioInputSerializer, responses=PortfolioSerializer)
    def patch(self, request: Request, entry_id: UUID) -> Response:
        """Change a part of an entry."""
        values = self.validated(PortfolioInputSerializer, partial=True)
        return self.command(
            lambda: services.change_portfolio_entry(
                actor=self.actor,
                entry_id=entry_id,
                details=replace(selectors.portfolio_details_of(self.actor, entry_id), **values),
            ),
            render=lambda entry: PortfolioSerializer(entry).data,
        )

    @extend_schema(tags=["profiles"], request=None, responses={204: None})
    def delete(self, request: Request, entry_id: UUID) -> Response:
        """Take an entry out."""
        return self.command(lambda: services.remove_portfolio_entry(actor=self.actor, entry_id=entry_id), status=204)


class CategoryListView(ApiView):
    """The categories of work."""

    access = PUBLIC

    @extend_schema(tags=["profiles"], responses=CategoryListSerializer)
    def get(self, request: Request) -> Response:
        """List all groups with their categories."""
        return Response(_whole(selectors.category_groups(), CategoryGroupSerializer))


class SkillListView(ApiView):
    """The skills of the taxonomy."""

    access = PUBLIC

    @extend_schema(tags=["profiles"], parameters=[SkillQuerySerializer], responses=SkillListSerializer)
    def get(self, request: Request) -> Response:
        """List the skills of a category or with a word in their name; without either, all of them."""
        return Response(_whole(selectors.skills(**self.queried(SkillQuerySerializer)), SkillSerializer))


def _whole(rows: "QuerySet[Any]", serializer: type[BaseSerializer[Any]]) -> dict[str, Any]:
    """Return a list that is small by nature, in the shape of a page."""
    return {"next": None, "previous": None, "results": serializer(rows, many=True).data}
