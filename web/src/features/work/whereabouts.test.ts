import { expect, test } from "vitest";
import { agoText, mapLink, readPlace } from "./whereabouts";

const said = { contract_id: "c", latitude: 52.52, longitude: 13.4, exact: false, at: "2026-11-21T10:00:00Z" };

test("a place is read, a stop ends it, and what is about another contract or odd is left alone", () => {
  expect(readPlace(said, "c")).toEqual({ latitude: 52.52, longitude: 13.4, exact: false, at: Date.UTC(2026, 10, 21, 10) });
  expect(readPlace({ contract_id: "c", stopped: true }, "c")).toBeNull();
  for (const odd of [{ ...said, contract_id: "d" }, { ...said, latitude: "x" }, { ...said, at: "soon" }, null, "c"]) {
    expect(readPlace(odd, "c")).toBeUndefined();
  }
});

test("a rough place is shown from further away", () => {
  expect(mapLink({ latitude: 52.52, longitude: 13.4, exact: false, at: 0 })).toContain("#map=13/52.52/13.4");
  expect(mapLink({ latitude: 52.52, longitude: 13.4, exact: true, at: 0 })).toContain("#map=16/");
});

test("how long ago it was is said in words", () => {
  expect([agoText(-50), agoText(4_000), agoText(45_000), agoText(80_000)]).toEqual(["just now", "just now", "45 seconds ago", "a minute ago"]);
});
