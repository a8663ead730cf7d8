import type { CancellationPreview } from "@jobsphere/api-client";
import type { MoneyPart } from "@/components/MoneyBar";
import { t } from "@jobsphere/domain/text";

/** The parts of "if you cancelled now": they add up to what is protected and the fee that was taken. */
export function cancelParts(preview: CancellationPreview): MoneyPart[] {
  const kept = preview.platform_fee.amount + preview.service_fee.amount;
  return [
    { label: t("back to the customer"), money: preview.refund, tone: "refunded" },
    { label: t("to the contractor"), money: preview.payout, tone: "released" },
    { label: t("kept as fees"), money: { amount: kept, currency: preview.refund.currency }, tone: "fees" },
  ];
}
