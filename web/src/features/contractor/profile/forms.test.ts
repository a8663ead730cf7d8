import { expect, test } from "vitest";
import { contractorFields, contractorInput } from "./forms";

const fields = { ...contractorFields(null), headline: "Joiner" };

test("what is left empty is sent as nothing, not as zero", () => {
  const { input, wrong } = contractorInput(fields);
  expect(wrong).toEqual({});
  expect(input).toMatchObject({ hourly_rate: null, fixed_from: null, radius_km: null, years_of_experience: null });
});

test("prices are read in the digits of their currency", () => {
  expect(contractorInput({ ...fields, hourly_rate: "95.5" }).input.hourly_rate).toEqual({ amount: 9_550, currency: "USD" });
  expect(contractorInput({ ...fields, hourly_rate: "95.5", currency: "JPY" }).wrong.hourly_rate).toBeDefined();
  expect(contractorInput({ ...fields, hourly_rate: "1.005", currency: "KWD" }).input.hourly_rate).toEqual({
    amount: 1_005,
    currency: "KWD",
  });
});

test("a headline is needed, numbers are whole", () => {
  const { wrong } = contractorInput({ ...fields, headline: " ", radius_km: "ten", years_of_experience: "-1" });
  expect(Object.keys(wrong).toSorted()).toEqual(["headline", "radius_km", "years_of_experience"]);
});
