"""The ledger: every transfer, and the trial balance with its proof (R74, R76, R102)."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.backoffice import selectors
from jobsphere.backoffice.api.serializers.books import BooksSerializer, TransferSerializer
from jobsphere.backoffice.api.serializers.queries import BooksQuery, TransfersQuery
from jobsphere.backoffice.api.views.money import FinanceView
from jobsphere.ledger import selectors as ledger
from jobsphere.ledger.selectors import TransferFilter
from jobsphere.web.schema import page_of


class TransfersView(FinanceView):
    """Every movement of money."""

    @extend_schema(tags=["admin"], parameters=[TransfersQuery], responses=page_of(TransferSerializer))
    def get(self, request: Request) -> Response:
        """List ledger transfers with their legs, newest first."""
        wanted = TransferFilter(**self.asked(TransfersQuery))
        return self.page(ledger.transfer_rows(self.actor, wanted), TransferSerializer)


class BooksView(FinanceView):
    """The books as a whole."""

    @extend_schema(tags=["admin"], parameters=[BooksQuery], responses=BooksSerializer)
    def get(self, request: Request) -> Response:
        """Show the trial balance by currency and what the checks of the books find: nothing, when they are sound."""
        return Response(BooksSerializer(selectors.books(self.actor, **self.queried(BooksQuery))).data)
