import type { Preference } from "@jobsphere/api-client";
import { describe, expect, it } from "vitest";
import { groupsOf, summaryOf } from "./channels";

const preference = (type: string, group: Preference["group"], changes: Partial<Preference> = {}): Preference => ({
  type,
  group,
  group_label: group.toUpperCase(),
  label: type,
  required: false,
  in_app: true,
  email: true,
  push: false,
  ...changes,
});

describe("the matrix", () => {
  const items = [preference("job.new", "jobs"), preference("payout.paid", "money", { push: true }), preference("job.expired", "jobs", { email: false })];

  it("keeps types of a group together, in the order of the catalogue", () => {
    expect(groupsOf(items).map((group) => [group.label, group.items.map((item) => item.type)])).toEqual([
      ["JOBS", ["job.new", "job.expired"]],
      ["MONEY", ["payout.paid"]],
    ]);
  });

  it("says at a glance what is on", () => {
    expect(summaryOf(items)).toBe("2 of 3 by e-mail, 1 by push");
  });
});
