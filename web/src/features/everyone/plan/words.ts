import type { Period, Plan, PlanSubscription } from "./shapes";
import { t } from "@jobsphere/domain/text";
import { formatMoney } from "@jobsphere/domain/money";
import { percentWord } from "@/components/fees/FeesReason";


export function priceWords(plan: Pick<Plan, "price" | "every">): string {
  const price = formatMoney(plan.price);
  return plan.every === "year" ? t("{price} a year", { price }) : t("{price} a month", { price });
}

/** What a plan changes, in one sentence. */
export function effectWords(plan: Plan): string {
  const shares = { share: percentWord(plan.share), usual: percentWord(plan.usual_share) };
  return plan.audience === "customer" ? t("Who works for you pays {share} in fees instead of {usual}.", shares) : t("You pay {share} in fees instead of {usual}.", shares);
}

/** Where a plan stands, in the words of its owner. */
export function stateWords(mine: PlanSubscription, day: (moment: string) => string): string {
  const until = mine.ends_at ? day(mine.ends_at) : "";
  if (mine.status === "starting") return t("It begins once the first payment is through.");
  if (mine.status === "past_due") return t("The renewal is not paid yet. Your fees hold until {until}.", { until });
  if (mine.cancels_at_end) return t("Cancelled. Your fees hold until {until}.", { until });
  if (mine.is_trial) return t("Trial until {until}.", { until });
  return t("Holds until {until}.", { until });
}

export function periodWords(period: Period): string {
  const words: Record<Period["status"], string> = {
    charging: t("Being paid"),
    failed: t("Card refused, asked again"),
    needs_owner: t("Waits for you"),
    paid: t("Paid"),
    free: t("Trial"),
    void: t("Not paid, given up"),
  };
  return words[period.status];
}
