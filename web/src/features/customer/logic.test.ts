import type { Offer, Payment, Proposal } from "@jobsphere/api-client";
import { describe, expect, it } from "vitest";
import { bodyOf, EMPTY_JOB, fieldOf, firstStepWith, problemsOf } from "./jobDraft";
import { checkOffer, draftOf } from "./offerDraft";
import { waitingFor } from "./offerState";
import { byMonth } from "./spending";

const TODAY = "2026-11-21";
const whole = { ...EMPTY_JOB, title: "Tap", description: "Drips", category: "plumbers", min: "90" };

describe("a job that is written", () => {
  it("can be published with a title, a description, a trade and one amount", () => {
    expect(problemsOf(whole, TODAY)).toEqual({});
    expect(bodyOf(whole).budget).toEqual({
      kind: "fixed",
      min: { amount: 9_000, currency: "USD" },
      max: { amount: 9_000, currency: "USD" },
    });
  });

  it("leads to the first step that lacks something", () => {
    expect(firstStepWith(problemsOf({ ...whole, category: "", min: "" }, TODAY))).toBe(1);
    expect(firstStepWith(problemsOf({ ...whole, max: "50" }, TODAY))).toBe(2);
    expect(firstStepWith(problemsOf(whole, TODAY))).toBeUndefined();
  });

  it("refuses days that have passed or come in the wrong order", () => {
    expect(problemsOf({ ...whole, due: "2026-11-20" }, TODAY).due).toBeDefined();
    expect(problemsOf({ ...whole, starts: "2026-12-02", due: "2026-12-01" }, TODAY).due).toContain("before the start");
  });

  it("may be an incomplete draft", () => {
    expect(bodyOf({ ...EMPTY_JOB, title: "Tap" }).budget).toBeNull();
  });

  it("finds its field for the server's pointers", () => {
    expect(["/budget/max/amount", "/budget/min/amount", "/due_on", "/elsewhere"].map(fieldOf)).toEqual([
      "max",
      "min",
      "due",
      undefined,
    ]);
  });
});

const proposal = {
  id: "p",
  price: { amount: 100_000, currency: "USD" },
  price_kind: "fixed",
  milestones: [
    { title: "Half", amount: { amount: 50_000, currency: "USD" } },
    { title: "Rest", amount: { amount: 50_000, currency: "USD" } },
  ],
} as Proposal;

describe("an offer that is written", () => {
  it("begins with what was proposed", () => {
    expect(checkOffer(draftOf(proposal), proposal).body?.milestones).toHaveLength(2);
  });

  it("is not sent when another amount no longer fits the milestones", () => {
    const check = checkOffer({ ...draftOf(proposal), amount: "900" }, proposal);
    expect(check.body).toBeUndefined();
    expect(check.plan?.sum).toBeDefined();
  });

  it("caps expenses only when an amount is written, and is not sent while it cannot be read", () => {
    const capped = (expenseCap: string) => checkOffer({ ...draftOf(proposal), expenseCap }, proposal);
    expect(capped("50").body?.expense_cap).toEqual({ amount: 5_000, currency: "USD" });
    expect(capped(" ").body).not.toHaveProperty("expense_cap");
    expect(capped("a lot")).toMatchObject({ capProblem: expect.any(String) });
    expect(capped("a lot").body).toBeUndefined();
  });

  it("takes the rate and asks for the most hours of a week when an hourly rate was proposed", () => {
    const hourly = { ...proposal, price_kind: "hourly" } as Proposal;
    const check = checkOffer(draftOf(hourly), hourly);
    expect(check.amount).toEqual({ amount: 100_000, currency: "USD" });
    expect(check).toMatchObject({ hoursProblem: "Say how many hours a week you pay at most, 1 to 168." });
  });
});

describe("what an offer waits for", () => {
  const offer = (status: string, payment: object | null) => ({ status, payment }) as unknown as Offer;

  it("is the bank's page, a card, or an answer that nobody has yet", () => {
    expect(waitingFor(offer("awaiting_payment", { action: { url: "/sandbox/3ds/pi" } }))).toBe("challenge");
    expect(waitingFor(offer("awaiting_payment", { action: { url: "" } }))).toBe("card");
    expect(waitingFor(offer("awaiting_payment", { action: null }))).toBe("bank");
    expect(waitingFor(offer("accepting", null))).toBe("bank");
    expect(waitingFor(offer("pending", { action: null }))).toBe("none");
  });
});

describe("spending by month", () => {
  const paid = (created_at: string, captured: number, refunded = 0, currency = "USD") =>
    ({
      created_at,
      amount: { amount: captured, currency },
      captured: { amount: captured, currency },
      refunded: { amount: refunded, currency },
    }) as Payment;

  it("adds what was taken less what came back, over the turn of a year", () => {
    const now = new Date("2027-01-15T12:00:00Z");
    const months = byMonth(
      [paid("2027-01-02T00:00:00Z", 500), paid("2026-12-31T23:59:59Z", 900, 400), paid("2026-12-01T00:00:00Z", 7, 0, "EUR")],
      "USD",
      now,
      3,
    );
    expect(months.map((month) => [month.label, month.spent.amount])).toEqual([
      ["Nov", 0],
      ["Dec", 500],
      ["Jan 2027", 500],
    ]);
  });
});

describe("what a trade asks", () => {
  it("becomes lines of the description, for this trade only and without empty ones", () => {
    const answers = { water: " Yes ", since: "", panel: "Old" };
    expect(bodyOf({ ...whole, answers }).description).toBe("Drips\n\nIs the water off? Yes");
    expect(bodyOf({ ...whole, category: "legal", answers }).description).toBe("Drips");
    expect(bodyOf({ ...whole, answers: undefined }).description).toBe("Drips");
  });
});
