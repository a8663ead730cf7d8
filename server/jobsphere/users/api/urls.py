"""Routes under /api/auth/ (R2-R7)."""

from jobsphere.users.api.views import account, recovery, sign_in
from jobsphere.web.urls import route

urlpatterns = [
    route("auth/register/", sign_in.RegisterView.as_view(), name="auth-register"),
    route("auth/login/", sign_in.LoginView.as_view(), name="auth-login"),
    route("auth/logout/", sign_in.LogoutView.as_view(), name="auth-logout"),
    route("auth/refresh/", sign_in.RefreshView.as_view(), name="auth-refresh"),
    route("auth/verify-email/", recovery.VerifyEmailView.as_view(), name="auth-verify-email"),
    route("auth/verify-email/resend/", recovery.ResendVerificationView.as_view(), name="auth-verify-email-resend"),
    route("auth/password-reset/", recovery.PasswordResetView.as_view(), name="auth-password-reset"),
    route(
        "auth/password-reset/confirm/",
        recovery.PasswordResetConfirmView.as_view(),
        name="auth-password-reset-confirm",
    ),
    route("auth/me/", account.MeView.as_view(), name="auth-me"),
    route("auth/sessions/", account.SessionsView.as_view(), name="auth-sessions"),
    route("auth/sessions/<uuid:session_id>/", account.SessionView.as_view(), name="auth-session"),
]
