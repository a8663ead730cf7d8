import type { Budget } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";

/** "$90 to $220", "$40 to $55 an hour". */
export function budgetText(budget: Budget | null): string {
  if (!budget) return "Budget open";
  const [low, high] = [budget.min, budget.max].map((money) => formatMoney(money, { short: true }));
  const range = low === high ? low : `${low} to ${high}`;
  return budget.kind === "hourly" ? `${range} an hour` : (range ?? "");
}
