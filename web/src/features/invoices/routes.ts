import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";

function filters(search: Record<string, unknown>): Record<string, unknown> {
  const month = typeof search.month === "string" && /^\d{4}-\d{2}$/.test(search.month) ? { month: search.month } : {};
  const type = search.type === "invoice" || search.type === "credit_note" ? { type: search.type } : {};
  return { ...month, ...type };
}

export const routes: Screen[] = [
  {
    path: "/invoices",
    signedIn: true,
    search: filters,
    component: lazyRouteComponent(() => import("./InvoicesPage"), "InvoicesPage"),
  },
  { path: "/invoices/$id", signedIn: true, component: lazyRouteComponent(() => import("./InvoicePage"), "InvoicePage") },
  {
    path: "/settings/tax",
    signedIn: true,
    component: lazyRouteComponent(() => import("./TaxDetailsPage"), "TaxDetailsPage"),
  },
  {
    path: "/settings/tax-authority",
    signedIn: true,
    component: lazyRouteComponent(() => import("./SellerDetailsPage"), "SellerDetailsPage"),
  },
];
