"""The marketplace in four numbers, for everybody."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.contracts.selectors.numbers import marketplace_numbers
from jobsphere.web.access import PUBLIC
from jobsphere.web.serializers import MoneyField
from jobsphere.web.views import ApiView


class NumbersSerializer(serializers.Serializer):
    """Real rows, counted within the last minute."""

    contractors = serializers.IntegerField(help_text="With a public profile.")
    open_jobs = serializers.IntegerField()
    completed = serializers.IntegerField(help_text="Contracts whose work was done and paid.")
    protected = MoneyField(help_text="Held for work at this moment, in the marketplace's own currency.")


class NumbersView(ApiView):
    """/numbers/"""

    access = PUBLIC

    @extend_schema(tags=["marketplace"], summary="The marketplace in four numbers", responses=NumbersSerializer)
    def get(self, request: Request) -> Response:
        """Show how many people, jobs and contracts there are, and how much money is protected."""
        return Response(NumbersSerializer(marketplace_numbers()).data)
