import { language, t } from "@jobsphere/domain/text";

/** Times for people, in their language and zone. */

const day = new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", year: "numeric" });
const moment = new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const relative = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function formatDay(value: string): string {
  return day.format(new Date(value));
}

export function formatMoment(value: string): string {
  return moment.format(new Date(value));
}

/** "in 3 days", "2 hours ago"; "just now" within a minute. */
export function formatAgo(value: string, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return t("just now");
}
