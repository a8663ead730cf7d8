import { type Money, parseMoney } from "@jobsphere/domain/money";

export interface ReadMoney {
  money?: Money;
  problem?: string;
}

/** Read an amount as a person types it: "$1,200.50", "1200.5", " 40 ". Says in words what is wrong with it. */
export function readMoney(text: string, currency: string, what = "amount"): ReadMoney {
  const bare = text.trim().replace(/^[^\d.,-]+/, "");
  if (bare === "") return { problem: `Write the ${what}, for example 250.` };
  const money = parseMoney(bare, currency);
  if (!money) return { problem: `Write the ${what} like 1,200.50.` };
  return money.amount > 0 ? { money } : { problem: `The ${what} must be more than zero.` };
}
