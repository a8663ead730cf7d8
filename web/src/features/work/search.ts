/** What the query strings of this feature's screens may say; a link that was shared shows the same list again. */

import { readArea } from "@/lib/area";

export interface JobSearch {
  search?: string;
  category?: string;
  /** Whole units of the currency, as people say it: at least this much. */
  budget?: number;
  kind?: "fixed" | "hourly";
  /** Only my own jobs, of every status. */
  mine?: true;
  /** Around here, as "search this area" on the map says. */
  latitude?: number;
  longitude?: number;
  radius_km?: number;
  /** On a phone the map instead of the list. */
  view?: "map";
}

export interface ContractSearch {
  status?: "active" | "completed" | "cancelled";
}

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value);
}

/** Keep what is set, so that the address stays short. */
function filled<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}

export function jobSearch(search: Record<string, unknown>): Record<string, unknown> & JobSearch {
  const budget = Number(search.budget);
  return filled({
    search: text(search.search),
    category: text(search.category),
    budget: Number.isSafeInteger(budget) && budget > 0 && budget <= 10_000_000 ? budget : undefined,
    kind: oneOf(search.kind, ["fixed", "hourly"] as const),
    mine: search.mine === true || search.mine === "true" ? (true as const) : undefined,
    view: oneOf(search.view, ["map"] as const),
    ...readArea(search),
  });
}

export function contractSearch(search: Record<string, unknown>): Record<string, unknown> & ContractSearch {
  return filled({ status: oneOf(search.status, ["active", "completed", "cancelled"] as const) });
}
