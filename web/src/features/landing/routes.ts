import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";

export const routes: Screen[] = [
  { path: "/", component: lazyRouteComponent(() => import("./LandingPage"), "LandingPage") },
];
