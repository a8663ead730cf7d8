import type { Loyalty, Period, Plan, SavedMethod, Subscription } from "@jobsphere/api-client";

export type { Loyalty, Period, Plan };
export type PlanSubscription = Subscription;
export type Card = SavedMethod;
