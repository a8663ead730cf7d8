import { describe, expect, it } from "vitest";
import { checkMilestones } from "./milestones";

const price = { amount: 100_000, currency: "USD" };

describe("the milestones of a price", () => {
  it("may be none: the whole job is one payment", () => {
    expect(checkMilestones([], price).planned).toEqual([]);
  });

  it("are planned when they add up to the cent", () => {
    const check = checkMilestones([{ title: "First ", amount: "333.33" }, { title: "Rest", amount: "666.67" }], price);
    expect(check.planned).toEqual([
      { title: "First", amount: { amount: 33_333, currency: "USD" } },
      { title: "Rest", amount: { amount: 66_667, currency: "USD" } },
    ]);
    expect(check.sum).toBeUndefined();
  });

  it("say how much is missing, and do not plan", () => {
    const check = checkMilestones([{ title: "First", amount: "999.99" }], price);
    expect(check.planned).toBeUndefined();
    expect(check.rest.amount).toBe(1);
    expect(check.sum).toContain("$0.01 of $1,000.00");
  });

  it("say how much is too much", () => {
    const check = checkMilestones([{ title: "First", amount: "1,000.50" }], price);
    expect(check.planned).toBeUndefined();
    expect(check.sum).toContain("$0.50 more than $1,000.00");
  });

  it("name the row without a title or a readable amount, even when the sum is right", () => {
    const check = checkMilestones([{ title: " ", amount: "1000" }, { title: "x", amount: "0" }], price);
    expect(check.planned).toBeUndefined();
    expect(check.rows[0]?.title).toBeDefined();
    expect(check.rows[1]?.amount).toBe("The amount must be more than zero.");
  });
});
