"""Keeping people away, over HTTP."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.moderation import selectors, services
from jobsphere.moderation.api.serializers import BlockedSerializer, BlockSerializer
from jobsphere.web.access import SIGNED_IN
from jobsphere.web.schema import PAGING, page_of
from jobsphere.web.views import ApiView


class BlocksView(ApiView):
    """People I blocked."""

    access = SIGNED_IN

    @extend_schema(tags=["safety"], parameters=PAGING, responses=page_of(BlockSerializer))
    def get(self, request: Request) -> Response:
        """List the people whom I have blocked, the latest first."""
        return self.paginated(selectors.my_blocks(self.actor), BlockSerializer)


class BlockView(ApiView):
    """One person, as far as I keep them away."""

    access = SIGNED_IN

    @extend_schema(tags=["safety"], responses=BlockedSerializer)
    def get(self, request: Request, person_id: UUID) -> Response:
        """Say whether I have blocked this person; whether they blocked me is told to nobody."""
        return Response({"blocked": selectors.has_blocked(self.actor, person_id)})

    @extend_schema(tags=["safety"], request=None, responses=BlockedSerializer)
    def post(self, request: Request, person_id: UUID) -> Response:
        """Block a person: no messages, proposals, offers or bookings between us. They are not told."""
        return self.command(
            lambda: services.block_person(actor=self.actor, person_id=person_id), render=lambda _: {"blocked": True}
        )

    @extend_schema(tags=["safety"], request=None, responses={200: BlockedSerializer})
    def delete(self, request: Request, person_id: UUID) -> Response:
        """Take a block back."""
        return self.command(
            lambda: services.unblock_person(actor=self.actor, person_id=person_id), render=lambda _: {"blocked": False}
        )
