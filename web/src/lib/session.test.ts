import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { accessToken, forgetTokens, isSignedIn, keepTokens, onSessionChange, renew } from "@/lib/session";

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const tokens = (name: string) => ({ access_token: `access-${name}`, refresh_token: `refresh-${name}` });

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

test("the next renewal uses the new refresh token", async () => {
  const sent: string[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
    sent.push((JSON.parse(body) as { refresh_token: string }).refresh_token);
    return answer(200, tokens(`${sent.length}`));
  });
  await renew();
  await renew();
  expect(sent).toEqual(["refresh-old", "refresh-1"]);
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
