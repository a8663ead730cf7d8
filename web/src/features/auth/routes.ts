import { lazyRouteComponent } from "@tanstack/react-router";
import { nextPage, type Screen } from "@/lib/screen";

export const routes: Screen[] = [
  {
    path: "/sign-in",
    search: nextPage,
    component: lazyRouteComponent(() => import("./SignInPage"), "SignInPage"),
  },
  {
    path: "/sign-up",
    search: nextPage,
    component: lazyRouteComponent(() => import("./SignUpPage"), "SignUpPage"),
  },
  { path: "/forgot", component: lazyRouteComponent(() => import("./ForgotPage"), "ForgotPage") },
  { path: "/reset-password", component: lazyRouteComponent(() => import("./ForgotPage"), "ResetPage") },
  { path: "/terms", component: lazyRouteComponent(() => import("./TextPages"), "TermsPage") },
  { path: "/privacy", component: lazyRouteComponent(() => import("./TextPages"), "PrivacyPage") },
  { path: "/verify-email", component: lazyRouteComponent(() => import("./LinkPages"), "VerifyEmailPage") },
  { path: "/not-me", component: lazyRouteComponent(() => import("./LinkPages"), "NotMePage") },
  { path: "/recover", component: lazyRouteComponent(() => import("./RecoverPage"), "RecoverPage") },
  { path: "/account/email/cancel", component: lazyRouteComponent(() => import("./LinkPages"), "StopEmailChangePage") },
  { path: "/social/$provider", component: lazyRouteComponent(() => import("./SocialReturnPage"), "SocialReturnPage") },
];
