import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { accessToken, forgetTokens, isSignedIn, keepTokens, onSessionChange, renew } from "@/lib/session";

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const tokens = (name: string) => ({ access_token: `access-${name}` });

beforeEach(() => keepTokens(tokens("old")));
afterEach(() => {
  forgetTokens();
  vi.unstubAllGlobals();
});

test("many callers at once share one renewal, because a refresh token works once", async () => {
  const network = vi.fn(async () => answer(200, tokens("new")));
  vi.stubGlobal("fetch", network);
  expect(await Promise.all([renew(), renew(), renew()])).toEqual([true, true, true]);
  expect(network).toHaveBeenCalledTimes(1);
  expect(accessToken()).toBe("access-new");
});

test("the refresh token is the cookie's: a renewal sends none, and says that it comes from our own page", async () => {
  const sent: RequestInit[] = [];
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    sent.push(init);
    return answer(200, tokens("new"));
  });
  await renew();
  expect(sent[0]?.body).toBe("{}");
  expect(sent[0]?.credentials).toBe("same-origin");
  expect(new Headers(sent[0]?.headers).get("X-Client")).toBe("web");
});

test("nothing secret is stored, and what an earlier version stored is removed", () => {
  localStorage.setItem("jobsphere.refresh", "refresh-old");
  keepTokens(tokens("new"));
  expect({ ...localStorage }).toEqual({ "jobsphere.signed-in": "yes" });
  forgetTokens();
  expect(localStorage.length).toBe(0);
});

test("a refused renewal signs out and tells who listens", async () => {
  const listener = vi.fn();
  const stop = onSessionChange(listener);
  vi.stubGlobal("fetch", async () => answer(401, {}));
  expect(await renew()).toBe(false);
  expect(isSignedIn()).toBe(false);
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
});

test("an outage does not sign out", async () => {
  vi.stubGlobal("fetch", async () => answer(503, {}));
  expect(await renew()).toBe(false);
  expect(isSignedIn()).toBe(true);
});

test("without a session nothing is asked", async () => {
  forgetTokens();
  const network = vi.fn();
  vi.stubGlobal("fetch", network);
  expect(await renew()).toBe(false);
  expect(network).not.toHaveBeenCalled();
});
