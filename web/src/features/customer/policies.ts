import type { CancellationPolicyEnum } from "@jobsphere/api-client";

/** The presets as the offer form explains them, before the server has an offer whose `cancellation_summary` to show. */
export const POLICIES: { policy: CancellationPolicyEnum; title: string; text: string }[] = [
  {
    policy: "flexible",
    title: "Flexible",
    text: "Free until work starts. Then the contractor keeps 25 % of a started milestone and 50 % of a submitted one.",
  },
  {
    policy: "moderate",
    title: "Moderate",
    text: "Free until work starts. Then the contractor keeps 50 % of a started milestone and all of a submitted one; the platform fee stays paid.",
  },
  {
    policy: "strict",
    title: "Strict",
    text: "Free until work starts. Then the contractor keeps all of a started milestone and 25 % of the others; the platform fee stays paid.",
  },
];
