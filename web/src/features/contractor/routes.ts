import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";

const wallet = lazyRouteComponent(() => import("./wallet/WalletPage"), "WalletPage");

export const routes: Screen[] = [
  { path: "/wallet", signedIn: true, component: wallet },
  // Where the server sends people back to from the gateway's page unless we name another place.
  { path: "/payouts", signedIn: true, component: wallet },
  {
    path: "/profile",
    signedIn: true,
    component: lazyRouteComponent(() => import("./profile/ProfilePage"), "ProfilePage"),
  },
  {
    path: "/settings/verification",
    signedIn: true,
    component: lazyRouteComponent(() => import("./verification/VerificationPage"), "VerificationPage"),
  },
  {
    path: "/proposals",
    signedIn: true,
    component: lazyRouteComponent(() => import("./ProposalsPage"), "ProposalsPage"),
  },
  {
    path: "/book/$contractorId",
    signedIn: true,
    component: lazyRouteComponent(() => import("./book/BookPage"), "BookPage"),
  },
];
