import type { MeasureEnum, RestrictedActEnum, Restriction, StatementOfReasons } from "@jobsphere/api-client";
import { formatMoment } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

const MEASURES: Record<MeasureEnum, string> = {
  dismiss: t("Nothing was done"),
  remove: t("Something of yours was removed"),
  warn: t("You have a warning"),
  restrict: t("Your account is restricted"),
  suspend: t("Your account is suspended"),
};

const OVER: Record<MeasureEnum, string> = {
  dismiss: t("Nothing was done"),
  remove: t("Something of yours was removed"),
  warn: t("You had a warning"),
  restrict: t("Your account was restricted"),
  suspend: t("Your account was suspended"),
};

const ACTS: Record<RestrictedActEnum, string> = {
  posting: t("post jobs, make offers or book"),
  proposing: t("propose or accept offers"),
  messaging: t("write messages"),
};

/** What was decided; in the past once it holds no more. */
export function measureTitle({ measure, restriction, appeal }: Pick<StatementOfReasons, "measure" | "restriction" | "appeal">): string {
  const over = restriction ? restriction.status !== "active" : appeal?.status === "overturned";
  return (over ? OVER : MEASURES)[measure];
}

/** "post jobs, make offers or book, and write messages" */
export function actsText(acts: RestrictedActEnum[]): string {
  const words = acts.map((act) => ACTS[act]);
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : t("{others}; and {last}", { others: words.slice(0, -1).join("; "), last });
}

export function effectText({ status, suspends, acts }: Restriction): string {
  const values = { now: status === "active" ? "yes" : "other", what: suspends ? t("sign in") : actsText(acts) };
  return t("You {now, select, yes {cannot} other {could not}} {what}. Contracts that run, and your money, go on as agreed.", values);
}

export function untilText(restriction: Restriction): string {
  if (restriction.status !== "active") return t("Over since {when}", { when: formatMoment(restriction.ended_at ?? restriction.until ?? "") });
  return restriction.until ? t("Until {when}", { when: formatMoment(restriction.until) }) : t("Until staff lift it");
}

export function reportState(acted: boolean | null): { text: string; mark: string } {
  if (acted === null) return { text: t("Somebody looks at it"), mark: "◔" };
  return acted ? { text: t("We have acted on it"), mark: "✓" } : { text: t("No breach of our rules found"), mark: "○" };
}
