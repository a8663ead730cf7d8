import { expect, test } from "vitest";
import { asProblem, Problem } from "@/lib/problems";

test("a known code speaks our words", () => {
  const problem = new Problem({ code: "insufficient-balance", detail: "server text" }, 409);
  expect(problem.message).toBe("There is not that much in the wallet.");
});

test("an unknown code keeps what the server says", () => {
  expect(new Problem({ code: "new-one", detail: "Not on Sundays." }, 409).message).toBe("Not on Sundays.");
});

test("no answer at all means offline, and trying again may help", () => {
  const problem = new Problem({ code: "offline" }, 0);
  expect(problem.message).toContain("offline");
  expect(problem.retryable).toBe(true);
});

test("a refusal is final until something changes, an outage and a throttle are not", () => {
  expect(new Problem({}, 400).retryable).toBe(false);
  expect(new Problem({}, 429).retryable).toBe(true);
  expect(new Problem({}, 503).retryable).toBe(true);
});

test("a field finds its sentence by its pointer", () => {
  const problem = new Problem({ errors: [{ pointer: "/booking/title", code: "blank", detail: "Say what." }] }, 400);
  expect(problem.at("/booking/title")).toBe("Say what.");
  expect(problem.at("/amount")).toBeUndefined();
});

test("any error becomes a problem, a problem stays itself", () => {
  const problem = new Problem({}, 404);
  expect(asProblem(problem)).toBe(problem);
  expect(asProblem(new Error("broken")).message).toBe("broken");
});
