import { t } from "@jobsphere/domain/text";

/** What the wallet's entries are, in our words. */

const entries: Record<string, string> = {
  "escrow.released": t("Work approved"),
  "escrow.refunded": t("Your part of a cancelled contract"),
  "earning.cleared": t("Cleared"),
  "payout.requested": t("Withdrawn to the bank"),
  "payout.failed": t("Withdrawal failed, money is back"),
  "payout.returned": t("The bank returned it, money is back"),
  "payout.cancelled": t("Withdrawal cancelled, money is back"),
  "receivable.settled": t("Kept for what you owed"),
};

export function entryWord(code: string): string {
  return entries[code] ?? code.replaceAll(/[._]/g, " ");
}

/** In the order of the API: 0 is Monday. */
export const WEEKDAYS = [t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday")];
