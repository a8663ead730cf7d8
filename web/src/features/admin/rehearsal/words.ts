import type { Parameter } from "@jobsphere/api-client";
import { language, listed, t } from "@jobsphere/domain/text";

const moment = new Intl.DateTimeFormat(language(), {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

const short = new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });

/** The same on a phone. */
export function shortMoment(value: string): string {
  return short.format(new Date(value));
}

/** The marketplace's moment, in UTC as its books have it. */
export function momentWords(value: string): string {
  return moment.format(new Date(value));
}

/** How far the marketplace is ahead of the machine. */
export function aheadWords(seconds: number): string {
  if (seconds < 60) return t("The machine's time.");
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const parts = [
    days ? t("{days, plural, one {# day} other {# days}}", { days }) : "",
    hours ? t("{hours, plural, one {# hour} other {# hours}}", { hours }) : "",
  ].filter(Boolean);
  return parts.length > 0 ? t("{parts} ahead of the machine.", { parts: listed(parts) }) : t("Less than an hour ahead of the machine.");
}

/** What was typed, as the server wants it; what is no number is sent as it is, so that the server names the field. */
export function valuesOf(parameters: Parameter[], typed: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    parameters.map(({ name, kind, preset }) => {
      const text = (typed[name] ?? preset).trim();
      return [name, kind === "whole" && /^\d{1,9}$/.test(text) ? Number(text) : text];
    }),
  );
}
