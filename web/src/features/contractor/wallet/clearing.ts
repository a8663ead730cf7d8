import type { Clearing as Lot } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";

export interface Stop {
  /** "2026-11-28" */
  day: string;
  /** When the last of them is free. */
  at: string;
  total: Money;
  lots: Lot[];
  /** Each reason once. */
  reasons: string[];
}

/** Lots of one currency as stops of a timeline, the soonest first; what clears on one day stands together. */
export function byDate(lots: Lot[]): Stop[] {
  const days = new Map<string, Lot[]>();
  for (const lot of [...lots].sort((a, b) => a.clears_at.localeCompare(b.clears_at))) {
    const day = lot.clears_at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), lot]);
  }
  return [...days].map(([day, there]) => ({
    day,
    at: there.at(-1)?.clears_at ?? day,
    total: { amount: there.reduce((sum, lot) => sum + lot.left.amount, 0), currency: there[0]?.left.currency ?? "" },
    lots: there,
    reasons: [...new Set(there.map((lot) => lot.reason).filter(Boolean))],
  }));
}
