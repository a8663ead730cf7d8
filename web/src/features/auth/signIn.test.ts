import { expect, test } from "vitest";
import { Problem } from "@/lib/problems";
import { secondStep } from "./signIn";
import { waysHere } from "./ways";

test("the second step is read from the problem, and no other problem is one", () => {
  const asked = new Problem({ code: "mfa-required", ticket: "t1", methods: ["totp"] } as never, 401);
  expect(secondStep(asked)).toEqual({ ticket: "t1", methods: ["totp"] });
  expect(secondStep(new Problem({ code: "sign-in-failed" }, 401))).toBeUndefined();
  expect(secondStep(new Error("offline"))).toBeUndefined();
});

test("the easiest way comes first, and a browser without passkeys is not offered one", () => {
  expect(waysHere(["recovery_code", "totp", "passkey"], true)).toEqual(["passkey", "totp", "recovery_code"]);
  expect(waysHere(["recovery_code", "passkey"], false)).toEqual(["recovery_code"]);
});
