import { expect, test } from "vitest";
import { waitUntil, waitWord } from "./waiting";

test("a wait is told in the largest unit that is still honest, and never as too short", () => {
  expect([0, 1, 40, 89, 90, 899, 5399, 5400, 86_400].map(waitWord)).toEqual([
    "1 second",
    "1 second",
    "40 seconds",
    "89 seconds",
    "2 minutes",
    "15 minutes",
    "90 minutes",
    "2 hours",
    "24 hours",
  ]);
});

test("the end of a wait is a time of the clock", () => {
  const noon = new Date(2026, 0, 1, 12, 0, 0).getTime();
  expect(waitUntil(300, noon)).toMatch(/12:05/);
});
