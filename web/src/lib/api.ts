/** The generated client with our session: a token on each request, one renewal on 401, problems as exceptions. */

import { client } from "@jobsphere/api-client/client";
import { Problem } from "@/lib/problems";
import { accessToken, isSignedIn, renew } from "@/lib/session";

async function authorized(request: Request): Promise<Response> {
  if (!accessToken() && isSignedIn() && !request.url.includes("/api/auth/login")) await renew();
  const again = request.clone();
  const first = await send(request);
  if (first.status !== 401 || !isSignedIn() || !(await renew())) return first;
  return send(again);
}

async function send(request: Request): Promise<Response> {
  const token = accessToken();
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
