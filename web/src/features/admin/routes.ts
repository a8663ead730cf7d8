import { lazyRouteComponent } from "@tanstack/react-router";
import type { Screen } from "@/lib/screen";

/** Every string of the query is a filter; each list reads those that it knows. */
function filters(search: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => typeof value === "string" && value !== ""));
}

const screens: [string, ReturnType<typeof lazyRouteComponent>][] = [
  ["/admin", lazyRouteComponent(() => import("./OverviewPage"), "OverviewPage")],
  ["/admin/payments", lazyRouteComponent(() => import("./money/PaymentsPage"), "PaymentsPage")],
  ["/admin/payments/$open", lazyRouteComponent(() => import("./money/PaymentsPage"), "PaymentsPage")],
  ["/admin/holds", lazyRouteComponent(() => import("./money/HoldsPage"), "HoldsPage")],
  ["/admin/refunds", lazyRouteComponent(() => import("./money/RefundsPage"), "RefundsPage")],
  ["/admin/payouts", lazyRouteComponent(() => import("./money/PayoutsPage"), "PayoutsPage")],
  ["/admin/earnings", lazyRouteComponent(() => import("./money/EarningsPage"), "EarningsPage")],
  ["/admin/operations", lazyRouteComponent(() => import("./money/OperationsPage"), "OperationsPage")],
  ["/admin/operations/$open", lazyRouteComponent(() => import("./money/OperationsPage"), "OperationsPage")],
  ["/admin/chargebacks", lazyRouteComponent(() => import("./chargebacks/ChargebacksPage"), "ChargebacksPage")],
  ["/admin/chargebacks/$open", lazyRouteComponent(() => import("./chargebacks/ChargebacksPage"), "ChargebacksPage")],
  ["/admin/books", lazyRouteComponent(() => import("./books/BooksPage"), "BooksPage")],
  ["/admin/statement/$contract", lazyRouteComponent(() => import("./books/ContractStatementPage"), "ContractStatementPage")],
  ["/admin/invoices", lazyRouteComponent(() => import("./invoices/InvoicesPage"), "InvoicesPage")],
  ["/admin/taxes", lazyRouteComponent(() => import("./invoices/TaxesPage"), "TaxesPage")],
  ["/admin/seller-reports", lazyRouteComponent(() => import("./invoices/SellerReportsPage"), "SellerReportsPage")],
  ["/admin/fees", lazyRouteComponent(() => import("./fees/FeesPage"), "FeesPage")],
  ["/admin/plans", lazyRouteComponent(() => import("./plans/PlansPage"), "PlansPage")],
  ["/admin/subscriptions", lazyRouteComponent(() => import("./plans/SubscriptionsPage"), "SubscriptionsPage")],
  ["/admin/reconciliation", lazyRouteComponent(() => import("./books/ReconciliationPage"), "ReconciliationPage")],
  ["/admin/statements", lazyRouteComponent(() => import("./books/StatementsPage"), "StatementsPage")],
  ["/admin/papers", lazyRouteComponent(() => import("./people/PapersPage"), "PapersPage")],
  ["/admin/papers/$open", lazyRouteComponent(() => import("./people/PapersPage"), "PapersPage")],
  ["/admin/people", lazyRouteComponent(() => import("./people/PeoplePage"), "PeoplePage")],
  ["/admin/people/$open", lazyRouteComponent(() => import("./people/PeoplePage"), "PeoplePage")],
  ["/admin/moderation/cases", lazyRouteComponent(() => import("./moderation/CasesPage"), "CasesPage")],
  ["/admin/moderation/cases/$open", lazyRouteComponent(() => import("./moderation/CasePage"), "CasePage")],
  ["/admin/moderation/appeals", lazyRouteComponent(() => import("./moderation/AppealsPage"), "AppealsPage")],
  ["/admin/dead-letters", lazyRouteComponent(() => import("./operations/DeadLettersPage"), "DeadLettersPage")],
  ["/admin/retention", lazyRouteComponent(() => import("./operations/RetentionPage"), "RetentionPage")],
  ["/admin/mailbox", lazyRouteComponent(() => import("./mailbox/MailboxPage"), "MailboxPage")],
  ["/admin/rehearsal", lazyRouteComponent(() => import("./rehearsal/RehearsalPage"), "RehearsalPage")],
];

export const routes: Screen[] = screens.map(([path, component]) => ({ path, component, signedIn: true, search: filters }));
