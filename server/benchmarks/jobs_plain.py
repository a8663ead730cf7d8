"""The other thing we compare with: the list and the page as every tutorial of DRF writes them.

ModelSerializers, page numbers with a count, DRF's own renderer; related rows are fetched along, as a good one does.
"""

from uuid import UUID

from django.urls import path
from rest_framework import generics, serializers
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from jobsphere.jobs.models import Job
from jobsphere.profiles.models import Category, Skill
from jobsphere.users.models import User


class PersonSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields = ["id", "name"]


class CategorySerializer(serializers.ModelSerializer[Category]):
    class Meta:
        model = Category
        fields = ["slug", "name"]


class SkillSerializer(serializers.ModelSerializer[Skill]):
    class Meta:
        model = Skill
        fields = ["slug", "name"]


class JobSerializer(serializers.ModelSerializer[Job]):
    customer = PersonSerializer()
    category = CategorySerializer()
    skills = SkillSerializer(many=True)

    class Meta:
        model = Job
        fields = [
            "id", "status", "visibility", "title", "description", "customer", "category", "skills", "budget_kind",
            "budget_min_amount", "budget_max_amount", "currency", "starts_on", "due_on", "place", "latitude",
            "longitude", "proposal_count", "published_at", "expires_at", "created_at",
        ]  # fmt: skip


class Pages(PageNumberPagination):
    page_size = 20


class Plain(generics.GenericAPIView[Job]):
    serializer_class = JobSerializer
    renderer_classes = [JSONRenderer]
    permission_classes = ()
    authentication_classes = ()
    throttle_classes = ()
    queryset = (
        Job.objects.filter(visibility="public", status="open")
        .select_related("customer", "category")
        .prefetch_related("skills")
        .order_by("-feed_key")
    )


class JobListView(ListModelMixin, Plain):
    pagination_class = Pages

    def get(self, request: Request) -> Response:
        return self.list(request)


class JobView(RetrieveModelMixin, Plain):
    def get(self, request: Request, pk: UUID) -> Response:
        return self.retrieve(request, pk=pk)


urlpatterns = [path("api/jobs/", JobListView.as_view()), path("api/jobs/<uuid:pk>/", JobView.as_view())]
