/** News: what the socket says of it, and how a list of it is grouped by day. */

import type { Notification } from "@jobsphere/api-client";
import { dayLocale, t } from "@jobsphere/domain/text";

export interface Fresh {
  group: string;
  title: string;
  body: string;
  link: string;
}

/** Read a frame `notification.created`; undefined for what is none. */
export function asNews(data: unknown): Fresh | undefined {
  const told = field(data, "notification");
  const [title, body, link, group] = ["title", "body", "link", "group"].map((name) => field(told, name));
  if (typeof title !== "string" || typeof link !== "string") return undefined;
  return { title, link, body: typeof body === "string" ? body : "", group: typeof group === "string" ? group : "" };
}

/** How many are unread now, as the frame says. */
export function countOf(data: unknown): number | undefined {
  const unread = field(data, "unread");
  return typeof unread === "number" ? unread : undefined;
}

export interface Day {
  key: string;
  label: string;
  items: Notification[];
}

/** Put news under the days on which it came, as the calendar on the wall says. */
export function byDay(items: Notification[], now: Date): Day[] {
  const days: Day[] = [];
  for (const item of items) {
    const at = new Date(item.created_at);
    const key = at.toDateString();
    const last = days.at(-1);
    if (last?.key === key) last.items.push(item);
    else days.push({ key, label: dayLabel(at, now), items: [item] });
  }
  return days;
}

function dayLabel(at: Date, now: Date): string {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (at.toDateString() === now.toDateString()) return t("Today");
  if (at.toDateString() === yesterday.toDateString()) return t("Yesterday");
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return at.toLocaleDateString(dayLocale(), { weekday: "long", day: "numeric", month: "long", year });
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
