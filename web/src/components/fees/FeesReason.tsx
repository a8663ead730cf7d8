import type { FeesPreview } from "@jobsphere/api-client";
import { formatNumber, t } from "@jobsphere/domain/text";
import { Text } from "@mantine/core";

type Why = Pick<FeesPreview, "reason" | "reason_name" | "share" | "usual_share">;

export function percentWord(points: number): string {
  return formatNumber(points / 10_000, { style: "percent", maximumFractionDigits: 2 });
}

/** Whose plan or tier has made the fees lower, and from what; nothing where the usual ones hold. */
export function FeesReason({ fees }: { fees: Why }) {
  if (!fees.reason || fees.share >= fees.usual_share) return null;
  const values = { name: fees.reason_name, share: percentWord(fees.share), usual: percentWord(fees.usual_share) };
  const words: Record<string, string> = {
    plan: t("Your plan {name}: {share} instead of {usual}.", values),
    loyalty: t("Your tier {name}: {share} instead of {usual}.", values),
    customer_plan: t("Your customer's plan {name}: {share} instead of {usual}.", values),
    customer_loyalty: t("Your customer's tier {name}: {share} instead of {usual}.", values),
  };
  return <Text size="sm">{words[fees.reason]}</Text>;
}
