import type { Restriction } from "@jobsphere/api-client";
import { describe, expect, it } from "vitest";
import { actsText, effectText, measureTitle, reportState, untilText } from "./words";

const held: Restriction = { id: "r", status: "active", acts: ["messaging"], suspends: false, until: null, ended_at: null };

describe("what a restricted person reads", () => {
  it("names each act once", () => {
    expect(actsText(["messaging"])).toBe("write messages");
    expect(actsText(["posting", "messaging"])).toBe("post jobs, make offers or book; and write messages");
  });
  it("says cannot while it holds, and could not afterwards", () => {
    expect(effectText(held)).toMatch(/^You cannot write messages\./);
    expect(effectText({ ...held, suspends: true })).toMatch(/^You cannot sign in\./);
    expect(effectText({ ...held, status: "lifted" })).toMatch(/^You could not write messages\./);
  });
  it("says until when", () => {
    expect(untilText(held)).toBe("Until staff lift it");
    expect(untilText({ ...held, until: "2026-11-28T11:06:00Z" })).toMatch(/^Until Nov 28/);
    expect(untilText({ ...held, status: "expired", ended_at: "2026-11-28T11:06:00Z" })).toMatch(/^Over since Nov 28/);
  });
  it("puts in the past what holds no more", () => {
    expect(measureTitle({ measure: "restrict", restriction: held, appeal: null })).toBe("Your account is restricted");
    expect(measureTitle({ measure: "restrict", restriction: { ...held, status: "lifted" }, appeal: null })).toBe("Your account was restricted");
    expect(measureTitle({ measure: "warn", restriction: null, appeal: null })).toBe("You have a warning");
  });
  it("tells a reporter whether something was done, never what", () => {
    expect([null, true, false].map((acted) => reportState(acted).text)).toEqual([
      "Somebody looks at it",
      "We have acted on it",
      "No breach of our rules found",
    ]);
  });
});
