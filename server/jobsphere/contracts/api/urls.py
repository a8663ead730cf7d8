"""Routes of offers, contracts, milestones, refund requests and time entries."""

from jobsphere.contracts.api import changes, contracts, expenses, milestones, numbers, offers, tips
from jobsphere.web.urls import route

urlpatterns = [
    route("numbers/", numbers.NumbersView.as_view(), name="numbers"),
    route("offers/", offers.OfferListView.as_view(), name="offers"),
    route("offers/<uuid:offer_id>/", offers.OneOfferView.as_view(), name="offer"),
    route("offers/<uuid:offer_id>/pay/", offers.PayOfferView.as_view(), name="offer-pay"),
    route("offers/<uuid:offer_id>/accept/", offers.AcceptOfferView.as_view(), name="offer-accept"),
    route("offers/<uuid:offer_id>/reject/", offers.RejectOfferView.as_view(), name="offer-reject"),
    route("offers/<uuid:offer_id>/withdraw/", offers.WithdrawOfferView.as_view(), name="offer-withdraw"),
    route("contracts/", contracts.ContractListView.as_view(), name="contracts"),
    route("contracts/<uuid:contract_id>/", contracts.OneContractView.as_view(), name="contract"),
    route("contracts/<uuid:contract_id>/complete/", contracts.CompleteContractView.as_view(), name="contract-complete"),
    route("contracts/<uuid:contract_id>/deliver/", contracts.DeliverContractView.as_view(), name="contract-deliver"),
    route("contracts/<uuid:contract_id>/cancel/", contracts.CancelContractView.as_view(), name="contract-cancel"),
    route("contracts/<uuid:contract_id>/hold/", contracts.HoldContractView.as_view(), name="contract-hold"),
    route("contracts/<uuid:contract_id>/resume/", contracts.ResumeContractView.as_view(), name="contract-resume"),
    route("contracts/<uuid:contract_id>/deliverables/", contracts.DeliverableListView.as_view(), name="deliverables"),
    route(
        "contracts/<uuid:contract_id>/refund-requests/",
        milestones.RefundRequestListView.as_view(),
        name="refund-requests",
    ),
    route("contracts/<uuid:contract_id>/change-orders/", changes.ChangeOrderListView.as_view(), name="change-orders"),
    route("change-orders/<uuid:order_id>/accept/", changes.AcceptChangeView.as_view(), name="change-order-accept"),
    route("change-orders/<uuid:order_id>/decline/", changes.DeclineChangeView.as_view(), name="change-order-decline"),
    route(
        "change-orders/<uuid:order_id>/withdraw/", changes.WithdrawChangeView.as_view(), name="change-order-withdraw"
    ),
    route("contracts/<uuid:contract_id>/tips/", tips.GiveTipView.as_view(), name="contract-tips"),
    route("tips/<uuid:tip_id>/refund/", tips.RefundTipView.as_view(), name="tip-refund"),
    route("contracts/<uuid:contract_id>/expenses/", expenses.ClaimExpenseView.as_view(), name="contract-expenses"),
    route("expenses/<uuid:expense_id>/decline/", expenses.DeclineExpenseView.as_view(), name="expense-decline"),
    route("expenses/<uuid:expense_id>/withdraw/", expenses.WithdrawExpenseView.as_view(), name="expense-withdraw"),
    route("expenses/<uuid:expense_id>/refund/", expenses.RefundExpenseView.as_view(), name="expense-refund"),
    route("contracts/<uuid:contract_id>/time-entries/", milestones.TimeEntryListView.as_view(), name="time-entries"),
    route("jobs/<uuid:job_id>/complete/", contracts.CompleteJobView.as_view(), name="job-complete"),
    route("milestones/<uuid:milestone_id>/start/", milestones.StartMilestoneView.as_view(), name="milestone-start"),
    route("milestones/<uuid:milestone_id>/submit/", milestones.SubmitMilestoneView.as_view(), name="milestone-submit"),
    route(
        "milestones/<uuid:milestone_id>/request-changes/",
        milestones.RequestChangesView.as_view(),
        name="milestone-request-changes",
    ),
    route(
        "milestones/<uuid:milestone_id>/release/", milestones.ReleaseMilestoneView.as_view(), name="milestone-release"
    ),
    route("milestones/<uuid:milestone_id>/refund/", milestones.RefundMilestoneView.as_view(), name="milestone-refund"),
    route(
        "milestones/<uuid:milestone_id>/request-refund/",
        milestones.RequestRefundView.as_view(),
        name="milestone-request-refund",
    ),
    route(
        "refund-requests/<uuid:request_id>/agree/", milestones.AgreeToRefundView.as_view(), name="refund-request-agree"
    ),
    route(
        "refund-requests/<uuid:request_id>/decline/",
        milestones.DeclineRefundView.as_view(),
        name="refund-request-decline",
    ),
    route(
        "refund-requests/<uuid:request_id>/withdraw/",
        milestones.WithdrawRefundRequestView.as_view(),
        name="refund-request-withdraw",
    ),
    route("time-entries/<uuid:entry_id>/", milestones.TimeEntryView.as_view(), name="time-entry"),
]
