import { describe, expect, it } from "vitest";
import { durationText, readMinutes } from "./duration";
import { handoverOf } from "./HandoverFields";
import { readLinks } from "./links";
import { jobSearch } from "./search";

describe("time that is typed", () => {
  it.each([
    ["1:30", 90],
    ["1h 05", 65],
    ["1.5", 90],
    ["0,25 h", 15],
    ["90 min", 90],
    ["8", 480],
  ])("reads %s", (text, minutes) => expect(readMinutes(text)).toBe(minutes));

  it.each(["", "1:75", "soon", "-1"])("does not guess at %j", (text) => expect(readMinutes(text)).toBeUndefined());

  it("is shown in hours and minutes", () => {
    expect([45, 60, 135].map(durationText)).toEqual(["45 min", "1 h", "2 h 15 min"]);
  });
});

describe("links that are handed in", () => {
  it("get https when they have no scheme", () => {
    expect(readLinks("example.com/a\nhttp://b.example")).toEqual({
      links: ["https://example.com/a", "http://b.example"],
      wrong: [],
    });
  });

  it("never carry a script", () => {
    expect(readLinks("javascript:alert(1)").links).toEqual([]);
    expect(handoverOf({ note: "done", links: "javascript:alert(1)" }).body).toBeUndefined();
  });

  it("are not needed when there is a note, but one of both is", () => {
    expect(handoverOf({ note: " done ", links: "" }).body).toEqual({ note: "done", links: [] });
    expect(handoverOf({ note: " ", links: "" }).note).toBeDefined();
  });
});

describe("the address of a search", () => {
  it("keeps what it knows and drops the rest", () => {
    expect(jobSearch({ search: "leak", budget: "300", kind: "weekly", evil: 1, mine: "true" })).toEqual({
      search: "leak",
      budget: 300,
      mine: true,
    });
    expect(jobSearch({ search: 42, budget: -3 })).toEqual({ search: "42" });
  });
});
