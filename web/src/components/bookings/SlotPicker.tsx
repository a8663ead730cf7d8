import type { Availability } from "@jobsphere/api-client";
import { ActionIcon, Text, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Failed, Loading } from "@/components/States";
import classes from "./SlotPicker.module.css";
import { addDays, dayOf, dayWords, monthFrom, monthWords, ownZone, timeIn, weekdayOf, weeksOf } from "./zones";
import { t } from "@jobsphere/domain/text";

interface SlotPickerProps {
  /** What the free times are of; another key asks again. */
  name: string[];
  /** Ask for the free times of these days, both included. */
  load: (from: string, to: string) => Promise<Availability>;
  value: string | undefined;
  onChange: (slot: string) => void;
}

const WEEKDAYS = [t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun")];

/** Choose a day, then a time: in the zone of whoever looks, with the contractor's time beside it where it differs. */
export function SlotPicker({ name, load, value, onChange }: SlotPickerProps) {
  const zone = ownZone();
  const today = dayOf(new Date(), zone);
  const [month, setMonth] = useState(() => monthFrom(today, 0));
  const [day, setDay] = useState<string>();
  const free = useQuery({
    queryKey: ["availability", ...name, month],
    // A day more at each end: a day of the contractor's is not always one of mine.
    queryFn: () => load(addDays(month < today ? today : month, -1), addDays(monthFrom(month, 1), 1)),
  });
  const byDay = useMemo(() => {
    const found = new Map<string, string[]>();
    for (const slot of free.data?.slots ?? []) {
      const key = dayOf(slot, zone);
      if (key.slice(0, 7) === month.slice(0, 7)) found.set(key, [...(found.get(key) ?? []), slot]);
    }
    return found;
  }, [free.data, zone, month]);
  const chosen = day && byDay.has(day) ? day : [...byDay.keys()][0];
  const theirs = free.data?.time_zone ?? zone;
  return (
    <div className={`${classes.picker} ${classes.wide}`}>
      <div>
        <div className={classes.head}>
          <ActionIcon
            variant="subtle"
            size={44}
            aria-label={t("Month before")}
            disabled={month <= today.slice(0, 7)}
            onClick={() => setMonth(monthFrom(month, -1))}
          >
            <IconChevronLeft size={20} className="js-turns" />
          </ActionIcon>
          <Title order={3} aria-live="polite">
            {monthWords(month)}
          </Title>
          <ActionIcon variant="subtle" size={44} aria-label={t("Next month")} onClick={() => setMonth(monthFrom(month, 1))}>
            <IconChevronRight size={20} className="js-turns" />
          </ActionIcon>
        </div>
        <MonthGrid month={month} free={byDay} chosen={chosen} choose={setDay} turn={(by) => setMonth(monthFrom(month, by))} />
      </div>
      <div>
        {free.isError ? (
          <Failed error={free.error} retry={() => void free.refetch()} />
        ) : !free.data ? (
          <Loading rows={1} height={180} />
        ) : chosen ? (
          <Times day={chosen} slots={byDay.get(chosen) ?? []} zone={zone} theirs={theirs} value={value} onChange={onChange} />
        ) : (
          <Text c="dimmed" role="status">
            {t("Nothing is free in {monthWords}. Look at the next month.", { monthWords: monthWords(month) })}
          </Text>
        )}
      </div>
    </div>
  );
}

interface MonthGridProps {
  month: string;
  free: Map<string, string[]>;
  chosen: string | undefined;
  choose: (day: string) => void;
  turn: (months: number) => void;
}

/** One stop for the tab key; arrows go by days and weeks, Page Up and Page Down by months. */
function MonthGrid({ month, free, chosen, choose, turn }: MonthGridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<string>();
  const moved = useRef(false);
  const inMonth = (day: string | undefined): boolean => day?.slice(0, 7) === month.slice(0, 7);
  const stop = [focused, chosen].find(inMonth) ?? month;
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${stop}"]`)?.focus();
  }, [stop]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -7,
      ArrowDown: 7,
      Home: -weekdayOf(stop),
      End: 6 - weekdayOf(stop),
    };
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    const step = steps[event.key];
    if (step === undefined && months === undefined) return;
    event.preventDefault();
    const next = months === undefined ? addDays(stop, step ?? 0) : monthFrom(month, months);
    moved.current = true;
    setFocused(next);
    if (!inMonth(next)) turn(next < month ? -1 : 1);
  };
  return (
    <table className={classes.grid} role="grid" aria-label={t("Days of {monthWords}", { monthWords: monthWords(month) })} ref={grid} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {WEEKDAYS.map((weekday) => (
            <th key={weekday} scope="col">
              {weekday}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, row) => (
          <tr key={row}>
            {week.map((day, column) => (
              <td key={day ?? `none-${column}`}>
                {day ? (
                  <button
                    type="button"
                    className={classes.day}
                    data-day={day}
                    data-free={free.has(day) || undefined}
                    aria-disabled={!free.has(day)}
                    aria-pressed={day === chosen}
                    aria-label={t("{dayWords}, {count} free times", { dayWords: dayWords(day), count: free.get(day)?.length ?? 0 })}
                    tabIndex={day === stop ? 0 : -1}
                    onFocus={() => setFocused(day)}
                    onClick={() => (free.has(day) ? choose(day) : undefined)}
                  >
                    {Number(day.slice(8))}
                  </button>
                ) : null}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TimesProps {
  day: string;
  slots: string[];
  zone: string;
  theirs: string;
  value: string | undefined;
  onChange: (slot: string) => void;
}

function Times({ day, slots, zone, theirs, value, onChange }: TimesProps) {
  const differs = slots.some((slot) => timeIn(slot, zone) !== timeIn(slot, theirs));
  return (
    <section aria-label={t("Free times on {dayWords}", { dayWords: dayWords(day) })}>
      <Text fw={650} mb={6}>
        {dayWords(day)}
      </Text>
      <ul className={classes.slots}>
        {slots.map((slot) => (
          <li key={slot}>
            <button type="button" className={classes.slot} aria-pressed={slot === value} onClick={() => onChange(slot)}>
              {timeIn(slot, zone)}
              {differs ? <small>{t("{timeIn} there", { timeIn: timeIn(slot, theirs) })}</small> : null}
            </button>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt="xs">
        {differs ? t("Times are yours ({zone}). “There” is {theirs}, where the contractor is.", { zone, theirs }) : t("Times are in {zone}.", { zone })}
      </Text>
    </section>
  );
}
