import { t } from "@jobsphere/domain/text";

/** Minutes from what a person types: "1:30", "1.5", "1,5 h", "90 min", "2h 15". Undefined when it is none of these. */
export function readMinutes(text: string): number | undefined {
  const bare = text.trim().toLowerCase().replace(",", ".");
  const clock = /^(\d{1,2})\s*(?::|h)\s*(\d{1,2})\s*(?:m|min)?$/.exec(bare);
  if (clock) return Number(clock[2]) < 60 ? Number(clock[1]) * 60 + Number(clock[2]) : undefined;
  const minutes = /^(\d{1,4})\s*(?:m|min|minutes)$/.exec(bare);
  if (minutes) return Number(minutes[1]);
  const hours = /^(\d{1,2}(?:\.\d{1,2})?)\s*(?:h|hours?)?$/.exec(bare);
  return hours ? Math.round(Number(hours[1]) * 60) : undefined;
}

/** "2 h 15 min", "45 min". */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t("{rest} min", { rest });
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
