import type { Payment } from "@jobsphere/api-client";
import type { Money } from "@jobsphere/domain/money";
import { language } from "@jobsphere/domain/text";

export interface Month {
  /** 2026-11. */
  key: string;
  /** "Nov", with the year in January. */
  label: string;
  spent: Money;
}

/** What was taken less what came back, in one currency. */
export function spentOn(payment: Payment): number {
  return payment.captured.amount - payment.refunded.amount;
}

/** The last `count` months up to `now`, the oldest first, with what was spent in each; months are of UTC. */
export function byMonth(payments: Payment[], currency: string, now: Date, count = 6): Month[] {
  const months = Array.from({ length: count }, (_, back) => {
    const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - back), 1));
    return { key: first.toISOString().slice(0, 7), label: monthLabel(first), spent: { amount: 0, currency } };
  });
  for (const payment of payments) {
    const month = months.find(({ key }) => payment.created_at.startsWith(key));
    if (month && payment.amount.currency === currency) month.spent.amount += spentOn(payment);
  }
  return months;
}

function monthLabel(first: Date): string {
  const name = new Intl.DateTimeFormat(language(), { month: "short", timeZone: "UTC" }).format(first);
  return first.getUTCMonth() === 0 ? `${name} ${first.getUTCFullYear()}` : name;
}
