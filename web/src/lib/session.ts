/** Who is signed in on this device. The access token lives in memory only; the refresh token renews it. */

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
  refresh_token: string;
}

const KEY = "jobsphere.refresh";

let access = "";
let refreshing: Promise<boolean> | undefined;
let listeners: (() => void)[] = [];

function stored(): string {
  return localStorage.getItem(KEY) ?? "";
}

export function accessToken(): string {
  return access;
}

/** True when there is a session to resume or use. */
export function isSignedIn(): boolean {
  return access !== "" || stored() !== "";
}

export function keepTokens(tokens: Tokens): void {
  access = tokens.access_token;
  localStorage.setItem(KEY, tokens.refresh_token);
  for (const listener of listeners) listener();
}

export function forgetTokens(): void {
  access = "";
  localStorage.removeItem(KEY);
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
  // Another tab may have renewed meanwhile: a lock over all tabs, and the token is read inside of it.
  const run = async (): Promise<boolean> => {
    const token = stored();
    if (!token) return false;
    const answer = await fetch("/api/auth/refresh/", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ refresh_token: token }),
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
