/** Which of the page's queries a hint of the server makes old. Keys begin with a plural; the second part may be an id. */

import type { Query, QueryClient } from "@tanstack/react-query";
import type { Changed } from "./frames";

/** What shows a subject. Staff see things under "admin", whatever they are. */
const SHOWN_BY: Record<string, string[]> = {
  job: ["jobs"],
  proposal: ["proposals", "jobs"],
  offer: ["offers", "proposals"],
  contract: ["contracts", "offers"],
  milestone: ["contracts"],
  wallet: ["wallet", "payouts"],
  payout: ["payouts", "wallet"],
  payment: ["payments", "offers"],
  notification: ["notifications"],
  session: ["sessions"],
};

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Say whether a query shows the thing: a list of its kind, or the thing itself, but not another one of its kind. */
export function shows(key: readonly unknown[], { subject, id }: Changed): boolean {
  const [kind, second] = key;
  const kinds = SHOWN_BY[subject] ?? [`${subject}s`];
  if (!kinds.includes(String(kind))) return false;
  const isAnother = kind === kinds[0] && typeof second === "string" && ID.test(second) && second !== id;
  return id === undefined || !isAnother;
}

/** Ask again for what shows the thing; what is not on the screen is asked again when it is. */
export function invalidate(queries: QueryClient, changed: Changed): void {
  void queries.invalidateQueries({ predicate: (query: Query) => shows(query.queryKey, changed) });
}
