"""Routes of plans and tiers."""

from jobsphere.plans.api import staff, views
from jobsphere.web.urls import route

_ONE = "plans/subscriptions/<uuid:subscription_id>/"

urlpatterns = [
    route("plans/", views.MyPlansView.as_view(), name="plans"),
    route("plans/fees/", views.FeesPreviewView.as_view(), name="plans-fees"),
    route("plans/<uuid:plan_id>/subscribe/", views.SubscribeView.as_view(), name="plan-subscribe"),
    route(_ONE, views.SubscriptionView.as_view(), name="subscription"),
    route(f"{_ONE}cancel/", views.CancelPlanView.as_view(), name="subscription-cancel"),
    route(f"{_ONE}resume/", views.ResumePlanView.as_view(), name="subscription-resume"),
    route(f"{_ONE}change/", views.ChangePlanView.as_view(), name="subscription-change"),
    route(f"{_ONE}pay/", views.PayPlanView.as_view(), name="subscription-pay"),
    route(f"{_ONE}card/", views.PlanCardView.as_view(), name="subscription-card"),
    route("admin/plans/", staff.AdminPlansView.as_view(), name="admin-plans"),
    route("admin/plans/<uuid:plan_id>/versions/", staff.AdminPlanVersionsView.as_view(), name="admin-plan-versions"),
    route("admin/plans/<uuid:plan_id>/close/", staff.ClosePlanView.as_view(), name="admin-plan-close"),
    route("admin/loyalty-tiers/", staff.AdminTiersView.as_view(), name="admin-tiers"),
    route("admin/loyalty-tiers/<uuid:tier_id>/close/", staff.CloseTierView.as_view(), name="admin-tier-close"),
    route("admin/subscriptions/", staff.AdminSubscriptionsView.as_view(), name="admin-subscriptions"),
    route("admin/subscriptions/figures/", staff.PlanFiguresView.as_view(), name="admin-plan-figures"),
    route(
        "admin/subscriptions/periods/<uuid:period_id>/refund/",
        staff.RefundPeriodView.as_view(),
        name="admin-period-refund",
    ),
]
