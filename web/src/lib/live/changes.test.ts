import { expect, test } from "vitest";
import { shows } from "./changes";

const one = "01932c07-1111-7000-8000-000000000001";
const other = "01932c07-1111-7000-8000-000000000002";

test("a hint makes the thing itself and every list of its kind old, and no other thing of its kind", () => {
  const changed = { subject: "contract", id: one };
  expect(shows(["contracts", one], changed)).toBe(true);
  expect(shows(["contracts", one, "deliverables"], changed)).toBe(true);
  expect(shows(["contracts", "customer", "active"], changed)).toBe(true);
  expect(shows(["contracts", other], changed)).toBe(false);
  expect(shows(["jobs", one], changed)).toBe(false);
  expect(shows(["wallet"], changed)).toBe(false);
});

test("where a thing shows on another's page, that page is asked again whatever its id", () => {
  expect(shows(["jobs", other], { subject: "proposal", id: one })).toBe(true);
  expect(shows(["offers", other], { subject: "payment", id: one })).toBe(true);
});

test("a hint without an id is about all of its kind, and an unknown subject about its own plural", () => {
  expect(shows(["payouts", "balance"], { subject: "wallet" })).toBe(true);
  expect(shows(["contracts", one], { subject: "contract" })).toBe(true);
  expect(shows(["disputes", one], { subject: "dispute", id: one })).toBe(true);
  expect(shows(["disputes", other], { subject: "dispute", id: one })).toBe(false);
});
