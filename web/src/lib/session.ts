/**
 * Who is signed in on this device. The access token lives in memory only; the refresh token that renews it is in a
 * cookie that no script can read. What is stored here says only that there is a session to resume.
 */

export interface Account {
  id: string;
  name: string;
  email: string;
  roles: string[];
  rights: string[];
  email_verified: boolean;
}

interface Tokens {
  access_token: string;
}

const KEY = "jobsphere.signed-in";
/** Where an earlier version kept the refresh token itself. */
const OLD_KEY = "jobsphere.refresh";

let access = "";
let refreshing: Promise<boolean> | undefined;
let listeners: (() => void)[] = [];

export function accessToken(): string {
  return access;
}

/** True when there is a session to resume or use. */
export function isSignedIn(): boolean {
  return access !== "" || localStorage.getItem(KEY) !== null;
}

export function keepTokens(tokens: Tokens): void {
  access = tokens.access_token;
  localStorage.setItem(KEY, "yes");
  localStorage.removeItem(OLD_KEY);
  for (const listener of listeners) listener();
}

export function forgetTokens(): void {
  access = "";
  localStorage.removeItem(KEY);
  localStorage.removeItem(OLD_KEY);
  for (const listener of listeners) listener();
}

export function onSessionChange(listener: () => void): () => void {
  listeners = [...listeners, listener];
  return () => {
    listeners = listeners.filter((each) => each !== listener);
  };
}

/** Get a new access token; many callers at once share one request, because a refresh token works once. */
export function renew(): Promise<boolean> {
  refreshing ??= renewOnce().finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

async function renewOnce(): Promise<boolean> {
  // One tab at a time, so that the tabs do not race for the cookie.
  const run = async (): Promise<boolean> => {
    if (!isSignedIn()) return false;
    // The header is what no other site's form can send; without it the server does not look at the cookie.
    const answer = await fetch("/api/auth/refresh/", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Client": "web" },
      body: "{}",
    });
    if (answer.ok) {
      keepTokens((await answer.json()) as Tokens);
      return true;
    }
    if (answer.status === 400 || answer.status === 401) forgetTokens();
    return false;
  };
  return "locks" in navigator ? await navigator.locks.request("jobsphere.refresh", run) : await run();
}
