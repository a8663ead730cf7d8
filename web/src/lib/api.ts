/** The generated client with our session: a token on each request, one renewal on 401, step-up, problems as exceptions. */

import { client } from "@jobsphere/api-client/client";
import { language } from "@jobsphere/domain/text";
import { Problem } from "@/lib/problems";
import { accessToken, isSignedIn, renew } from "@/lib/session";
import { stepUp, wantsStepUp } from "@/lib/stepUp";
import { challengeOf, solve } from "@/lib/work";

async function authorized(request: Request): Promise<Response> {
  if (!accessToken() && isSignedIn() && !request.url.includes("/api/auth/login")) await renew();
  let answer = await send(request.clone());
  if (answer.status === 401 && isSignedIn() && (await renew())) answer = await send(request.clone());
  const work = await challengeOf(answer);
  if (work) {
    const solved = request.clone();
    solved.headers.set(work.header, await solve(work));
    answer = await send(solved);
  }
  if ((await wantsStepUp(answer)) && (await stepUp())) answer = await send(request);
  return answer;
}

async function send(request: Request): Promise<Response> {
  const token = accessToken();
  request.headers.set("X-Client", "web");
  // What the server writes for this page, and to who signs up on it, is in the page's language.
  request.headers.set("Accept-Language", language());
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch {
    throw new Problem({ code: "offline" }, 0);
  }
}

client.setConfig({
  baseUrl: globalThis.location.origin,
  fetch: ((input: RequestInfo | URL, init?: RequestInit) => authorized(new Request(input, init))) as typeof fetch,
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response?: Response;
}

/** Wait for a call of the client and return its data, or throw the Problem that the server told. */
export async function ask<Data>(call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call;
  if (error instanceof Problem) throw error;
  if (!response?.ok) throw new Problem(typeof error === "object" && error ? error : {}, response?.status ?? 0);
  return (data ?? {}) as NonNullable<Data>;
}

/** A header for one intention that moves money; keep it while the person retries, make a new one afterwards. */
export function newKey(): string {
  return crypto.randomUUID();
}

export function withKey(key: string): { "Idempotency-Key": string } {
  return { "Idempotency-Key": key };
}
