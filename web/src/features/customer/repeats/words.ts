import type { Repeat } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";

export function everyWords(every: Repeat["every"]): string {
  const words: Record<Repeat["every"], string> = { weekly: t("Every week"), fortnightly: t("Every two weeks"), monthly: t("Every month") };
  return words[every];
}

/** Why a date was refused or does not take place; only what a person can do something about is said at length. */
export function reasonWords(reason: string): string {
  if (reason === "authentication_failed") return t("Your bank wants you to confirm it yourself.");
  if (reason === "no-card") return t("There is no card to charge.");
  if (reason === "unpaid") return t("It was not paid in time.");
  if (reason === "wish") return t("Left out on request.");
  if (reason === "slot-taken") return t("The contractor's time was taken already.");
  return reason ? t("The card was refused.") : "";
}

