/** What a contractor earned, counted from the wallet's own entries and nothing else. */

import { walletEntriesList, type WalletEntry } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { ask } from "@/lib/api";
import { everyRow } from "@/lib/pages";

type Entry = Pick<WalletEntry, "code" | "amount" | "posted_at">;

export interface MonthOfEarnings {
  /** "2026-11" */
  month: string;
  money: Money;
}

/** A withdrawal, and its return, moves earnings; it neither makes nor loses them. */
export function isEarning(entry: Entry): boolean {
  return !entry.code.startsWith("payout.");
}

export function totalEarned(entries: Entry[], currency: string): Money {
  const amount = entries
    .filter((entry) => isEarning(entry) && entry.amount.currency === currency)
    .reduce((sum, entry) => sum + entry.amount.amount, 0);
  return { amount, currency };
}

/** The last `count` months up to the one of `now`, oldest first; a month without work is there with nothing. */
export function earningsByMonth(entries: Entry[], currency: string, count: number, now: Date): MonthOfEarnings[] {
  const months = Array.from({ length: count }, (_, index) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index), 1));
    return first.toISOString().slice(0, 7);
  });
  return months.map((month) => ({
    month,
    money: totalEarned(
      entries.filter((entry) => entry.posted_at.startsWith(month)),
      currency,
    ),
  }));
}

/** The currencies of some entries, the busiest first. */
export function currenciesOf(entries: Entry[]): string[] {
  const counts = new Map<string, number>();
  for (const { amount } of entries) counts.set(amount.currency, (counts.get(amount.currency) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1]).map(([currency]) => currency);
}

export function useEarnings(enabled = true) {
  return useQuery({
    queryKey: ["wallet", "all-entries"],
    queryFn: () => everyRow((cursor) => ask(walletEntriesList({ query: { cursor, page_size: 100 } }))),
    staleTime: 60_000,
    enabled,
  });
}
