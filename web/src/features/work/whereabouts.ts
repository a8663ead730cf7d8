import { t } from "@jobsphere/domain/text";

/** Where a contractor is, as the socket tells their customer. Nothing of it is kept, here as there. */

export interface Place {
  latitude: number;
  longitude: number;
  /** To a metre or so, because they are on the way; otherwise to about a kilometre. */
  exact: boolean;
  at: number;
}

/** What was said longer ago is no "now" any more. */
export const FORGOTTEN_AFTER = 120_000;

/** Read a frame: a place, null for "no longer", undefined when it is about something else or odd. */
export function readPlace(data: unknown, contractId: string): Place | null | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const { contract_id, stopped, latitude, longitude, exact, at } = data as Record<string, unknown>;
  if (contract_id !== contractId) return undefined;
  if (stopped === true) return null;
  if (typeof latitude !== "number" || typeof longitude !== "number" || typeof exact !== "boolean") return undefined;
  const moment = typeof at === "string" ? Date.parse(at) : Number.NaN;
  return Number.isNaN(moment) ? undefined : { latitude, longitude, exact, at: moment };
}

export function mapLink({ latitude, longitude, exact }: Place): string {
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=${exact ? 16 : 13}/${latitude}/${longitude}`;
}

export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 10) return t("just now");
  return seconds < 60 ? t("{seconds, plural, one {# second} other {# seconds}} ago", { seconds }) : t("a minute ago");
}
