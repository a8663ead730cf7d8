import { expect, test } from "vitest";
import { countRequests } from "./home/counts";
import { readFilters, toQuery } from "./people/filters";
import { deviceName } from "./security/deviceName";

test("requests are counted by what became of them; a cancelled one is in the total only", () => {
  expect(countRequests(["open", "in_progress", "completed", "cancelled", "expired"])).toEqual({
    total: 5,
    pending: 2,
    completed: 1,
  });
});

test("an address keeps the filters that make sense and drops the rest", () => {
  const search = { search: "oak", category: "", price_max: 80, latitude: "45.5", longitude: -122.6, evil: "x" };
  expect(readFilters(search)).toEqual({ search: "oak", price_max: "80", latitude: 45.5, longitude: -122.6, radius_km: 25 });
  expect(readFilters({ latitude: 91, longitude: 0, radius_km: 5 })).toEqual({});
});

test("a price goes to the API in minor units with its currency, or not at all", () => {
  expect(toQuery({ price_max: "80.50" }, "USD")).toEqual({ price_max: 8_050, currency: "USD" });
  expect(toQuery({ price_max: "cheap", search: "x" }, "USD")).toEqual({ search: "x" });
});

test("devices have names", () => {
  const phone = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36";
  expect(deviceName(phone)).toBe("Chrome on Android");
  expect(deviceName("curl/8.5")).toBe("curl/8.5");
  expect(deviceName("")).toBe("Unknown device");
});
