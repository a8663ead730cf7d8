import type { Money } from "@jobsphere/domain/money";
import { formatMoney } from "@jobsphere/domain/money";
import { readMoney } from "@/components/moneyText";
import { t } from "@jobsphere/domain/text";

/** A milestone while it is written. */
export interface MilestoneDraft {
  title: string;
  amount: string;
}

export interface MilestoneCheck {
  /** What to send; undefined while something is wrong. An empty plan is fine: the whole job is one milestone then. */
  planned?: { title: string; amount: Money }[];
  /** What is wrong in a row, by its position. */
  rows: { title?: string; amount?: string }[];
  /** The price less what is planned; negative when too much is planned. */
  rest: Money;
  /** Why the sum is wrong, in words. */
  sum?: string;
}

/** Check that the milestones of a price are complete and add up to it exactly. */
export function checkMilestones(drafts: MilestoneDraft[], price: Money): MilestoneCheck {
  const read = drafts.map((draft) => readMoney(draft.amount, price.currency));
  const rows = drafts.map((draft, index) => ({
    ...(draft.title.trim() ? {} : { title: t("Say what is done by then.") }),
    ...(read[index]?.problem ? { amount: read[index].problem } : {}),
  }));
  const planned = read.reduce((total, each) => total + (each.money?.amount ?? 0), 0);
  const rest = { amount: price.amount - planned, currency: price.currency };
  if (drafts.length === 0) return { planned: [], rows, rest };
  if (rest.amount !== 0) return { rows, rest, sum: sumProblem(rest, price) };
  if (rows.some((row) => row.title ?? row.amount)) return { rows, rest };
  return {
    planned: drafts.map((draft, index) => ({ title: draft.title.trim(), amount: read[index]?.money ?? price })),
    rows,
    rest,
  };
}

function sumProblem(rest: Money, price: Money): string {
  const off = formatMoney({ amount: Math.abs(rest.amount), currency: rest.currency });
  const whole = formatMoney(price);
  return rest.amount > 0
    ? t("{off} of {whole} is not planned yet. The milestones must add up to the price.", { off, whole })
    : t("That is {off} more than {whole}. The milestones must add up to the price.", { off, whole });
}
