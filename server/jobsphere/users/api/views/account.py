"""One's own account and sessions."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.users import selectors, services
from jobsphere.users.api.serializers import (
    AccountChangeSerializer,
    AccountSerializer,
    CloseAccountSerializer,
)
from jobsphere.users.api.views.base import confirm_owner
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.views import ApiView


class MeView(ApiView):
    """One's own account."""

    access = SIGNED_IN

    @extend_schema(responses=AccountSerializer)
    def get(self, request: Request) -> Response:
        """Show who I am here."""
        return Response(AccountSerializer(selectors.account(self.actor)).data)

    @extend_schema(request=AccountChangeSerializer, responses=AccountSerializer)
    def patch(self, request: Request) -> Response:
        """Change name or phone, or take on another role."""
        given = self.validated(AccountChangeSerializer)
        return self.command(
            lambda: services.update_account(actor=self.actor, **given),
            render=lambda _: AccountSerializer(selectors.account(self.actor)).data,
        )

    @extend_schema(request=CloseAccountSerializer, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Close my account, as `/api/account/deactivate/` does: every session ends, and I can come back for a while."""
        given = self.validated(CloseAccountSerializer)
        confirm_owner(request, self.actor, given["password"])
        return self.command(lambda: services.close_account(actor=self.actor), status=204)
