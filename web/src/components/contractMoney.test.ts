import { describe, expect, it } from "vitest";
import { type ContractMoney, moneyCaption, moneyParts } from "./contractMoney";

const usd = (amount: number) => ({ amount, currency: "USD" });
const fees = (platform: number, service: number, payout: number) => ({
  platform_fee: usd(platform),
  service_fee: usd(service),
  payout: usd(payout),
});
const sum = (money: ContractMoney) => moneyParts(money).reduce((total, part) => total + part.money.amount, 0);

/** $1,000 in two parts, the first ($400) released, as the API tells it to the customer. */
const seenByCustomer: ContractMoney = {
  funded: usd(100_000),
  protected: usd(60_000),
  released: usd(40_000),
  refunded: usd(0),
  kept_fee: usd(0),
  fees: null,
  expected: null,
};
/** The same, as it is told to the contractor. */
const seenByContractor: ContractMoney = {
  ...seenByCustomer,
  fees: fees(4_000, 8_000, 28_000),
  expected: fees(6_000, 12_000, 42_000),
};

describe("the parts of a contract's MoneyBar", () => {
  it("show the customer what is protected and released, and no fees", () => {
    const parts = moneyParts(seenByCustomer);
    expect(parts.find((part) => part.tone === "protected")?.money.amount).toBe(60_000);
    expect(parts.find((part) => part.tone === "fees")?.money.amount).toBe(0);
    expect(sum(seenByCustomer)).toBe(100_000);
  });

  it("show the contractor what is theirs and what the fees are", () => {
    const parts = moneyParts(seenByContractor);
    expect(parts.map((part) => part.money.amount)).toEqual([42_000, 28_000, 30_000, 0]);
    expect(sum(seenByContractor)).toBe(100_000);
  });

  it("fall back to the plain parts rather than draw a bar that does not add up", () => {
    const odd = { ...seenByContractor, fees: fees(1, 1, 1) };
    expect(sum(odd)).toBe(100_000);
    expect(moneyParts(odd).some((part) => part.label === "protected")).toBe(true);
  });

  it("caption says how much is still protected", () => {
    expect(moneyCaption(seenByCustomer)).toBe("$1,000.00 paid in, $600.00 still protected");
    expect(moneyCaption({ ...seenByCustomer, protected: usd(100_000), released: usd(0) })).toContain("all of it protected");
    expect(moneyCaption({ ...seenByCustomer, protected: usd(0), released: usd(100_000) })).toContain("nothing left");
  });
});
