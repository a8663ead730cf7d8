"""My account over time."""

from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.accounts import selectors, services
from jobsphere.accounts.api.serializers import (
    AccountStateSerializer,
    CancelTokenSerializer,
    ClosedSerializer,
    ConsentInputSerializer,
    ConsentListSerializer,
    DataExportListSerializer,
    DataExportSerializer,
    EmailChangedSerializer,
    EmailChangeInputSerializer,
    EmailChangeSerializer,
    EmailCodeSerializer,
    PasswordSerializer,
    RecoverSerializer,
)
from jobsphere.accounts.errors import EmailChangeRefused
from jobsphere.accounts.types import ConsentKind
from jobsphere.db.transactions import edge_transaction
from jobsphere.files import blobs
from jobsphere.users.edge import committed, confirm_owner, device_of
from jobsphere.users.services import begin_sign_in_attempt
from jobsphere.users.services.deactivation import closed_account
from jobsphere.web.access import PUBLIC, SIGNED_IN, recent
from jobsphere.web.schema import problem_answer
from jobsphere.web.views import ApiView

WRONG = problem_answer(401, "Wrong, or there is no closed account to open (we never say which)")
LATE = problem_answer(404, "It was closed too long ago, or not by its owner")


class AccountView(ApiView):
    """My account."""

    access = SIGNED_IN

    @extend_schema(tags=["account"], responses=AccountStateSerializer)
    def get(self, request: Request) -> Response:
        """Show consents, a change of address under way, and what stands in the way of deleting the account."""
        return Response(AccountStateSerializer(selectors.state(self.actor)).data)


class ClosingView(ApiView):
    """What closes an account."""

    access = SIGNED_IN
    throttle_action = "sign-in"

    def require_password(self) -> None:
        """Make sure that it is the owner; tries are counted."""
        confirm_owner(self.request, self.actor, self.validated(PasswordSerializer)["password"])


class DeactivateView(ClosingView):
    """Close my account for a while."""

    @extend_schema(tags=["account"], request=PasswordSerializer, responses=ClosedSerializer)
    def post(self, request: Request) -> Response:
        """Close my account and end all sessions; I can come back for half a year."""
        self.require_password()
        return self.command(
            lambda: services.deactivate(actor=self.actor), render=lambda closed: ClosedSerializer(closed).data
        )


class DeleteView(ClosingView):
    """Delete my account."""

    @extend_schema(tags=["account"], request=PasswordSerializer, responses=ClosedSerializer)
    def post(self, request: Request) -> Response:
        """Close my account and erase me after 14 days. 409 names the money and work that is under way."""
        self.require_password()
        return self.command(
            lambda: services.request_deletion(actor=self.actor), render=lambda closed: ClosedSerializer(closed).data
        )


class RecoverView(ApiView):
    """Come back."""

    access = PUBLIC
    authentication_classes = ()
    throttle_action = "sign-in"

    @extend_schema(tags=["account"], request=RecoverSerializer, responses={204: None, **WRONG, **LATE})
    def post(self, request: Request) -> Response:
        """Open an account that I have closed, also one that waits to be deleted; then sign in. Tries are counted."""
        given = self.validated(RecoverSerializer)
        device = device_of(request)
        attempt = committed(lambda: begin_sign_in_attempt(email=given["email"], device=device))
        user_id = closed_account(given["email"], given["password"])
        return self.command(lambda: services.recover(user_id=user_id, attempt=attempt), status=204)


class EmailView(ClosingView):
    """My e-mail address."""

    access = recent()

    @extend_schema(tags=["account"], request=EmailChangeInputSerializer, responses={202: EmailChangeSerializer})
    def post(self, request: Request) -> Response:
        """Begin to change my address: a code goes to the old one and one to the new one."""
        given = self.validated(EmailChangeInputSerializer)
        confirm_owner(request, self.actor, given["password"])
        return self.command(
            lambda: services.request_email_change(actor=self.actor, new_email=given["email"]),
            render=lambda _: EmailChangeSerializer(selectors.state(self.actor).email_change).data,
            status=202,
        )


class ConfirmEmailView(ApiView):
    """Prove an address."""

    access = SIGNED_IN
    throttle_action = "sign-in"

    @extend_schema(tags=["account"], request=EmailCodeSerializer, responses=EmailChangedSerializer)
    def post(self, request: Request) -> Response:
        """Enter the code of either letter; with both the address changes, and every session ends."""
        code = self.validated(EmailCodeSerializer)["code"]
        with edge_transaction():
            outcome = services.confirm_email_change(actor=self.actor, code=code)
        if isinstance(outcome, EmailChangeRefused):
            raise outcome
        return Response({"changed": outcome})


class CancelEmailView(ApiView):
    """Stop a change of address."""

    access = PUBLIC
    authentication_classes = ()
    throttle_action = "sign-in"

    @extend_schema(tags=["account"], request=CancelTokenSerializer, responses={204: None, **LATE})
    def post(self, request: Request) -> Response:
        """Stop a change with the token of the letter to the old address; nobody has to be signed in."""
        token = self.validated(CancelTokenSerializer)["token"]
        return self.command(lambda: services.cancel_email_change(token=token), status=204)


class ConsentsView(ApiView):
    """What I agreed to."""

    access = SIGNED_IN

    @extend_schema(tags=["account"], responses=ConsentListSerializer)
    def get(self, request: Request) -> Response:
        """Show what I said last about each thing."""
        return Response(self._rendered())

    @extend_schema(tags=["account"], request=ConsentInputSerializer, responses={201: ConsentListSerializer})
    def post(self, request: Request) -> Response:
        """Agree to a version of a text, or take marketing back; every word is kept with its time."""
        given = self.validated(ConsentInputSerializer)
        kind = ConsentKind(given.pop("kind"))
        return self.command(
            lambda: services.record_consent(actor=self.actor, kind=kind, **given),
            render=lambda _: self._rendered(),
            status=201,
        )

    def _rendered(self) -> object:
        return ConsentListSerializer({"results": selectors.consents(self.actor)}).data


class ExportsView(ApiView):
    """My data, to take away."""

    access = SIGNED_IN

    @extend_schema(tags=["account"], responses=DataExportListSerializer)
    def get(self, request: Request) -> Response:
        """Show my exports and how far they are."""
        return Response(DataExportListSerializer({"results": selectors.exports(self.actor)}).data)

    @extend_schema(tags=["account"], request=None, responses={202: DataExportSerializer})
    def post(self, request: Request) -> Response:
        """Collect everything that is held about me; a letter says when it is ready. Once a day."""
        return self.command(
            lambda: services.request_export(actor=self.actor),
            render=lambda export_id: DataExportSerializer(selectors.export(self.actor, export_id)).data,
            status=202,
        )


class ExportFileView(ApiView):
    """The file of an export."""

    access = SIGNED_IN

    @extend_schema(tags=["account"], responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, export_id: UUID) -> FileResponse:
        """Fetch the ZIP of an export that is ready; it is gone after seven days."""
        content = blobs.read(selectors.export_file(self.actor, export_id), sealed=True)
        response = FileResponse(content, as_attachment=True, filename="jobsphere-data.zip")
        response["Cache-Control"] = "private, no-store"
        return response
