import { expect, test } from "vitest";
import { challengeOf, leadingZeroBits, solve } from "./work";

test("zero bits are counted over byte borders", () => {
  expect(leadingZeroBits(new Uint8Array([0xff]))).toBe(0);
  expect(leadingZeroBits(new Uint8Array([0x01]))).toBe(7);
  expect(leadingZeroBits(new Uint8Array([0x00, 0x10]))).toBe(11);
  expect(leadingZeroBits(new Uint8Array([0x00, 0x00]))).toBe(16);
});

test("what is found solves the challenge", async () => {
  const text = await solve({ challenge: "8.1.abc.mark", bits: 8 });
  expect(text.startsWith("8.1.abc.mark:")).toBe(true);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  expect(new Uint8Array(digest)[0]).toBe(0);
});

test("only the problem that asks for work asks for it", async () => {
  const asks = { code: "work-required", challenge: "c", bits: 4, header: "X-Proof-Of-Work" };
  expect(await challengeOf(new Response(JSON.stringify(asks), { status: 428 }))).toMatchObject({ bits: 4 });
  expect(await challengeOf(new Response(JSON.stringify(asks), { status: 400 }))).toBeUndefined();
  expect(await challengeOf(new Response("{}", { status: 428 }))).toBeUndefined();
});
