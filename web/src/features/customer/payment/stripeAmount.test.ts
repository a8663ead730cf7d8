import { expect, test } from "vitest";
import { wireAmount } from "./stripeAmount";

test.each([
  ["USD", 1050, 1050],
  ["JPY", 101, 101],
  ["KWD", 5120, 5120],
  ["ISK", 500, 50000],
  ["MGA", 50000, 500],
])("%s: %d of our units are %d of Stripe's", (currency, ours, theirs) => {
  expect(wireAmount({ amount: ours, currency })).toBe(theirs);
});
