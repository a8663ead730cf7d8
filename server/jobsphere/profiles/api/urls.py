"""Routes of profiles, contractors and the taxonomy."""

from jobsphere.profiles.api import views
from jobsphere.web.urls import route

urlpatterns = [
    route("profiles/me/", views.MyProfilesView.as_view(), name="my-profiles"),
    route("contractors/", views.ContractorListView.as_view(), name="contractors"),
    route("contractors/<uuid:contractor_id>/", views.ContractorView.as_view(), name="contractor"),
    route("portfolio/", views.PortfolioListView.as_view(), name="portfolio"),
    route("portfolio/<uuid:entry_id>/", views.PortfolioEntryView.as_view(), name="portfolio-entry"),
    route("categories/", views.CategoryListView.as_view(), name="categories"),
    route("skills/", views.SkillListView.as_view(), name="skills"),
]
