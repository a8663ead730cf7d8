import { parseMoney } from "@jobsphere/domain/money";

/** What the address of the list of contractors may say. Prices as people write them: "80" or "80.50". */
export interface PeopleFilters {
  search?: string;
  category?: string;
  price_max?: string;
  latitude?: number;
  longitude?: number;
  radius_km?: number;
}

const text = (value: unknown): string | undefined => {
  const known = typeof value === "number" ? String(value) : value;
  return typeof known === "string" && known !== "" ? known.slice(0, 200) : undefined;
};

const within = (value: unknown, least: number, most: number): number | undefined => {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && number >= least && number <= most ? number : undefined;
};

/** Keep what makes sense and drop the rest: an address can be typed by anybody. */
export function readFilters(search: Record<string, unknown>): Record<string, unknown> & PeopleFilters {
  const latitude = within(search.latitude, -90, 90);
  const longitude = within(search.longitude, -180, 180);
  const near =
    latitude === undefined || longitude === undefined
      ? {}
      : { latitude, longitude, radius_km: within(search.radius_km, 1, 200) ?? 25 };
  const filters = { search: text(search.search), category: text(search.category), price_max: text(search.price_max) };
  return { ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)), ...near };
}

/** The same as the API wants it; a price that cannot be read is left out. */
export function toQuery({ price_max: typed, ...rest }: PeopleFilters, currency: string) {
  const money = typed ? parseMoney(typed, currency) : undefined;
  return { ...rest, ...(money ? { price_max: money.amount, currency } : {}) };
}
