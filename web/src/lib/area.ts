/** A circle on the earth in the words of the API's filters. */
export interface Area {
  latitude: number;
  longitude: number;
  radius_km: number;
}

const USUAL_KM = 25;

const within = (value: unknown, least: number, most: number): number | undefined => {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && number >= least && number <= most ? number : undefined;
};

/** Read the area that an address names: whole or not at all, because an address can be typed by anybody. */
export function readArea(search: Record<string, unknown>): Area | Record<string, never> {
  const latitude = within(search.latitude, -90, 90);
  const longitude = within(search.longitude, -180, 180);
  if (latitude === undefined || longitude === undefined) return {};
  return { latitude, longitude, radius_km: within(search.radius_km, 1, 200) ?? USUAL_KM };
}

/** The area of filters that were read, or undefined. */
export function areaIn({ latitude, longitude, radius_km }: Partial<Area>): Area | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  return { latitude, longitude, radius_km: radius_km ?? USUAL_KM };
}
