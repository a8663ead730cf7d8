import type { HouseRuleEnum, MeasureEnum, RestrictedActEnum } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";

/** The rules of the house in a word, for lists; the server has the whole sentence. */
export const RULES: Record<HouseRuleEnum, string> = {
  respect: t("Respect"),
  honesty: t("Honesty"),
  money_inside: t("Payment elsewhere"),
  privacy: t("Privacy"),
  spam: t("Spam"),
  law: t("Illegal"),
};

export const MEASURES: Record<MeasureEnum, { title: string; text: string }> = {
  dismiss: { title: t("Dismiss"), text: t("No breach. The person never hears of it.") },
  remove: { title: t("Remove it"), text: t("Only the thing itself goes.") },
  warn: { title: t("Warn"), text: t("The person reads the reasons; nothing is restricted.") },
  restrict: { title: t("Restrict"), text: t("For some acts, for a time or until lifted. Running contracts and money go on.") },
  suspend: { title: t("Suspend"), text: t("The account is closed. For the worst, when restricting is not enough.") },
};

export const ACTS: Record<RestrictedActEnum, string> = {
  posting: t("Post jobs, make offers, book"),
  proposing: t("Propose, accept offers"),
  messaging: t("Write messages"),
};

const STATES: Record<string, { text: string; mark: string }> = {
  open: { text: t("Waits"), mark: "◔" },
  claimed: { text: t("Taken"), mark: "●" },
  decided: { text: t("Decided"), mark: "✓" },
  upheld: { text: t("Decision stands"), mark: "✓" },
  overturned: { text: t("Overturned"), mark: "↺" },
};

export function stateWord(state: string): { text: string; mark: string } {
  return STATES[state] ?? { text: state, mark: "○" };
}

/** Whether a promise to answer is broken, in words: "in 2 days", "3 hours late". */
export function dueText(answerBy: string, now = Date.now()): { text: string; late: boolean } {
  const hours = Math.round((Date.parse(answerBy) - now) / 3_600_000);
  const span = Math.abs(hours) >= 48 ? t("{hours} days", { hours: Math.round(Math.abs(hours) / 24) }) : `${Math.abs(hours)} h`;
  return hours < 0 ? { text: t("{span} late", { span }), late: true } : { text: t("in {span}", { span }), late: false };
}

/** A thing in words: "a_message" is "message", "jobs" stay what they are. */
export function thingWord(type: string): string {
  const text = type.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
