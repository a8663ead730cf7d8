"""Routes under /api/auth/ (R2-R7)."""

from jobsphere.users.api.views import account, mfa, passkeys, reauthentication, recovery, sessions, sign_in, social
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
    route("auth/password/", recovery.PasswordView.as_view(), name="auth-password"),
    route("auth/sessions/", sessions.SessionsView.as_view(), name="auth-sessions"),
    route("auth/sessions/not-me/", sessions.NotMeView.as_view(), name="auth-sessions-not-me"),
    route("auth/sessions/<uuid:session_id>/", sessions.SessionView.as_view(), name="auth-session"),
    route("auth/reauthenticate/", reauthentication.ReauthenticateView.as_view(), name="auth-reauthenticate"),
    route(
        "auth/reauthenticate/passkey/options/",
        reauthentication.ReauthenticateOptionsView.as_view(),
        name="auth-reauthenticate-options",
    ),
    route("auth/mfa/", mfa.FactorsView.as_view(), name="auth-mfa"),
    route("auth/mfa/verify/", mfa.SecondFactorView.as_view(), name="auth-mfa-verify"),
    route("auth/mfa/verify/passkey/options/", mfa.SecondFactorPasskeyView.as_view(), name="auth-mfa-verify-options"),
    route("auth/mfa/totp/", mfa.TotpView.as_view(), name="auth-mfa-totp"),
    route("auth/mfa/totp/confirm/", mfa.TotpConfirmView.as_view(), name="auth-mfa-totp-confirm"),
    route("auth/mfa/recovery-codes/", mfa.RecoveryCodesView.as_view(), name="auth-mfa-recovery-codes"),
    route("auth/mfa/passkeys/", passkeys.PasskeysView.as_view(), name="auth-mfa-passkeys"),
    route("auth/mfa/passkeys/options/", passkeys.PasskeyOptionsView.as_view(), name="auth-mfa-passkeys-options"),
    route("auth/mfa/passkeys/<uuid:passkey_id>/", passkeys.PasskeyView.as_view(), name="auth-mfa-passkey"),
    route("auth/passkey/options/", passkeys.PasskeySignInOptionsView.as_view(), name="auth-passkey-options"),
    route("auth/passkey/", passkeys.PasskeySignInView.as_view(), name="auth-passkey"),
    route("auth/social/", social.SocialProvidersView.as_view(), name="auth-social"),
    route("auth/social/finish/", social.SocialFinishView.as_view(), name="auth-social-finish"),
    route("auth/social/linked/", social.SocialLoginsView.as_view(), name="auth-social-linked"),
    route("auth/social/<str:provider>/", social.SocialBeginView.as_view(), name="auth-social-begin"),
    route("auth/social/<str:provider>/return/", social.SocialReturnView.as_view(), name="auth-social-return"),
    route("auth/social/<str:provider>/link/", social.SocialLinkView.as_view(), name="auth-social-link"),
]
