import { dayLocale, t } from "@jobsphere/domain/text";

/** Days and times in a named zone; nothing here adds milliseconds to find a day, so a change of the clocks does no harm. */

export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + zone + JSON.stringify(options);
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  formats.set(key, found);
  return found;
}

/** The local day of a moment, as YYYY-MM-DD. */
export function dayOf(moment: string | number | Date, zone: string): string {
  return format("en-CA", zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(moment));
}

/** Minutes of the local day. */
export function minuteOf(moment: string, zone: string): number {
  const clock = format("en-GB", zone, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
  const [hours, minutes] = clock.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** "09:30" on the wall clock of the zone. */
export function timeIn(moment: string, zone: string): string {
  return format(dayLocale(), zone, { hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
}

/** "Tuesday, 8 December, 09:30". */
export function wordsIn(moment: string, zone: string): string {
  const day = format(dayLocale(), zone, { weekday: "long", day: "numeric", month: "long" }).format(new Date(moment));
  return `${day}, ${timeIn(moment, zone)}`;
}

/** Days are plain dates here, so they are read and written as if they were in UTC. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export function dayWords(day: string, style: "long" | "short" = "long"): string {
  const options: Intl.DateTimeFormatOptions =
    style === "long" ? { weekday: "long", day: "numeric", month: "long" } : { weekday: "short", day: "numeric", month: "short" };
  return format(dayLocale(), "UTC", options).format(new Date(`${day}T00:00:00Z`));
}

export function monthWords(day: string): string {
  return format(dayLocale(), "UTC", { month: "long", year: "numeric" }).format(new Date(`${day}T00:00:00Z`));
}

/** The first day of the month that is `months` away. */
export function monthFrom(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** The weeks of a month, Monday first; days of other months are empty. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month.slice(0, 7)}-01`;
  const next = monthFrom(first, 1);
  const days: (string | null)[] = Array.from({ length: weekdayOf(first) }, () => null);
  for (let day = first; day < next; day = addDays(day, 1)) days.push(day);
  while (days.length % 7) days.push(null);
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

/** "2 h 30 min". */
export function lengthWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours ? `${hours} h` : "", rest ? t("{rest} min", { rest }) : ""].filter(Boolean).join(" ") || "0 min";
}

/** Minutes of a day as "09:30"; the end of the day is 24:00. */
export function clockWords(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
