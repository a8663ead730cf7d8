import { expect, test } from "vitest";
import { EMPTY_BOOKING, readBooking } from "./booking";
import { minutesOf, priceOf, readSlot } from "./slot";

const NOW = new Date("2026-11-21T12:00:00");
const day = { day: "2026-11-30", from: "09:00", until: "11:30" };

test("a slot becomes two moments", () => {
  const { slot } = readSlot(day, NOW);
  expect(slot && minutesOf(slot)).toBe(150);
  expect(slot && new Date(slot.starts_at).getHours()).toBe(9);
});

test("an end before the beginning is the next morning", () => {
  const { slot } = readSlot({ ...day, from: "22:00", until: "01:00" }, NOW);
  expect(slot && minutesOf(slot)).toBe(180);
});

test("a time that is over, or no time at all, is refused in words", () => {
  expect(readSlot({ ...day, day: "2026-11-20" }, NOW).wrong.day).toBe("Choose a time that is still to come.");
  expect(readSlot({ ...day, until: "09:00" }, NOW).wrong.until).toBe("The end is the same as the beginning.");
  expect(readSlot({ ...day, day: "" }, NOW)).toEqual({ wrong: { day: "Choose a day." } });
});

test("the price of a time, rounded up to the minor unit", () => {
  const { slot } = readSlot({ ...day, until: "09:50" }, NOW);
  expect(slot && priceOf(slot, { amount: 9_500, currency: "USD" })).toEqual({ amount: 7_917, currency: "USD" });
  expect(slot && priceOf(slot, { amount: 3_000, currency: "JPY" })).toEqual({ amount: 2_500, currency: "JPY" });
});

test("a booking goes out whole or not at all", () => {
  const whole = { ...EMPTY_BOOKING, ...day, title: "Hang two doors", amount: "240" };
  expect(readBooking(whole, "USD", NOW).booking?.amount).toEqual({ amount: 24_000, currency: "USD" });
  const { booking, wrong } = readBooking({ ...whole, title: " ", amount: "" }, "USD", NOW);
  expect(booking).toBeUndefined();
  expect(Object.keys(wrong).toSorted()).toEqual(["amount", "title"]);
});
