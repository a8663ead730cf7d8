"""The other thing we compare with: the list and the page as every tutorial of DRF writes them.

ModelSerializers, page numbers with a count, DRF's own renderer; related rows are fetched along, as a good one does.
"""

from django.urls import path
from rest_framework import generics, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.renderers import JSONRenderer

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


class Plain:
    serializer_class = JobSerializer
    renderer_classes = [JSONRenderer]
    permission_classes: list[object] = []
    authentication_classes: list[object] = []
    throttle_classes: list[object] = []
    queryset = (
        Job.objects.filter(visibility="public", status="open")
        .select_related("customer", "category")
        .prefetch_related("skills")
        .order_by("-feed_key")
    )


class JobListView(Plain, generics.ListAPIView[Job]):
    pagination_class = Pages


class JobView(Plain, generics.RetrieveAPIView[Job]):
    pass


urlpatterns = [path("api/jobs/", JobListView.as_view()), path("api/jobs/<uuid:pk>/", JobView.as_view())]
