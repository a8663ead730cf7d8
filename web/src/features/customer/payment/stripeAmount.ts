import type { Money } from "@jobsphere/domain/money";

/** Stripe keeps two digits where ISO 4217 has none, and none where it has two (docs.stripe.com/currencies). */
const SHIFTED: Record<string, number> = { ISK: 100, UGX: 100, MGA: 0.01 };

/** The amount in Stripe's own units, for its form; the server reckons the one that is charged. */
export function wireAmount({ amount, currency }: Money): number {
  return Math.round(amount * (SHIFTED[currency] ?? 1));
}
