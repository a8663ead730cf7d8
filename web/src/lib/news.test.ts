import type { Notification } from "@jobsphere/api-client";
import { describe, expect, it } from "vitest";
import { asNews, byDay, countOf } from "./news";

const told = (id: string, created_at: string): Notification => ({
  id,
  type: "offer.received",
  group: "offers",
  title: "You have an offer",
  body: "",
  link: "/offers/1",
  count: 1,
  metadata: {},
  read_at: null,
  created_at,
});

describe("frames of news", () => {
  it("are read with care", () => {
    const frame = { notification: { title: "Hello", body: "World", link: "/x", group: "money" }, unread: 3 };
    expect(asNews(frame)).toEqual({ title: "Hello", body: "World", link: "/x", group: "money" });
    expect(countOf(frame)).toBe(3);
    for (const odd of [null, 7, {}, { notification: null }, { notification: { title: 1 } }]) {
      expect(asNews(odd)).toBeUndefined();
      expect(countOf(odd)).toBeUndefined();
    }
  });
});

describe("days", () => {
  it("stand over what came on them", () => {
    const now = new Date(2027, 0, 2, 0, 30);
    const days = byDay([told("a", new Date(2027, 0, 2, 0, 10).toISOString()), told("b", new Date(2027, 0, 1, 23, 50).toISOString()), told("c", new Date(2027, 0, 1, 9).toISOString()), told("d", new Date(2026, 11, 24, 9).toISOString())], now);
    expect(days.map((day) => [day.label.replace(",", ""), day.items.length])).toEqual([
      ["Today", 1],
      ["Yesterday", 2],
      ["Thursday 24 December 2026", 1],
    ]);
  });
});
