import { expect, test } from "vitest";
import { cursorOf, everyRow } from "@/lib/pages";

test("the cursor is read from an address with or without a host", () => {
  expect(cursorOf("http://localhost/api/jobs/?cursor=abc&page_size=4")).toBe("abc");
  expect(cursorOf("/api/jobs/?cursor=a%2Bc")).toBe("a+c");
  expect(cursorOf(null)).toBeUndefined();
});

test("every row of every page, in order", async () => {
  const pages: Record<string, { next: string | null; results: number[] }> = {
    first: { next: "/x?cursor=second", results: [1, 2] },
    second: { next: null, results: [3] },
  };
  expect(await everyRow(async (cursor) => pages[cursor ?? "first"] ?? { next: null, results: [] })).toEqual([1, 2, 3]);
});

test("a list without end stops at the limit", async () => {
  const rows = await everyRow(async () => ({ next: "/x?cursor=again", results: [1] }), 3);
  expect(rows).toEqual([1, 1, 1]);
});
