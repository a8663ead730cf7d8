import { type Money, parseMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

export interface ReadMoney {
  money?: Money;
  problem?: string;
}

type What = "amount" | "price" | "budget" | "deposit" | "tip";

/** Read an amount as a person types it: "$1,200.50", "1200.5", " 40 ". Says in words what is wrong with it. */
export function readMoney(text: string, currency: string, what: What = "amount"): ReadMoney {
  const bare = text.trim().replace(/^[^\d.,-]+/, "");
  if (bare === "") return { problem: t("Write the {what, select, price {price} budget {budget} deposit {deposit} tip {tip} other {amount}}, for example 250.", { what }) };
  const money = parseMoney(bare, currency);
  if (!money) return { problem: t("Write the {what, select, price {price} budget {budget} deposit {deposit} tip {tip} other {amount}} like 1,200.50.", { what }) };
  return money.amount > 0 ? { money } : { problem: t("The {what, select, price {price} budget {budget} deposit {deposit} tip {tip} other {amount}} must be more than zero.", { what }) };
}
