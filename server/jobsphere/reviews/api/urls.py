"""Routes of reviews."""

from jobsphere.reviews.api import views
from jobsphere.web.urls import route

urlpatterns = [
    route("contractors/<uuid:person_id>/reviews/", views.ContractorReviewsView.as_view(), name="contractor-reviews"),
    route("contractors/<uuid:person_id>/stars/", views.ContractorStarsView.as_view(), name="contractor-stars"),
    route("customers/<uuid:person_id>/reviews/", views.CustomerReviewsView.as_view(), name="customer-reviews"),
    route("customers/<uuid:person_id>/stars/", views.CustomerStarsView.as_view(), name="customer-stars"),
    route("reviews/", views.ReviewListView.as_view(), name="reviews"),
    route("reviews/rounds/", views.RoundListView.as_view(), name="review-rounds"),
    route("reviews/rounds/<uuid:contract_id>/", views.RoundView.as_view(), name="review-round"),
    route("reviews/<uuid:review_id>/", views.ReviewView.as_view(), name="review"),
    route("reviews/<uuid:review_id>/reply/", views.ReplyView.as_view(), name="review-reply"),
]
