import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";

function named(search: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = search[name];
  return typeof value === "string" && /^[\da-f-]{36}$/i.test(value) ? { [name]: value } : {};
}

export const routes: Screen[] = [
  {
    path: "/jobs/new",
    search: (search) => named(search, "job"),
    component: lazyRouteComponent(() => import("./NewJobPage"), "NewJobPage"),
  },
  {
    path: "/offers/new",
    signedIn: true,
    search: (search) => named(search, "proposal"),
    component: lazyRouteComponent(() => import("./CheckoutPage"), "CheckoutPage"),
  },
  { path: "/offers", signedIn: true, component: lazyRouteComponent(() => import("./OffersPage"), "OffersPage") },
  { path: "/offers/$id", signedIn: true, component: lazyRouteComponent(() => import("./OfferPage"), "OfferPage") },
  {
    path: "/contracts/$id/pay",
    signedIn: true,
    search: (search) => named(search, "due"),
    component: lazyRouteComponent(() => import("./PayPage"), "PayPage"),
  },
  { path: "/settings/cards", signedIn: true, search: (search) => named(search, "method"), component: lazyRouteComponent(() => import("./repeats/CardsPage"), "CardsPage") },
  { path: "/repeats", signedIn: true, component: lazyRouteComponent(() => import("./repeats/RepeatsPage"), "RepeatsPage") },
  { path: "/repeats/new", signedIn: true, search: (search) => named(search, "offer"), component: lazyRouteComponent(() => import("./repeats/NewRepeatPage"), "NewRepeatPage") },
  { path: "/repeats/$id", signedIn: true, component: lazyRouteComponent(() => import("./repeats/RepeatPage"), "RepeatPage") },
  { path: "/payments", signedIn: true, component: lazyRouteComponent(() => import("./PaymentsPage"), "PaymentsPage") },
  {
    path: "/payments/$id",
    signedIn: true,
    component: lazyRouteComponent(() => import("./BackFromBankPage"), "BackFromBankPage"),
  },
];
