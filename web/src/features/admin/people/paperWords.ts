import { t } from "@jobsphere/domain/text";

/** A paper waits for staff, not for a customer's approval: its statuses in their own words. */
const WORDS: Record<string, { text: string; mark: string }> = {
  submitted: { text: t("To be checked"), mark: "◔" },
  more_needed: { text: t("Asked for more"), mark: "○" },
  approved: { text: t("Approved"), mark: "✓" },
  rejected: { text: t("Refused"), mark: "×" },
  lapsed: { text: t("Has run out"), mark: "×" },
  withdrawn: { text: t("Taken back"), mark: "○" },
};

export function paperWord(status: string): { text: string; mark: string } {
  return WORDS[status] ?? { text: status.replaceAll("_", " "), mark: "○" };
}
