import { t } from "@jobsphere/domain/text";
import {
  IconActivity,
  IconArrowBackUp,
  IconBuildingBank,
  IconCalendarRepeat,
  IconCash,
  IconChecklist,
  IconDiscount,
  IconFileInvoice,
  IconFlag,
  IconGavel,
  IconHourglass,
  IconId,
  IconLayoutDashboard,
  IconLock,
  IconMailX,
  IconMasksTheater,
  IconNotebook,
  IconPercentage,
  IconReceiptTax,
  IconReportMoney,
  IconRecycle,
  IconScale,
  IconSend,
  IconUsers,
} from "@tabler/icons-react";

/** The rights that open a screen of the back office. */
export type AdminRight = "finance" | "operations" | "commission" | "verification" | "users" | "moderation";

export interface AdminPlace {
  to: string;
  label: string;
  icon: typeof IconCash;
  right: AdminRight;
}

/** The back office's own navigation; a place is shown to whom its right opens it. */
export const PLACES: AdminPlace[] = [
  { to: "/admin", label: t("Overview"), icon: IconLayoutDashboard, right: "finance" },
  { to: "/admin/payments", label: t("Payments"), icon: IconCash, right: "finance" },
  { to: "/admin/holds", label: t("Protected"), icon: IconLock, right: "finance" },
  { to: "/admin/payouts", label: t("Payouts"), icon: IconSend, right: "finance" },
  { to: "/admin/earnings", label: t("Earnings"), icon: IconHourglass, right: "finance" },
  { to: "/admin/refunds", label: t("Refunds"), icon: IconArrowBackUp, right: "finance" },
  { to: "/admin/chargebacks", label: t("Chargebacks"), icon: IconGavel, right: "finance" },
  { to: "/admin/operations", label: t("Gateway"), icon: IconActivity, right: "finance" },
  { to: "/admin/books", label: t("Books"), icon: IconNotebook, right: "finance" },
  { to: "/admin/invoices", label: t("Invoices"), icon: IconFileInvoice, right: "finance" },
  { to: "/admin/taxes", label: t("Taxes"), icon: IconReceiptTax, right: "finance" },
  { to: "/admin/seller-reports", label: t("Tax authorities"), icon: IconReportMoney, right: "finance" },
  { to: "/admin/fees", label: t("Fees"), icon: IconPercentage, right: "commission" },
  { to: "/admin/plans", label: t("Plans"), icon: IconDiscount, right: "commission" },
  { to: "/admin/subscriptions", label: t("Subscriptions"), icon: IconCalendarRepeat, right: "finance" },
  { to: "/admin/reconciliation", label: t("Reconciliation"), icon: IconChecklist, right: "finance" },
  { to: "/admin/statements", label: t("Statements"), icon: IconBuildingBank, right: "finance" },
  { to: "/admin/papers", label: t("Papers"), icon: IconId, right: "verification" },
  { to: "/admin/people", label: t("People"), icon: IconUsers, right: "users" },
  { to: "/admin/moderation/cases", label: t("Reports"), icon: IconFlag, right: "moderation" },
  { to: "/admin/moderation/appeals", label: t("Appeals"), icon: IconScale, right: "moderation" },
  { to: "/admin/dead-letters", label: t("Dead letters"), icon: IconMailX, right: "operations" },
  { to: "/admin/retention", label: t("Retention"), icon: IconRecycle, right: "operations" },
  { to: "/admin/rehearsal", label: t("Rehearsal"), icon: IconMasksTheater, right: "finance" },
];
