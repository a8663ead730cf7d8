import { expect, test } from "vitest";
import { methodNames } from "./methods";

test("ways of paying read as a sentence", () => {
  expect(methodNames(["card"])).toBe("card");
  expect(methodNames(["card", "bank_transfer", "mobile_money"])).toBe("card, bank transfer or mobile money");
  expect(methodNames([])).toBe("card");
  expect(methodNames(["pay_by_song"])).toBe("pay by song");
});
