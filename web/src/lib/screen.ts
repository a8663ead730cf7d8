import type { lazyRouteComponent } from "@tanstack/react-router";

/** A screen as a feature declares it in its `routes.ts`; `app/router.tsx` puts all of them together. */
export interface Screen {
  path: string;
  component: ReturnType<typeof lazyRouteComponent>;
  /** Visitors are sent to the sign-in and come back afterwards. */
  signedIn?: boolean;
  /** What the query string may say; anything else is dropped. */
  search?: (search: Record<string, unknown>) => Record<string, unknown>;
}

/** Keep a path of our own from the query string: a link must never send a person elsewhere after signing in. */
export function nextPage(search: Record<string, unknown>): { next?: string } {
  const next = search.next;
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
}
