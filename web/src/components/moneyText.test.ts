import { describe, expect, it } from "vitest";
import { readMoney } from "./moneyText";

const amountOf = (text: string, currency = "USD") => readMoney(text, currency).money?.amount;

describe("an amount that is typed", () => {
  it("is read as people write it", () => {
    expect(amountOf("1,200.50")).toBe(120_050);
    expect(amountOf(" $40 ")).toBe(4_000);
    expect(amountOf("0.1")).toBe(10);
    expect(amountOf("¥500", "JPY")).toBe(500);
  });

  it("never goes through a float", () => {
    expect(amountOf("4611686018427.13")).toBe(461_168_601_842_713);
  });

  it("says what is wrong instead of guessing", () => {
    expect(readMoney("", "USD", "price").problem).toBe("Write the price, for example 250.");
    expect(readMoney("12.345", "USD").problem).toContain("1,200.50");
    expect(readMoney("1.5", "JPY").money).toBeUndefined();
    expect(readMoney("-5", "USD").money).toBeUndefined();
    expect(readMoney("twelve", "USD").money).toBeUndefined();
    expect(readMoney("0", "USD").problem).toContain("more than zero");
  });
});
