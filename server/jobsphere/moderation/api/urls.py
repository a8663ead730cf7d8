"""Routes of safety: blocks, reports, and what was decided about oneself."""

from jobsphere.moderation.api import blocks, reports, statements
from jobsphere.web.urls import route

urlpatterns = [
    route("blocks/", blocks.BlocksView.as_view(), name="blocks"),
    route("people/<uuid:person_id>/block/", blocks.BlockView.as_view(), name="person-block"),
    route("reports/", reports.ReportsView.as_view(), name="reports"),
    route("reports/rules/", reports.HouseRulesView.as_view(), name="house-rules"),
    route("restrictions/", statements.RestrictionsView.as_view(), name="restrictions"),
    route("statements/", statements.StatementsView.as_view(), name="statements"),
    route("statements/open/", statements.OpenStatementView.as_view(), name="statement-open"),
    route("statements/open/appeal/", statements.OpenAppealView.as_view(), name="statement-open-appeal"),
    route("statements/<uuid:statement_id>/", statements.StatementView.as_view(), name="statement"),
    route("statements/<uuid:statement_id>/appeal/", statements.AppealView.as_view(), name="statement-appeal"),
]
