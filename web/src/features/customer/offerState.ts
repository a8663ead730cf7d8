import type { Offer } from "@jobsphere/api-client";

/** What the customer or contractor is waiting for, which decides what the offer's page asks and whether it looks again. */
export type Waiting = "challenge" | "card" | "bank" | "none";

/**
 * `challenge`: the payer must go to the bank's page. `card`: a card must be chosen. `bank`: nobody knows yet, we ask
 * again. The payment is shown to the customer only; the contractor's wait is `accepting`.
 */
export function waitingFor(offer: Offer): Waiting {
  if (offer.status === "accepting") return "bank";
  if (offer.status !== "awaiting_payment") return "none";
  const { payment } = offer;
  if (payment?.action?.url) return "challenge";
  return payment?.action ? "card" : "bank";
}
