import { expect, test } from "vitest";
import { exportStep, sizeWord } from "./exportStep";
import { placeOf } from "./places";

test("an export is on its way, ready, failed or gone", () => {
  expect(["queued", "building", "ready", "failed", "expired"].map((status) => exportStep({ status }))).toEqual([
    "building",
    "building",
    "ready",
    "failed",
    "gone",
  ]);
});

test("sizes are read at a glance", () => {
  expect([0, 840, 8_400, 2_340_000].map(sizeWord)).toEqual(["0 bytes", "840 bytes", "8 kB", "2.3 MB"]);
});

test("an obstacle leads where it can be cleared; one that this version does not know leads nowhere", () => {
  expect(placeOf("open-contracts")?.to).toBe("/contracts");
  expect(placeOf("something-new")).toBeUndefined();
});
