import { expect, test } from "vitest";
import { placesOfMoney } from "./money/whereMoneyIs";
import { outcome, period } from "./operations/RetentionPage";
import { aheadWords, valuesOf } from "./rehearsal/words";

const usd = (amount: number) => ({ amount, currency: "USD" });
const line = (kind: string, signed: number, balance: number) => ({ kind, accounts: 1, signed: usd(signed), balance: usd(balance) }) as never;

test("what we hold is what belongs to people and to us, less what was taken: to the cent", () => {
  const lines = [
    line("gateway", 98_500, 98_500),
    line("escrow", -90_000, 90_000),
    line("wallet", -70_000, 70_000),
    line("revenue_platform_fee", -40_000, 40_000),
    line("chargeback", 100_000, 100_000),
    line("gateway_fee", 1_500, 1_500),
    line("in_transit", 0, 0),
  ];
  const { whole, places } = placesOfMoney(lines, "USD");
  expect(whole).toEqual(usd(98_500));
  const shown = places.reduce((sum, { money, tone }) => sum + (tone === "lost" ? -money.amount : money.amount), 0);
  expect(shown).toBe(whole.amount);
  expect(places.map(({ kind }) => kind)).not.toContain("in_transit");
});

test("how far the clock is ahead reads as people say it", () => {
  expect(aheadWords(0)).toBe("The machine's time.");
  expect(aheadWords(3_600)).toBe("1 hour ahead of the machine.");
  expect(aheadWords(2 * 86_400 + 3 * 3_600)).toBe("2 days and 3 hours ahead of the machine.");
});

test("numbers are sent as numbers, and what is none as it was typed, for the server to name", () => {
  const parameter = (name: string, kind: string, preset: string) => ({ name, kind, preset, title: "", choices: [], minimum: 0, maximum: 9, hint: "" }) as never;
  const parameters = [parameter("days", "whole", "0"), parameter("hours", "whole", "1"), parameter("code", "choice", "lost")];
  expect(valuesOf(parameters, { days: " 3 ", hours: "soon" })).toEqual({ days: 3, hours: "soon", code: "lost" });
});

test("a clean-up says plainly what it did, also when there was nothing to do", () => {
  const run = { finished_at: "2026-11-21T02:00:00Z", removed: 0, tables: 15, failed: [] };
  expect(outcome(run)).toBe("Nothing was due.");
  expect(outcome({ ...run, removed: 1 })).toBe("1 row removed.");
  expect(outcome({ ...run, removed: 1200 })).toBe("1,200 rows removed.");
  expect(outcome({ ...run, failed: ["web_idempotencyrecord"] })).toBe("Nothing was removed.");
  expect(outcome({ ...run, finished_at: null })).toContain("interrupted");
});

test("a period is said as people say it", () => {
  expect(period({ how: "delete", days: 1, by: "" })).toBe("1 day");
  expect(period({ how: "delete_sealed", days: 3650, by: "" })).toBe("3,650 days");
  expect(period({ how: "keep", days: null, by: "" })).toBe("For good");
  expect(period({ how: "follow", days: null, by: "users_user" })).toBe("As long as users_user");
});
