import type { Booking, Calendar } from "@jobsphere/api-client";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { clockWords, dayOf, dayWords, minuteOf, timeIn, weekdayOf } from "@/components/bookings/zones";
import classes from "./CalendarPage.module.css";
import { t } from "@jobsphere/domain/text";

interface WeekGridProps {
  calendar: Calendar;
  days: string[];
  /** The one that a phone shows. */
  shown: string;
  bookings: Booking[];
  choose: (day: string, hour: number) => void;
}

/** Hours down, days across. One stop for the tab key; arrows go by hours and days. */
export function WeekGrid({ calendar, days, shown, bookings, choose }: WeekGridProps) {
  const zone = calendar.settings.time_zone;
  const [first, last] = hoursShown(calendar, bookings, zone);
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const grid = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState({ day: shown, hour: first });
  const moved = useRef(false);
  const at = days.includes(stop.day) ? stop : { day: shown, hour: stop.hour };
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLButtonElement>(`[data-cell="${at.day}-${at.hour}"]`)?.focus();
  }, [at.day, at.hour]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!step || !(event.target as HTMLElement).dataset.cell) return;
    event.preventDefault();
    const day = days[Math.min(6, Math.max(0, days.indexOf(at.day) + (step[0] ?? 0)))] ?? at.day;
    moved.current = true;
    setStop({ day, hour: Math.min(last - 1, Math.max(first, at.hour + (step[1] ?? 0))) });
  };
  return (
    <div className={classes.week} ref={grid} role="group" aria-label={t("The week, hour by hour")} onKeyDown={onKeyDown}>
      <span className={classes.corner} />
      {days.map((day) => (
        <span key={day} className={classes.head} aria-hidden>
          {dayWords(day, "short")}
        </span>
      ))}
      <div className={classes.hours} aria-hidden>
        {hours.map((hour) => (
          <span key={hour}>{clockWords(hour * 60)}</span>
        ))}
      </div>
      {days.map((day) => (
        <div key={day} className={classes.day} data-shown={day === shown} role="group" aria-label={dayWords(day)}>
          {hours.map((hour) => (
            <button
              key={hour}
              type="button"
              className={classes.cell}
              data-cell={`${day}-${hour}`}
              data-open={isOpen(calendar, day, hour)}
              aria-label={t("Block {dayWords}, {clockWords}", { dayWords: dayWords(day, "short"), clockWords: clockWords(hour * 60) })}
              tabIndex={day === at.day && hour === at.hour ? 0 : -1}
              onFocus={() => setStop({ day, hour })}
              onClick={() => choose(day, hour)}
            />
          ))}
          {bookings
            .filter((each) => dayOf(each.starts_at, zone) === day)
            .map((each) => (
              <Block key={each.id} booking={each} zone={zone} first={first} />
            ))}
        </div>
      ))}
    </div>
  );
}

function Block({ booking, zone, first }: { booking: Booking; zone: string; first: number }) {
  const start = minuteOf(booking.starts_at, zone);
  const minutes = (new Date(booking.ends_at).getTime() - new Date(booking.starts_at).getTime()) / 60_000;
  return (
    <Link
      to={booking.contract_id ? `/contracts/${booking.contract_id}` : `/offers/${booking.offer_id}`}
      className={classes.booking}
      data-status={booking.status}
      aria-label={t("{title} with {customer}, {timeIn} to {timeIn2}", { title: booking.title, customer: booking.customer.name, timeIn: timeIn(booking.starts_at, zone), timeIn2: timeIn(booking.ends_at, zone) })}
      style={{ top: `${((start - first * 60) / 60) * 3}rem`, height: `${Math.max(1.5, (minutes / 60) * 3)}rem` }}
    >
      <strong>{booking.title}</strong>
      {timeIn(booking.starts_at, zone)} · {booking.customer.name}
    </Link>
  );
}

/** From the earliest to the latest hour that matters this week, and never less than nine to five. */
function hoursShown(calendar: Calendar, bookings: Booking[], zone: string): [number, number] {
  const starts = [...calendar.weekly.map(({ starts: each }) => each), ...bookings.map((each) => minuteOf(each.starts_at, zone))];
  const ends = [...calendar.weekly.map(({ ends: each }) => each), ...bookings.map((each) => minuteOf(each.ends_at, zone))];
  return [Math.max(0, Math.floor(Math.min(540, ...starts) / 60) - 1), Math.min(24, Math.ceil(Math.max(1020, ...ends) / 60) + 1)];
}

function isOpen(calendar: Calendar, day: string, hour: number): boolean {
  const covers = (range: { starts?: number; ends?: number }): boolean =>
    (range.starts ?? 0) < (hour + 1) * 60 && hour * 60 < (range.ends ?? 1440);
  const today = calendar.specials.filter(({ first_day, last_day }) => first_day <= day && day <= last_day);
  if (today.some((each) => each.kind === "off" && covers(each))) return false;
  const usual = calendar.weekly.some((each) => each.weekday === weekdayOf(day) && covers(each));
  return usual || today.some((each) => each.kind === "extra" && covers(each));
}
