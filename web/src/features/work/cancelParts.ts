import type { CancellationPreview } from "@jobsphere/api-client";
import type { MoneyPart } from "@/components/MoneyBar";

/** The parts of "if you cancelled now": they add up to what is protected and the fee that was taken. */
export function cancelParts(preview: CancellationPreview): MoneyPart[] {
  const kept = preview.platform_fee.amount + preview.service_fee.amount;
  return [
    { label: "back to the customer", money: preview.refund, tone: "refunded" },
    { label: "to the contractor", money: preview.payout, tone: "released" },
    { label: "kept as fees", money: { amount: kept, currency: preview.refund.currency }, tone: "fees" },
  ];
}
