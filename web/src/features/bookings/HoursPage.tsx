import {
  type Calendar,
  type CalendarSettings,
  calendarExceptionsDestroy,
  calendarFeedCreate,
  calendarFeedDestroy,
  calendarFeedRetrieve,
  calendarRetrieve,
  calendarUpdate,
  type ShownSpecial,
} from "@jobsphere/api-client";
import { ActionIcon, Button, CopyButton, Group, NativeSelect, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { clockWords, dayOf, dayWords, ownZone } from "@/components/bookings/zones";
import { Page } from "@/components/Page";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { BlockTime } from "./BlockTime";
import { type Range, WeekHours } from "./WeekHours";
import { t } from "@jobsphere/domain/text";

/** When a contractor works, how they take bookings, and their calendar's secret address. */
export function HoursPage() {
  const calendar = useQuery({ queryKey: ["calendars", "mine"], queryFn: () => ask(calendarRetrieve()) });
  return (
    <Page title={t("My hours")} lead={t("Customers see the times that are left, and book one.")} narrow>
      {calendar.isError ? (
        <Failed error={calendar.error} retry={() => void calendar.refetch()} />
      ) : calendar.data ? (
        <>
          <Editor calendar={calendar.data} />
          {calendar.data.saved ? <Exceptions calendar={calendar.data} /> : null}
          <FeedSection />
        </>
      ) : (
        <Loading rows={2} height={260} />
      )}
    </Page>
  );
}

const WORKDAYS: Range[] = [0, 1, 2, 3, 4].map((weekday) => ({ weekday, starts: 540, ends: 1020 }));

function Editor({ calendar }: { calendar: Calendar }) {
  const fresh = { ...calendar.settings, time_zone: ownZone(), is_open: true };
  const [settings, setSettings] = useState<CalendarSettings>(calendar.saved ? calendar.settings : fresh);
  const [weekly, setWeekly] = useState<Range[]>(calendar.saved ? calendar.weekly : WORKDAYS);
  const save = useVerb<void>(
    () => ask(calendarUpdate({ body: { settings, weekly } })),
    () => void notifications.show({ message: t("Saved. Bookings that are there stay.") }),
  );
  const problem = save.isError ? asProblem(save.error) : undefined;
  const set = (change: Partial<CalendarSettings>): void => setSettings({ ...settings, ...change });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="lg">
        <Section title={t("Each week")}>
          <WeekHours value={weekly} onChange={setWeekly} />
        </Section>
        <Section title={t("How you take bookings")}>
          <Rules settings={settings} set={set} wrong={(name) => problem?.at(`/settings/${name}`) ?? problem?.at(`/${name}`)} />
        </Section>
        {problem ? <Failed error={problem} /> : null}
        <Button type="submit" loading={save.isPending}>
          {t("Save my hours")}
        </Button>
      </Stack>
    </form>
  );
}

const minutes = (values: number[], none: string) =>
  values.map((each) => ({ value: String(each), label: each ? t("{each} minutes", { each }) : none }));

interface RulesProps {
  settings: CalendarSettings;
  set: (change: Partial<CalendarSettings>) => void;
  wrong: (name: string) => string | undefined;
}

