import type { Paper } from "@jobsphere/api-client";
import { expect, test } from "vitest";
import { currentPaper, standing } from "./papers";

function paper(change: Partial<Paper>): Paper {
  const base = { id: "1", kind: "licence", status: "approved", number: "", issuer: "", expires_on: null, reason: "" };
  return { ...base, files: [], created_at: "2026-01-01T00:00:00Z", decided_at: null, allowed_actions: [], ...change } as Paper;
}

const NOON = new Date("2026-06-01T12:00:00").getTime();

test("what needs the contractor comes before what waits, and that before what is good; withdrawn ones never", () => {
  const approved = paper({ id: "a" });
  const waiting = paper({ id: "w", status: "submitted" });
  const asked = paper({ id: "m", status: "more_needed" });
  const gone = paper({ id: "x", status: "withdrawn" });
  expect(currentPaper([gone, approved, waiting, asked], "licence")?.id).toBe("m");
  expect(currentPaper([gone, approved, waiting], "licence")?.id).toBe("w");
  expect(currentPaper([gone, approved], "licence")?.id).toBe("a");
  expect(currentPaper([gone], "licence")).toBeUndefined();
  expect(currentPaper([approved], "identity")).toBeUndefined();
});

test("a paper is good to the end of its last day, and a month before it is said", () => {
  expect(standing(undefined)).toEqual({ state: "none" });
  expect(standing(paper({}), NOON)).toEqual({ state: "good" });
  expect(standing(paper({ expires_on: "2026-06-01" }), NOON)).toEqual({ state: "ending", days: 1 });
  expect(standing(paper({ expires_on: "2026-05-31" }), NOON)).toEqual({ state: "ended" });
  expect(standing(paper({ expires_on: "2027-06-01" }), NOON).state).toBe("good");
  expect(standing(paper({ status: "lapsed", expires_on: "2027-06-01" }), NOON)).toEqual({ state: "ended" });
});
