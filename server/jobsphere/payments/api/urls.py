"""Routes of payments, payouts, wallets and webhooks, as the seeds write them."""

from jobsphere.payments.api import payouts, saved, views, webhooks
from jobsphere.payments.gateways.registry import webhook_addresses
from jobsphere.web.urls import route

urlpatterns = [
    route("payments/create-intent", views.CreateIntentView.as_view(), name="payment-create-intent"),
    route("payments/initiate/", views.CreateIntentView.as_view(), name="payment-initiate"),
    route("payments/checkout/", views.CheckoutView.as_view(), name="payment-checkout"),
    route("payments/confirm", views.ConfirmView.as_view(), name="payment-confirm"),
    route("payments/release/", views.ReleaseView.as_view(), name="payment-release"),
    route("payments/refund/", views.RefundView.as_view(), name="payment-refund"),
    route("payments/history/", views.HistoryView.as_view(), name="payment-history"),
    route("payments/methods/", saved.SavedMethodListView.as_view(), name="saved-methods"),
    route("payments/methods/<uuid:method_id>/", saved.SavedMethodView.as_view(), name="saved-method"),
    route(
        "payments/methods/<uuid:method_id>/confirm/",
        saved.ConfirmSavedMethodView.as_view(),
        name="saved-method-confirm",
    ),
    route(
        "payments/methods/<uuid:method_id>/default/",
        saved.DefaultSavedMethodView.as_view(),
        name="saved-method-default",
    ),
    route("payments/<uuid:payment_id>/", views.OnePaymentView.as_view(), name="payment"),
    route("payouts/connect", payouts.ConnectView.as_view(), name="payout-connect"),
    route("payouts/refresh", payouts.RefreshPayeeView.as_view(), name="payout-refresh"),
    route("payouts/schedule", payouts.ScheduleView.as_view(), name="payout-schedule"),
    route("payouts/quote", payouts.QuoteView.as_view(), name="payout-quote"),
    route("payouts/banks", payouts.BanksView.as_view(), name="payout-banks"),
    route("payouts/withdraw", payouts.WithdrawView.as_view(), name="payout-withdraw"),
    route("payouts/<uuid:payout_id>/cancel/", payouts.CancelWithdrawalView.as_view(), name="payout-cancel"),
    route("payouts/balance", payouts.BalanceView.as_view(), name="payout-balance"),
    route("payouts/history", payouts.PayoutHistoryView.as_view(), name="payout-history"),
    route("wallet/", payouts.WalletView.as_view(), name="wallet"),
    route("wallet/entries/", payouts.WalletEntriesView.as_view(), name="wallet-entries"),
    *(
        route(f"webhooks/{name}", webhooks.WebhookView.as_view(), name=f"webhook-{name}", gateway=name)
        for name in webhook_addresses()
    ),
]