function Rules({ settings, set, wrong }: RulesProps) {
  const zones = Intl.supportedValuesOf("timeZone");
  const number = (name: keyof CalendarSettings, label: string, data: { value: string; label: string }[]) => {
    const value = String(settings[name]);
    const known = data.some((each) => each.value === value) ? data : [...data, { value, label: value }];
    return (
      <NativeSelect
        label={label}
        value={value}
        data={known}
        error={wrong(name)}
        onChange={(event) => set({ [name]: Number(event.currentTarget.value) })}
      />
    );
  };
  return (
    <Stack gap="md">
      <Switch
        label={t("People can book me")}
        checked={settings.is_open ?? true}
        onChange={(event) => set({ is_open: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t("Time zone")}
        value={settings.time_zone}
        error={wrong("time_zone")}
        data={zones.includes(settings.time_zone) ? zones : [settings.time_zone, ...zones]}
        onChange={(event) => set({ time_zone: event.currentTarget.value })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {number("step", t("Bookings start every"), minutes([15, 30, 60], ""))}
        {number("arrival_minutes", t("I arrive"), [{ value: "0", label: t("on the minute") }, ...[15, 30, 60, 120].map((each) => ({ value: String(each), label: t("within {each} minutes", { each }) }))])}
        {number("buffer_before", t("Free time before"), minutes([0, 15, 30, 45, 60, 90], "None"))}
        {number("buffer_after", t("Free time after"), minutes([0, 15, 30, 45, 60, 90], "None"))}
        {number("notice_hours", t("Shortest notice"), [0, 1, 2, 4, 12, 24, 48, 72].map((each) => ({ value: String(each), label: each ? t("{each} hours", { each }) : t("None") })))}
        {number("horizon_days", t("How far ahead"), [7, 14, 30, 60, 90, 180, 365].map((each) => ({ value: String(each), label: t("{each} days", { each }) })))}
      </SimpleGrid>
      <NativeSelect
        label={t("When a customer cancels")}
        value={settings.cancellation_policy}
        description={t("It is pinned when somebody books: a later change alters no booking.")}
        data={[
          { value: "flexible", label: t("Flexible: free until 12 hours before, then you keep 25 %") },
          { value: "moderate", label: t("Moderate: free until 24 hours before, then you keep half") },
          { value: "strict", label: t("Strict: free until 72 hours before, then half, in the last 24 hours all") },
        ]}
        onChange={(event) => set({ cancellation_policy: event.currentTarget.value as "moderate" })}
      />
    </Stack>
  );
}

function Exceptions({ calendar }: { calendar: Calendar }) {
  const [adding, setAdding] = useState(false);
  const remove = useVerb((id: string) => ask(calendarExceptionsDestroy({ path: { special_id: id } })));
  return (
    <Section
      title={t("Other days")}
      aside={
        <Button variant="default" onClick={() => setAdding(true)}>
          {t("Add days")}
        </Button>
      }
    >
      {remove.isError ? <Failed error={remove.error} /> : null}
      {calendar.specials.length === 0 ? (
        <Text c="dimmed">{t("Days off, holidays and extra hours stand here.")}</Text>
      ) : (
        <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {calendar.specials.map((each) => (
            <Group key={each.id} component="li" className="js-card" justify="space-between" wrap="nowrap">
              <div>
                <Text fw={600}>{specialWords(each)}</Text>
                {each.note ? (
                  <Text size="sm" c="dimmed">
                    {each.note}
                  </Text>
                ) : null}
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t("Remove: {specialWords}", { specialWords: specialWords(each) })}
                loading={remove.isPending && remove.variables === each.id}
                onClick={() => remove.mutate(each.id)}
              >
                <IconTrash size={20} />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
      )}
      {adding ? <BlockTime day={dayOf(new Date(), calendar.settings.time_zone)} close={() => setAdding(false)} /> : null}
    </Section>
  );
}

function specialWords(special: ShownSpecial): string {
  const days =
    special.first_day === special.last_day
      ? dayWords(special.first_day, "short")
      : `${dayWords(special.first_day, "short")} to ${dayWords(special.last_day, "short")}`;
  const whole = special.starts === 0 && special.ends === 1440;
  const hours = whole ? t("all day") : `${clockWords(special.starts)} to ${clockWords(special.ends)}`;
  return special.kind === "off" ? t("{days}, {hours}: not available", { days, hours }) : t("{days}, {hours}: extra hours", { days, hours });
}

function FeedSection() {
  const [url, setUrl] = useState("");
  const feed = useQuery({ queryKey: ["feeds", "mine"], queryFn: () => ask(calendarFeedRetrieve()) });
  const make = useVerb<void, { url: string }>(
    () => ask(calendarFeedCreate()),
    (made) => setUrl(made.url),
  );
  const revoke = useVerb<void>(
    () => ask(calendarFeedDestroy()),
    () => setUrl(""),
  );
  const failed = [feed, make, revoke].find((each) => each.isError);
  return (
    <Section title={t("In your own calendar")}>
      <Text>
        {t("A secret address shows your bookings in the calendar of your phone or computer. Whoever has it can read them, so keep it to yourself.")}
      </Text>
      {failed ? <Failed error={failed.error} /> : null}
      {url ? (
        <Stack gap="xs">
          <TextInput label={t("Your secret address")} description={t("It is shown only now. Copy it.")} readOnly value={url} />
          <CopyButton value={url}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? t("Copied") : t("Copy the address")}</Button>}
          </CopyButton>
        </Stack>
      ) : null}
      <Group gap="sm">
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {feed.data?.exists ? t("Make a new address") : t("Make an address")}
        </Button>
        {feed.data?.exists ? (
          <Button variant="default" c="var(--mantine-color-error)" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {t("Make the address useless")}
          </Button>
        ) : null}
      </Group>
    </Section>
  );
}
