"""Sign-in with Google and Facebook."""

from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.kit.errors import InvalidInput
from jobsphere.users import oidc, selectors, services
from jobsphere.users.api.serializers import SignInSerializer
from jobsphere.users.api.social_serializers import (
    SocialBeginSerializer,
    SocialBegunSerializer,
    SocialFinishSerializer,
    SocialLoginsSerializer,
    SocialProvidersSerializer,
    SocialReturnSerializer,
)
from jobsphere.users.api.views.base import SignInView, committed, device_of, signed_in_answer
from jobsphere.users.errors import SocialRefused
from jobsphere.users.oidc import Provider
from jobsphere.web.access import PUBLIC, SIGNED_IN, recent
from jobsphere.web.schema import problem_answer
from jobsphere.web.views import ApiView

MORE = problem_answer(409, "`social-needs-more`: `needs` says what is missing; send it with `ticket` to finish")


class SocialProvidersView(SignInView):
    """Who can vouch for people here."""

    throttle_action = "read"

    @extend_schema(operation_id="auth_social_list", responses=SocialProvidersSerializer)
    def get(self, request: Request) -> Response:
        """List the buttons to draw; empty where the operator has set up none."""
        rows = [{"name": each.name, "title": each.title} for each in oidc.providers()]
        return Response({"results": rows})


class SocialBeginView(SignInView):
    """The way to the provider."""

    @extend_schema(request=SocialBeginSerializer, responses=SocialBegunSerializer)
    def post(self, request: Request, provider: str) -> Response:
        """Begin a sign-in or sign-up; 404 for a provider that is not set up here."""
        wanted = oidc.provider_named(provider)
        return Response(_begun(wanted, self.validated(SocialBeginSerializer)))


class SocialReturnView(ApiView):
    """The way back from the provider."""

    access = PUBLIC
    throttle_action = "sign-in"

    @extend_schema(request=SocialReturnSerializer, responses={200: SignInSerializer, **MORE})
    def post(self, request: Request, provider: str) -> Response:
        """Exchange what the provider appended to the redirect address for a session."""
        wanted = oidc.provider_named(provider)
        given = self.validated(SocialReturnSerializer)
        ticket, device = given["ticket"], device_of(request, given.get("client", ""))
        came_from = committed(
            lambda: services.return_from_social(ticket=ticket, provider=provider, user_id=self.actor.id)
        )
        if not oidc.is_our_state(ticket, given["state"]):
            raise SocialRefused("This answer belongs to another sign-in. Begin again.")
        identity = oidc.identity(wanted, ticket=ticket, code=given["code"], redirect_uri=came_from)
        pair = committed(lambda: services.sign_in_with_social(ticket=ticket, identity=identity, device=device))
        return signed_in_answer(pair, device)


class SocialFinishView(SignInView):
    """What was missing."""

    @extend_schema(request=SocialFinishSerializer, responses={200: SignInSerializer, **MORE})
    def post(self, request: Request) -> Response:
        """Go on with the role, or with the code that proves the address."""
        given = self.validated(SocialFinishSerializer)
        device = device_of(request, given.pop("client", ""))
        pair = committed(lambda: services.finish_social(**given, device=device))
        return signed_in_answer(pair, device)


class SocialLoginsView(ApiView):
    """One's own logins elsewhere."""

    access = SIGNED_IN

    @extend_schema(operation_id="auth_social_linked_list", responses=SocialLoginsSerializer)
    def get(self, request: Request) -> Response:
        """List what opens my account beside the password."""
        rows = [asdict(each) for each in selectors.social_logins(self.actor)]
        return Response(SocialLoginsSerializer({"results": rows}).data)


class SocialLinkView(ApiView):
    """A login elsewhere for one's own account."""

    access = recent()
    throttle_action = "sign-in"

    @extend_schema(request=SocialBeginSerializer, responses=SocialBegunSerializer)
    def post(self, request: Request, provider: str) -> Response:
        """Begin to link; come back to the return route with my access token."""
        wanted = oidc.provider_named(provider)
        return Response(_begun(wanted, self.validated(SocialBeginSerializer), self.actor.id))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, provider: str) -> Response:
        """Unlink it; 409 where it is the only way into my account."""
        return self.command(lambda: services.unlink_social(actor=self.actor, provider=provider), status=204)


def _begun(provider: Provider, given: dict[str, object], user_id: UUID | None = None) -> dict[str, str]:
    page = f"{settings.PUBLIC_URL}/social/{provider.name}"
    redirect_uri = str(given.get("redirect_uri", page))
    if redirect_uri not in {page, *settings.SOCIAL_REDIRECT_URIS}:
        raise InvalidInput.at("/redirect_uri", "unknown", "The operator has not allowed this address.")
    roles: list[str] = given.get("roles", [])  # type: ignore[assignment]
    ticket = committed(
        lambda: services.begin_social(provider=provider.name, redirect_uri=redirect_uri, roles=roles, user_id=user_id)
    )
    url = oidc.authorization_url(provider, ticket=ticket, redirect_uri=redirect_uri)
    return {"authorization_url": url, "ticket": ticket}
