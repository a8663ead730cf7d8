import type { CancellationPolicyEnum } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";

/** The presets as the offer form explains them, before the server has an offer whose `cancellation_summary` to show. */
export const POLICIES: { policy: CancellationPolicyEnum; title: string; text: string }[] = [
  {
    policy: "flexible",
    title: t("Flexible"),
    text: t("Free until work starts. Then the contractor keeps 25 % of a started milestone and 50 % of a submitted one."),
  },
  {
    policy: "moderate",
    title: t("Moderate"),
    text: t("Free until work starts. Then the contractor keeps 50 % of a started milestone and all of a submitted one; the platform fee stays paid."),
  },
  {
    policy: "strict",
    title: t("Strict"),
    text: t("Free until work starts. Then the contractor keeps all of a started milestone and 25 % of the others; the platform fee stays paid."),
  },
];
