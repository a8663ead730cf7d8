import { expect, test } from "vitest";
import { numberProblem, plainNumber } from "./BankForm";
import { barsOf } from "./chart";
import { byDate } from "./clearing";
import { withdrawProblem } from "./WithdrawForm";


const month = (name: string, amount: number) => ({ month: name, money: { amount, currency: "USD" } });
const BOX = { width: 100, height: 50, gap: 10 };

test("the best month touches the top and the others are in proportion", () => {
  const [low, best] = barsOf([month("2026-10", 5_000), month("2026-11", 10_000)], BOX);
  expect(best).toMatchObject({ y: 0, height: 50, label: "Nov", x: 55, width: 45 });
  expect(low).toMatchObject({ y: 25, height: 25, label: "Oct", x: 0 });
});

test("a month with nothing is a stub, never nothing and never upside down", () => {
  const bars = barsOf([month("2026-09", 0), month("2026-10", -400), month("2026-11", 100)], BOX);
  expect(bars.map((bar) => bar.empty)).toEqual([true, true, false]);
  expect(bars.every((bar) => bar.height > 0 && bar.y >= 0)).toBe(true);
});

test("no earnings at all draws stubs, not NaN", () => {
  const bars = barsOf([month("2026-11", 0)], BOX);
  expect(bars[0]?.height).toBe(3);
  expect(barsOf([], BOX)).toEqual([]);
});

test("a withdrawal fits into the wallet, to the cent", () => {
  const available = { amount: 16_100, currency: "USD" };
  expect(withdrawProblem("161.00", available)).toBeUndefined();
  expect(withdrawProblem("161.01", available)).toBe("There is $161.00 in the wallet.");
  expect(withdrawProblem("0", available)).toBe("The amount must be more than zero.");
  expect(withdrawProblem("", available)).toContain("Write the amount");
});

const lot = (id: string, clears_at: string, amount: number, reason: string) => ({
  id,
  clears_at,
  reason,
  amount: { amount, currency: "USD" },
  left: { amount, currency: "USD" },
  earned_at: "2026-11-21T08:00:00Z",
  level: "new",
  reason_code: "new_payee",
  about: null,
});

test("what clears on one day is one stop, the soonest first, each reason once", () => {
  const stops = byDate([
    lot("c", "2026-12-01T10:00:00Z", 300, "Staff moved it."),
    lot("a", "2026-11-28T10:00:00Z", 100, "You are new."),
    lot("b", "2026-11-28T18:00:00Z", 50, "You are new."),
  ]);
  expect(stops.map(({ day, total, reasons }) => [day, total.amount, reasons])).toEqual([
    ["2026-11-28", 150, ["You are new."]],
    ["2026-12-01", 300, ["Staff moved it."]],
  ]);
  expect(stops[0]?.at).toBe("2026-11-28T18:00:00Z");
  expect(byDate([])).toEqual([]);
});

test("an account number may be written with spaces, and nothing else in it", () => {
  expect(numberProblem("0123 456 789")).toBeUndefined();
  expect(plainNumber("gb29-nwbk 6016")).toBe("GB29NWBK6016");
  expect(numberProblem("")).toBe("Write your account number.");
  expect(numberProblem("12/34")).toContain("only digits and letters");
});
