import type { AdminPlan, Period, Subscription, Tier } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { percentWord } from "@/components/fees/FeesReason";

export const AUDIENCES = [
  { value: "contractor", label: t("Contractors") },
  { value: "customer", label: t("Customers") },
];

export const CYCLES = [
  { value: "month", label: t("Every month") },
  { value: "year", label: t("Every year") },
];

export function audienceWord(audience: string): string {
  return AUDIENCES.find((each) => each.value === audience)?.label ?? audience;
}

/** Both fees together under a tier, and without it: "15% instead of 20%". */
export function feesWord({ share, usual_share }: Pick<Tier, "share" | "usual_share">): string {
  if (share >= usual_share) return t("{share} in fees, no less than usual", { share: percentWord(share) });
  return t("{share} in fees instead of {usual}", { share: percentWord(share), usual: percentWord(usual_share) });
}

export function priceWord(plan: Pick<AdminPlan, "price" | "every">): string {
  const price = formatMoney(plan.price);
  return plan.every === "year" ? t("{price} a year", { price }) : t("{price} a month", { price });
}

/** What a tier asks for in twelve months. */
export function demandWord(tier: Tier): string {
  const volume = tier.volume ? t("{volume} released", { volume: formatMoney(tier.volume) }) : "";
  const contracts = tier.contracts ? t("{contracts, plural, one {# contract} other {# contracts}} completed", { contracts: tier.contracts }) : "";
  if (volume && contracts) return t("{volume} and {contracts}", { volume, contracts });
  return volume || contracts;
}

const STATES: Record<Subscription["status"], string> = {
  starting: t("First payment open"),
  active: t("Active"),
  past_due: t("Renewal unpaid"),
  lapsed: t("Lapsed"),
  ended: t("Ended"),
};

export const SUBSCRIPTION_STATES = Object.keys(STATES);

export function subscriptionWord(status: string): string {
  return STATES[status as Subscription["status"]] ?? status;
}

/** Where a subscription stands, a given notice included. */
export function standsWord(row: Subscription): string {
  if (row.status === "active" && row.cancels_at_end) return t("Cancelled, still holding");
  if (row.status === "active" && row.is_trial) return t("On trial");
  return subscriptionWord(row.status);
}

export function paidWord(status: Period["status"]): string {
  const words: Record<Period["status"], string> = {
    charging: t("Being paid"),
    failed: t("Card refused, asked again"),
    needs_owner: t("Waits for its owner"),
    paid: t("Paid"),
    free: t("Trial"),
    void: t("Not paid, given up"),
  };
  return words[status];
}
