import type { Invoice } from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { dayLocale, t } from "@jobsphere/domain/text";

const KINDS: Record<Invoice["kind"], string> = {
  work: t("Work"),
  platform_fee: t("Commission at acceptance"),
  service_fee: t("Commission at completion"),
  payout_fee: t("Instant payout"),
  kept_fee: t("Booking fee kept"),
  plan: t("Plan"),
};

export function kindWord(kind: string): string {
  return KINDS[kind as Invoice["kind"]] ?? kind;
}

export function headingOf(invoice: Invoice): string {
  return invoice.type === "credit_note" ? t("Credit note: {kindWord}", { kindWord: kindWord(invoice.kind) }) : kindWord(invoice.kind);
}

/** What a document comes to, as it reads in a list: a credit note gives back. */
export function amountOf(invoice: Invoice): string {
  return formatMoney(invoice.type === "credit_note" ? minus(invoice.gross) : invoice.gross);
}

export function minus(money: Money): Money {
  return { ...money, amount: -money.amount };
}

/** "2026-11" as "November 2026". */
export function monthWord(month: string): string {
  return new Date(`${month}-15T12:00:00Z`).toLocaleDateString(dayLocale(), { month: "long", year: "numeric", timeZone: "UTC" });
}
