import { parseMoney } from "@jobsphere/domain/money";
import { readArea } from "@/lib/area";

/** What the address of the list of contractors may say. Prices as people write them: "80" or "80.50". */
export interface PeopleFilters {
  search?: string;
  category?: string;
  price_max?: string;
  rating_min?: number;
  latitude?: number;
  longitude?: number;
  radius_km?: number;
  /** On a phone the map instead of the list. */
  view?: "map";
}

const text = (value: unknown): string | undefined => {
  const known = typeof value === "number" ? String(value) : value;
  return typeof known === "string" && known !== "" ? known.slice(0, 200) : undefined;
};

const stars = (value: unknown): number | undefined => {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 1 && number <= 5 ? number : undefined;
};

/** Keep what makes sense and drop the rest: an address can be typed by anybody. */
export function readFilters(search: Record<string, unknown>): Record<string, unknown> & PeopleFilters {
  const filters = {
    search: text(search.search),
    category: text(search.category),
    price_max: text(search.price_max),
    rating_min: stars(search.rating_min),
    view: search.view === "map" ? ("map" as const) : undefined,
  };
  return { ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)), ...readArea(search) };
}

/** The same as the API wants it; a price that cannot be read is left out. */
export function toQuery({ price_max: typed, ...rest }: PeopleFilters, currency: string) {
  const { view: _, ...wanted } = rest;
  const money = typed ? parseMoney(typed, currency) : undefined;
  return { ...wanted, ...(money ? { price_max: money.amount, currency } : {}) };
}
