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
];
