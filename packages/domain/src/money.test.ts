import { expect, test } from "vitest";
import { add, decimalText, formatMoney, minorDigits, parseMoney, typedText } from "./money";

test("each currency has its own number of digits", () => {
  expect([minorDigits("USD"), minorDigits("JPY"), minorDigits("KWD")]).toEqual([2, 0, 3]);
});

test("a code that is still being typed breaks no form", () => {
  expect(["", "E", "EU"].map(minorDigits)).toEqual([2, 2, 2]);
  expect(parseMoney("1.50", "EU")).toEqual({ amount: 150, currency: "EU" });
});

test("money is formatted exactly, also beyond what a float can hold", () => {
  expect(formatMoney({ amount: 120_050, currency: "USD" })).toBe("$1,200.50");
  expect(formatMoney({ amount: 1_200, currency: "JPY" })).toBe("¥1,200");
  expect(formatMoney({ amount: 1_005, currency: "KWD" })).toMatch(/^KWD\s1\.005$/);
  expect(formatMoney({ amount: 9_007_199_254_740_991, currency: "USD" })).toBe("$90,071,992,547,409.91");
  expect(formatMoney({ amount: -5, currency: "USD" })).toBe("-$0.05");
});

test("short drops the zeros of whole amounts only", () => {
  expect(formatMoney({ amount: 90_000, currency: "USD" }, { short: true })).toBe("$900");
  expect(formatMoney({ amount: 90_050, currency: "USD" }, { short: true })).toBe("$900.50");
});

test("what people type is read in the digits of the currency", () => {
  expect(parseMoney("1,200.5", "USD")).toEqual({ amount: 120_050, currency: "USD" });
  expect(parseMoney("1200", "JPY")).toEqual({ amount: 1_200, currency: "JPY" });
  expect(parseMoney("1.005", "KWD")).toEqual({ amount: 1_005, currency: "KWD" });
});

test("what is no amount of the currency is refused, never rounded", () => {
  for (const text of ["", "abc", "1.005", "-3", "1.2.3", "99999999999999999"]) expect(parseMoney(text, "USD")).toBeUndefined();
  expect(parseMoney("1.5", "JPY")).toBeUndefined();
});

test("text and money go round without a loss", () => {
  for (const money of [
    { amount: 7, currency: "USD" },
    { amount: 120_050, currency: "USD" },
    { amount: 15, currency: "KWD" },
    { amount: 500, currency: "JPY" },
  ]) {
    expect(parseMoney(decimalText(money), money.currency)).toEqual(money);
  }
});

test("currencies never mix", () => {
  expect(() => add({ amount: 1, currency: "USD" }, { amount: 1, currency: "JPY" })).toThrow("never mix");
});

test("a German types a comma, and no sign is guessed at", () => {
  const german = (text: string, currency = "USD") => parseMoney(text, currency, "de")?.amount;
  expect([german("1.200,50"), german("1200,5"), german("12,50"), german("12.50"), german("1.200")]).toEqual([120_050, 120_050, 1_250, 1_250, 120_000]);
  for (const text of ["1,200.50", "1,200,000", "1.20.000", "12.5000"]) expect(german(text), text).toBeUndefined();
  for (const text of ["12,50", "1,20", "1.200,50", "1,2000"]) expect(parseMoney(text, "USD", "en"), text).toBeUndefined();
  for (const money of [{ amount: 120_050, currency: "USD" }, { amount: 1_005, currency: "KWD" }, { amount: 500, currency: "JPY" }]) {
    expect(parseMoney(typedText(money, "de"), money.currency, "de")).toEqual(money);
  }
});
