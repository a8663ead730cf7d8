import type { MoneyPart } from "@/components/MoneyBar";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";

interface Fees {
  platform_fee: Money;
  service_fee: Money;
  payout: Money;
}

/** The money of a contract as the API tells it: funded = protected + released + refunded + kept_fee. */
export interface ContractMoney {
  funded: Money;
  protected: Money;
  released: Money;
  refunded: Money;
  kept_fee: Money;
  /** What the customer has still to pay in; no part of `funded`. */
  unfunded?: Money;
  fees: Fees | null;
  expected: Fees | null;
}

/** The parts of a contract's MoneyBar. Whoever is told about fees (the contractor) sees them apart; all parts sum up. */
export function moneyParts(money: ContractMoney): MoneyPart[] {
  const open = money.unfunded;
  if (!open?.amount) return paidParts(money);
  return [...paidParts(money), { label: t("to be paid in before its work starts"), money: open, tone: "waiting" }];
}

function paidParts(money: ContractMoney): MoneyPart[] {
  const { fees, expected } = money;
  if (!fees || !expected) return customerParts(money);
  const currency = money.funded.currency;
  const taken = fees.platform_fee.amount + fees.service_fee.amount;
  const coming = expected.platform_fee.amount + expected.service_fee.amount;
  const parts: MoneyPart[] = [
    { label: t("protected for you"), money: expected.payout, tone: "protected" },
    { label: t("released to your wallet"), money: fees.payout, tone: "released" },
    { label: t("fees"), money: { amount: taken + coming, currency }, tone: "fees" },
    { label: t("refunded to the customer"), money: money.refunded, tone: "refunded" },
  ];
  // A bar that does not add up would be a lie: rather show the plain parts.
  return sumOf(parts) === money.funded.amount ? parts : customerParts(money);
}

function customerParts(money: ContractMoney): MoneyPart[] {
  return [
    { label: t("protected"), money: money.protected, tone: "protected" },
    { label: t("released to the contractor"), money: money.released, tone: "released" },
    { label: t("kept as fees"), money: money.kept_fee, tone: "fees" },
    { label: t("back to the customer"), money: money.refunded, tone: "refunded" },
  ];
}

function sumOf(parts: MoneyPart[]): number {
  return parts.reduce((sum, part) => sum + part.money.amount, 0);
}

/** The sentence above the bar: "$1,000.00 paid in, all of it protected". */
export function moneyCaption(money: ContractMoney): string {
  const paid = t("{funded} paid in", { funded: formatMoney(money.funded) });
  if (money.protected.amount === money.funded.amount) return t("{paid}, all of it protected", { paid });
  if (money.protected.amount === 0) return t("{paid}, nothing left to decide", { paid });
  return t("{paid}, {protected} still protected", { paid, protected: formatMoney(money.protected) });
}
