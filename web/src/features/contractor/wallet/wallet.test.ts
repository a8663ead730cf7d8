import { expect, test } from "vitest";
import { barsOf } from "./chart";
import { withdrawProblem } from "./WithdrawForm";
import { wantedThings } from "./words";

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

test("what the gateway wants is told once and in words", () => {
  const due = ["external_account", "individual.first_name", "individual.last_name", "tos_acceptance.date", "tos_acceptance.ip"];
  expect(wantedThings(due)).toEqual([
    "A bank account to pay out to",
    "Your full name",
    "Your agreement to the payment terms",
  ]);
  expect(wantedThings(["company.new_field"])).toEqual(["company new field"]);
});
