import type { Budget } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

/** "$90 to $220", "$40 to $55 an hour". */
export function budgetText(budget: Budget | null): string {
  if (!budget) return t("Budget open");
  const low = formatMoney(budget.min, { short: true });
  const high = formatMoney(budget.max, { short: true });
  const range = low === high ? low : t("{low} to {high}", { low, high });
  return budget.kind === "hourly" ? t("{range} an hour", { range }) : range;
}
