import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";

export const routes: Screen[] = [
  { path: "/times/$contractorId", component: lazyRouteComponent(() => import("./BookTimePage"), "BookTimePage") },
  { path: "/calendar", signedIn: true, component: lazyRouteComponent(() => import("./CalendarPage"), "CalendarPage") },
  { path: "/calendar/hours", signedIn: true, component: lazyRouteComponent(() => import("./HoursPage"), "HoursPage") },
  { path: "/calendar/packages", signedIn: true, component: lazyRouteComponent(() => import("./PackagesPage"), "PackagesPage") },
];
