import { type Booking, bookingsList, type Calendar, calendarRetrieve } from "@jobsphere/api-client";
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { addDays, dayOf, dayWords, ownZone, timeIn, weekdayOf } from "@/components/bookings/zones";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { usePolling } from "@/lib/live/live";
import { BlockTime } from "./BlockTime";
import classes from "./CalendarPage.module.css";
import { WeekGrid } from "./WeekGrid";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** A contractor's week with their bookings; a tap on an empty hour blocks it. */
export function CalendarPage() {
  const [view, setView] = useState("week");
  const calendar = useQuery({ queryKey: ["calendars", "mine"], queryFn: () => ask(calendarRetrieve()) });
  return (
    <Page
      title={t("Calendar")}
      aside={
        <Group gap="sm">
          <Button component={Link} to="/calendar/hours" variant="default">
            {t("My hours")}
          </Button>
          <Button component={Link} to="/calendar/packages" variant="default">
            {t("My packages")}
          </Button>
        </Group>
      }
    >
      {calendar.isError ? (
        <Failed error={calendar.error} retry={() => void calendar.refetch()} />
      ) : !calendar.data ? (
        <Loading rows={1} height={420} />
      ) : !calendar.data.saved ? (
        <Empty
          title={t("Let people book your time")}
          action={
            <Button component={Link} to="/calendar/hours">
              {t("Set my hours")}
            </Button>
          }
        >
          {t("Say when you work and what you offer. Customers see your free times and book one; nobody gets a time twice.")}
        </Empty>
      ) : (
        <>
          <SegmentedControl
            aria-label={t("View")}
            value={view}
            onChange={setView}
            data={[
              { value: "week", label: t("Week") },
              { value: "agenda", label: t("Agenda") },
            ]}
          />
          {view === "week" ? <Week calendar={calendar.data} /> : <Agenda calendar={calendar.data} />}
        </>
      )}
    </Page>
  );
}

/** My bookings that touch these days, with a day more at each end for those of other zones. */
function useMine(from: string, to: string) {
  const refetchInterval = usePolling(60_000);
  return useQuery({
    queryKey: ["bookings", "mine", from, to],
    queryFn: () =>
      ask(
        bookingsList({
          query: {
            role: "contractor",
            since: `${addDays(from, -1)}T00:00:00Z`,
            until: `${addDays(to, 2)}T00:00:00Z`,
            live: true,
            page_size: 100,
          },
        }),
      ),
    refetchInterval,
  });
}

function Week({ calendar }: { calendar: Calendar }) {
  const zone = calendar.settings.time_zone;
  const today = dayOf(new Date(), zone);
  const [monday, setMonday] = useState(() => addDays(today, -weekdayOf(today)));
  const [shown, setShown] = useState(today);
  const [block, setBlock] = useState<{ day: string; hour: number }>();
  const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index));
  const mine = useMine(monday, addDays(monday, 6));
  const turn = (weeks: number): void => {
    setMonday(addDays(monday, weeks * 7));
    setShown(addDays(shown, weeks * 7));
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <ActionIcon variant="subtle" size={44} aria-label={t("Week before")} onClick={() => turn(-1)}>
          <IconChevronLeft size={20} className="js-turns" />
        </ActionIcon>
        <Title order={2} size="h4" aria-live="polite">
          {t("{dayWords} to {dayWords2}", { dayWords: dayWords(monday, "short"), dayWords2: dayWords(addDays(monday, 6), "short") })}
        </Title>
        <ActionIcon variant="subtle" size={44} aria-label={t("Next week")} onClick={() => turn(1)}>
          <IconChevronRight size={20} className="js-turns" />
        </ActionIcon>
      </Group>
      {mine.isError ? <Failed error={mine.error} retry={() => void mine.refetch()} /> : null}
      <div className={classes.strip} role="group" aria-label={t("Day")}>
        {days.map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={day === shown}
            data-busy={mine.data?.results.some((each) => dayOf(each.starts_at, zone) === day) || undefined}
            aria-label={dayWords(day)}
            onClick={() => setShown(day)}
          >
            {dayWords(day, "short").slice(0, 3)}
            <strong>{Number(day.slice(8))}</strong>
          </button>
        ))}
      </div>
      <WeekGrid
        calendar={calendar}
        days={days}
        shown={shown}
        bookings={mine.data?.results ?? []}
        choose={(day, hour) => setBlock({ day, hour })}
      />
      <Text size="sm" c="dimmed">
        {t("Times are in {zone}{zone2, select, yes {} other {, your calendar's zone}}. Choose an empty hour to block it; striped hours are not offered.", { zone, zone2: zone === ownZone() ? "yes" : "other" })}
      </Text>
      {block ? <BlockTime day={block.day} hour={block.hour} close={() => setBlock(undefined)} /> : null}
    </Stack>
  );
}

function Agenda({ calendar }: { calendar: Calendar }) {
  const zone = calendar.settings.time_zone;
  const today = dayOf(new Date(), zone);
  const mine = useMine(today, addDays(today, 60));
  if (mine.isError) return <Failed error={mine.error} retry={() => void mine.refetch()} />;
  if (!mine.data) return <Loading rows={3} height={72} />;
  const rows = mine.data.results
    .filter((each) => dayOf(each.starts_at, zone) >= today)
    .toSorted((a, b) => a.starts_at.localeCompare(b.starts_at));
  if (rows.length === 0) {
    return <Empty title={t("Nothing is booked")}>{t("Share your profile: customers see your free times there.")}</Empty>;
  }
  const days = [...new Set(rows.map((each) => dayOf(each.starts_at, zone)))];
  return (
    <Stack>
      {days.map((day) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <Title order={2} size="h4" id={`day-${day}`} mb="xs">
            {dayWords(day)}
          </Title>
          <ul className={classes.agenda}>
            {rows
              .filter((each) => dayOf(each.starts_at, zone) === day)
              .map((each) => (
                <li key={each.id} className="js-card">
                  <AgendaRow booking={each} zone={zone} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Stack>
  );
}

function AgendaRow({ booking, zone }: { booking: Booking; zone: string }) {
  return (
    <Link to={bookingLink(booking)}>
      <span className="js-number">{timeIn(booking.starts_at, zone)}</span>
      <span>
        <Said text="<0>{title}</0><1/>{customer}, until {timeIn}" tags={[<strong />, <br />]} values={{ title: booking.title, customer: booking.customer.name, timeIn: timeIn(booking.ends_at, zone) }} />
      </span>
      <Text size="sm" c="dimmed">
        {booking.proposed_starts_at ? t("Another time is proposed") : STATUS[booking.status]}
      </Text>
    </Link>
  );
}

const STATUS: Record<Booking["status"], string> = {
  held: t("Waits for your answer"),
  confirmed: t("Confirmed"),
  freed: t("Does not take place"),
  done: t("Done"),
};

export function bookingLink(booking: Booking): string {
  return booking.contract_id ? `/contracts/${booking.contract_id}` : `/offers/${booking.offer_id}`;
}
