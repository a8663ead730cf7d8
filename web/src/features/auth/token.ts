import { useState } from "react";

/** Take the token out of the address (`#token=…`; letters of before wrote `?token=…`) and out of the browser's history with it. */
export function useToken(): string {
  const [token] = useState(() => {
    const { hash, search } = globalThis.location;
    return new URLSearchParams(hash.slice(1)).get("token") ?? new URLSearchParams(search).get("token") ?? "";
  });
  if (token && (globalThis.location.hash || globalThis.location.search)) history.replaceState(history.state, "", globalThis.location.pathname);
  return token;
}
