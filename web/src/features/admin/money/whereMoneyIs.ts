import type { TrialLine } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";

/** What each account's money is for us: safe for others, earned, moving, or lost. Assets are where it lies. */
const TONES: Record<string, string> = {
  escrow: "safe",
  wallet: "safe",
  clearing: "safe",
  unapplied: "moving",
  prepaid: "moving",
  in_transit: "moving",
  refund_in_transit: "moving",
  chargeback: "lost",
  writeoff: "lost",
  gateway_fee: "lost",
  receivable: "lost",
  revenue_platform_fee: "earned",
  revenue_service_fee: "earned",
  revenue_payout_fee: "earned",
  revenue_plan: "earned",
  revenue_tax: "lost",
  tax_payable: "safe",
};

/** The accounts where money lies; the others say whose it is, and both sides are the same sum. */
const LIES = new Set(["gateway", "gateway_payee", "bank"]);

/** The whole, and to whom it belongs; accounts at zero are left out. */
export function placesOfMoney(lines: TrialLine[], currency: string): { whole: Money; places: { kind: string; money: Money; tone: string }[] } {
  const whole = lines.filter(({ kind }) => LIES.has(kind)).reduce((sum, { signed }) => sum + signed.amount, 0);
  const places = lines
    .filter(({ kind, balance }) => !LIES.has(kind) && balance.amount !== 0)
    .map(({ kind, balance }) => ({ kind, money: balance, tone: TONES[kind] ?? "moving" }));
  return { whole: { amount: whole, currency }, places: places.toSorted((left, right) => right.money.amount - left.money.amount) };
}
