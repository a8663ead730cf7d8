"""People and their rights (R99)."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import policies
from jobsphere.backoffice.api.serializers.people import AdminPersonSerializer, RightSerializer
from jobsphere.backoffice.api.serializers.queries import PeopleQuery
from jobsphere.backoffice.api.views.base import StaffView
from jobsphere.users import selectors, services
from jobsphere.users.types import PeopleFilter
from jobsphere.web.access import recent, right
from jobsphere.web.schema import page_of
from jobsphere.web.serializers import ReasonSerializer


class PeopleBase(StaffView):
    """What all views of people share."""

    access = right(policies.USERS)

    def rendered(self, user_id: UUID) -> object:
        """Return a person as staff see them."""
        return AdminPersonSerializer(selectors.person_for_staff(self.actor, user_id)).data


class PeopleView(PeopleBase):
    """Everybody."""

    @extend_schema(tags=["admin"], parameters=[PeopleQuery], responses=page_of(AdminPersonSerializer))
    def get(self, request: Request) -> Response:
        """List and search people, closed accounts too, newest first."""
        wanted = PeopleFilter(**self.asked(PeopleQuery))
        return self.page(selectors.people_for_staff(self.actor, wanted), AdminPersonSerializer)


class PersonView(PeopleBase):
    """One person."""

    @extend_schema(tags=["admin"], responses=AdminPersonSerializer)
    def get(self, request: Request, user_id: UUID) -> Response:
        """Show a person with address, roles and rights."""
        return Response(self.rendered(user_id))


class PowerView(PeopleBase):
    """A verb that decides what a person may do here: it asks for a proof of identity of the last minutes."""

    access = recent(right(policies.USERS))


class DeactivatePersonView(PowerView):
    """Close an account."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=AdminPersonSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        """Close a person's account and end their sessions at once; the reason is kept."""
        return self.decide(
            lambda reason: services.deactivate_person(actor=self.actor, user_id=user_id, reason=reason),
            lambda: self.rendered(user_id),
        )


class ReactivatePersonView(PowerView):
    """Open an account again."""

    @extend_schema(tags=["admin"], request=ReasonSerializer, responses=AdminPersonSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        """Let a person sign in again; the reason is kept."""
        return self.decide(
            lambda reason: services.reactivate_person(actor=self.actor, user_id=user_id, reason=reason),
            lambda: self.rendered(user_id),
        )


class GrantRightView(PowerView):
    """Make somebody staff."""

    @extend_schema(tags=["admin"], request=RightSerializer, responses=AdminPersonSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        """Grant a right, or all of them ("admin"); for administrators alone."""
        wanted = self.validated(RightSerializer)["right"]
        return self.command(
            lambda: services.grant_right(actor=self.actor, user_id=user_id, right=wanted),
            render=lambda _: self.rendered(user_id),
        )


class RevokeRightView(PowerView):
    """Take a right back."""

    @extend_schema(tags=["admin"], request=RightSerializer, responses=AdminPersonSerializer)
    def post(self, request: Request, user_id: UUID) -> Response:
        """Revoke a right, from the person's next request on; for administrators alone. The last administrator stays."""
        wanted = self.validated(RightSerializer)["right"]
        return self.command(
            lambda: services.revoke_right(actor=self.actor, user_id=user_id, right=wanted),
            render=lambda _: self.rendered(user_id),
        )
