import { describe, expect, it } from "vitest";
import { hoursText } from "./Figures";
import { dueText } from "./words";

const NOW = Date.parse("2026-11-21T12:00:00Z");

describe("how long there is to answer", () => {
  it("is told in hours, then in days", () => {
    expect(dueText("2026-11-21T15:00:00Z", NOW)).toEqual({ text: "in 3 h", late: false });
    expect(dueText("2026-11-25T12:00:00Z", NOW)).toEqual({ text: "in 4 days", late: false });
  });
  it("says when it is late", () => {
    expect(dueText("2026-11-21T09:00:00Z", NOW)).toEqual({ text: "3 h late", late: true });
    expect(dueText("2026-11-18T12:00:00Z", NOW)).toEqual({ text: "3 days late", late: true });
  });
});

describe("how long decisions take", () => {
  it("is short for short spans, and a dash for none", () => {
    expect([null, 0, 5, 47, 72].map(hoursText)).toEqual(["–", "under 1 h", "5 h", "47 h", "3 days"]);
  });
});
