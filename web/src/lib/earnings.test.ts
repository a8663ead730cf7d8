import { expect, test } from "vitest";
import { currenciesOf, earningsByMonth, totalEarned } from "@/lib/earnings";

const entry = (code: string, amount: number, posted_at: string, currency = "USD") => ({
  code,
  amount: { amount, currency },
  posted_at,
});

const entries = [
  entry("payout.requested", -70_000, "2026-11-03T10:00:00Z"),
  entry("escrow.released", 70_000, "2026-11-01T00:00:00Z"),
  entry("payout.returned", 5_000, "2026-10-20T10:00:00Z"),
  entry("escrow.released", 20_000, "2026-09-30T23:59:59Z"),
  entry("escrow.released", 900, "2026-09-02T10:00:00Z", "JPY"),
];

test("withdrawals and their returns are not earnings, and currencies never mix", () => {
  expect(totalEarned(entries, "USD")).toEqual({ amount: 90_000, currency: "USD" });
  expect(totalEarned(entries, "JPY")).toEqual({ amount: 900, currency: "JPY" });
});

test("months without work are there, over the turn of the year", () => {
  const months = earningsByMonth(entries, "USD", 12, new Date("2026-11-21T12:00:00Z"));
  expect(months).toHaveLength(12);
  expect(months[0]?.month).toBe("2025-12");
  expect(months.slice(-3).map(({ money }) => money.amount)).toEqual([20_000, 0, 70_000]);
});

test("the busiest currency comes first", () => {
  expect(currenciesOf(entries)).toEqual(["USD", "JPY"]);
});
