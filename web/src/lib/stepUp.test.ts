import { expect, test } from "vitest";
import { onStepUp, stepUp, wantsStepUp } from "./stepUp";

function problem(status: number, code: string): Response {
  return new Response(JSON.stringify({ code }), { status, headers: { "Content-Type": "application/problem+json" } });
}

test("only the problem that asks for it asks for it, and its body can still be read", async () => {
  const answer = problem(403, "reauthentication-required");
  expect(await wantsStepUp(answer)).toBe(true);
  expect(await answer.json()).toEqual({ code: "reauthentication-required" });
  expect(await wantsStepUp(problem(403, "forbidden"))).toBe(false);
  expect(await wantsStepUp(problem(401, "reauthentication-required"))).toBe(false);
  expect(await wantsStepUp(new Response("no", { status: 403 }))).toBe(false);
});

test("two requests that wait ask the person once", async () => {
  let asked = 0;
  let answer: (confirmed: boolean) => void = () => undefined;
  const leave = onStepUp(() => {
    asked += 1;
    return new Promise((resolve) => (answer = resolve));
  });
  const both = Promise.all([stepUp(), stepUp()]);
  answer(true);
  expect(await both).toEqual([true, true]);
  expect(asked).toBe(1);
  leave();
  expect(await stepUp()).toBe(false);
});
