import { expect, test } from "vitest";
import { checkPolicy, NOTHING } from "./draft";
import { feesWords, partWord, readShare, scopeWord } from "./words";

test("a share is read as it is typed, in either language, and never rounded", () => {
  expect(["12.5", "12,5", "0", "100", " 7.25 ", "8.05"].map(readShare)).toEqual([1_250, 1_250, 0, 10_000, 725, 805]);
  for (const typed of ["", "ten", "12.555", "-1", "1e3", "12.5 %"]) expect(readShare(typed), typed).toBeUndefined();
});

test("a policy is sent only when it is complete, and each problem stands at its field", () => {
  const part = { share: "5", fixed: "", minimum: "", cap: "" };
  expect(Object.keys(checkPolicy(NOTHING).problems).sort()).toEqual(["/acceptance/basis_points", "/completion/basis_points", "/name"]);
  const wrong = checkPolicy({ ...NOTHING, name: "Spring", acceptance: { ...part, share: "101" }, completion: { ...part, cap: "a lot" } });
  expect([wrong.body, Object.keys(wrong.problems)]).toEqual([undefined, ["/acceptance/basis_points", "/completion/cap"]]);
  const { body, problems } = checkPolicy({ ...NOTHING, name: " Spring ", tier: " pro ", currency: "JPY", acceptance: part, completion: { ...part, fixed: "30", cap: "0" } });
  expect(problems).toEqual({});
  expect(body).toEqual({
    name: "Spring",
    category: "",
    tier: "pro",
    currency: "JPY",
    acceptance: { basis_points: 500, fixed: 0, minimum: 0, cap: null },
    completion: { basis_points: 500, fixed: 30, minimum: 0, cap: 0 },
    valid_from: null,
  });
});

test("a day begins where the operator is", () => {
  const part = { share: "5", fixed: "", minimum: "", cap: "" };
  const { body } = checkPolicy({ ...NOTHING, name: "Spring", from: "2031-05-05", acceptance: part, completion: part });
  expect(new Date(body?.valid_from ?? "").getTime()).toBe(new Date(2031, 4, 5).getTime());
});

test("fees and whom they are for read as people say it", () => {
  expect(partWord({ basis_points: 1_250, fixed: 30, minimum: 50, cap: 500 }, "USD")).toBe("12.5% and $0.30, at least $0.50, at most $5.00");
  expect(partWord({ basis_points: 0, fixed: 0, minimum: 0, cap: null }, "")).toBe("0%");
  expect(partWord({ basis_points: 100, cap: 0 }, "USD")).toBe("1%, at most $0.00");
  expect(feesWords({ acceptance: { basis_points: 500 }, completion: { basis_points: 1_500 } })).toBe("5% on acceptance · 15% when work is paid");
  expect(scopeWord({ trade: "", tier: "", currency: "" })).toBe("For all offers");
  expect(scopeWord({ trade: "Plumbers", tier: "pro", currency: "USD" })).toBe("Only for tier pro, Plumbers and USD");
});
