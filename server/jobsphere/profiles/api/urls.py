"""Routes of profiles, contractors and the taxonomy."""

from jobsphere.profiles.api import pages, suggestions, verification, views
from jobsphere.web.hot import hot
from jobsphere.web.urls import route

urlpatterns = [
    route("profiles/me/", views.MyProfilesView.as_view(), name="my-profiles"),
    route("profiles/me/suggestions/", suggestions.ProfileSuggestionView.as_view(), name="profile-suggestions"),
    route("contractors/", views.ContractorListView.as_view(), name="contractors"),
    route("contractors/<uuid:contractor_id>/", views.ContractorView.as_view(), name="contractor"),
    route("portfolio/", views.PortfolioListView.as_view(), name="portfolio"),
    route("portfolio/<uuid:entry_id>/", views.PortfolioEntryView.as_view(), name="portfolio-entry"),
    route("categories/", hot(views.CategoryListView, pages.category_list, when=lambda: True), name="categories"),
    route("skills/", views.SkillListView.as_view(), name="skills"),
    route("verifications/", verification.VerificationListView.as_view(), name="verifications"),
    route("verifications/needed/", verification.NeededView.as_view(), name="verifications-needed"),
    route("verifications/<uuid:verification_id>/", verification.VerificationView.as_view(), name="verification"),
    route(
        "verifications/<uuid:verification_id>/withdraw/",
        verification.WithdrawView.as_view(),
        name="verification-withdraw",
    ),
]
