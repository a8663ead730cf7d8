import { afterEach, expect, test } from "vitest";
import { keepSocialStep, takeSocialStep } from "./social";

afterEach(() => sessionStorage.clear());

test("a step is taken once, and only by the return of its own provider", () => {
  const step = { provider: "google", ticket: "t", next: "/jobs" };
  keepSocialStep(step);
  expect(takeSocialStep("google")).toEqual(step);
  expect(takeSocialStep("google")).toBeUndefined();
  keepSocialStep(step);
  expect(takeSocialStep("facebook")).toBeUndefined();
  expect(takeSocialStep("google")).toBeUndefined();
});
