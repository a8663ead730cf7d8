"""Routes of series."""

from jobsphere.repeats.api import views
from jobsphere.web.urls import route

_ONE = "repeats/<uuid:repeat_id>/"

urlpatterns = [
    route("repeats/", views.RepeatListView.as_view(), name="repeats"),
    route(_ONE, views.RepeatView.as_view(), name="repeat"),
    route(f"{_ONE}accept/", views.AcceptRepeatView.as_view(), name="repeat-accept"),
    route(f"{_ONE}decline/", views.DeclineRepeatView.as_view(), name="repeat-decline"),
    route(f"{_ONE}pause/", views.PauseRepeatView.as_view(), name="repeat-pause"),
    route(f"{_ONE}resume/", views.ResumeRepeatView.as_view(), name="repeat-resume"),
    route(f"{_ONE}end/", views.EndRepeatView.as_view(), name="repeat-end"),
    route(f"{_ONE}skip/", views.SkipDateView.as_view(), name="repeat-skip"),
    route(f"{_ONE}card/", views.ChangeCardView.as_view(), name="repeat-card"),
    route(f"{_ONE}pay/", views.PayDateView.as_view(), name="repeat-pay"),
    route(f"{_ONE}price/", views.PriceView.as_view(), name="repeat-price"),
    route(f"{_ONE}agree-price/", views.AgreePriceView.as_view(), name="repeat-agree-price"),
    route(f"{_ONE}decline-price/", views.DeclinePriceView.as_view(), name="repeat-decline-price"),
    route(f"{_ONE}withdraw-price/", views.WithdrawPriceView.as_view(), name="repeat-withdraw-price"),
]
