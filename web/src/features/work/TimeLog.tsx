import {
  type Contract,
  contractsTimeEntriesCreate,
  contractsTimeEntriesList,
  type TimeEntry,
  timeEntriesDestroy,
} from "@jobsphere/api-client";
import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { LoadMore, usePages } from "@/components/pages";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import classes from "./ContractPage.module.css";
import { durationText, readMinutes } from "./duration";
import { t } from "@jobsphere/domain/text";

/** The hours that were worked: the contractor writes them, both see them. */
export function TimeLog({ contract }: { contract: Contract }) {
  const mayLog = contract.allowed_actions.includes("log_time");
  const entries = usePages(["contracts", contract.id, "time"], (cursor) =>
    ask(contractsTimeEntriesList({ path: { contract_id: contract.id }, query: { cursor, page_size: 20 } })),
  );
  if (!mayLog && !entries.rows?.length) return null;
  return (
    <section className="js-card" aria-labelledby="time">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="time">
            {t("Time worked")}
          </Title>
          <strong className="js-number">{durationText(contract.time?.minutes ?? 0)}</strong>
        </Group>
        {entries.isError ? <Failed error={entries.error} retry={() => void entries.refetch()} /> : null}
        {mayLog ? <LogTime contract={contract} /> : null}
        <ul className={classes.times} aria-label={t("Time entries")}>
          {entries.rows?.map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} title={contract.milestones.find((each) => each.id === entry.milestone_id)?.title} />
            </li>
          ))}
        </ul>
        <LoadMore {...entries} />
      </Stack>
    </section>
  );
}

function Entry({ entry, title }: { entry: TimeEntry; title: string | undefined }) {
  const remove = useVerb(() => ask(timeEntriesDestroy({ path: { entry_id: entry.id } })));
  return (
    <>
      <div>
        <strong className="js-number">{durationText(entry.minutes)}</strong> {entry.note}
        <Text size="sm" c="dimmed">
          {[formatDay(entry.started_at ?? entry.created_at), title].filter(Boolean).join(" · ")}
        </Text>
        {remove.isError ? <Text c="var(--mantine-color-error)">{asProblem(remove.error).message}</Text> : null}
      </div>
      {entry.allowed_actions.includes("delete") ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          loading={remove.isPending}
          aria-label={t("Remove {durationText} {note}", { durationText: durationText(entry.minutes), note: entry.note })}
          onClick={() => remove.mutate()}
        >
          <IconTrash size={20} aria-hidden />
        </ActionIcon>
      ) : null}
    </>
  );
}

function LogTime({ contract }: { contract: Contract }) {
  const [form, setForm] = useState({ time: "", note: "", milestone: "" });
  const [judged, setJudged] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const minutes = readMinutes(form.time);
  const sound = minutes !== undefined && minutes >= 1 && minutes <= 1440;
  const log = useVerb(
    () =>
      ask(
        contractsTimeEntriesCreate({
          path: { contract_id: contract.id },
          body: { minutes: minutes ?? 0, note: form.note.trim(), milestone_id: form.milestone || null },
        }),
      ),
    () => {
      setForm({ ...form, time: "", note: "" });
      setJudged(false);
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setJudged(true);
    if (sound) log.mutate();
    else focusFirstError(element.current);
  };
  return (
    <form onSubmit={submit} ref={element} noValidate>
      <Stack gap="xs">
        {log.isError ? <Failed error={log.error} /> : null}
        <Group gap="sm" align="flex-start" grow preventGrowOverflow={false} wrap="wrap">
          <TextInput
            label={t("Time")}
            placeholder="1:30"
            description={t("Hours and minutes")}
            value={form.time}
            error={judged && !sound ? t("Write it like 1:30, up to 24 hours.") : undefined}
            onChange={(event) => setForm({ ...form, time: event.currentTarget.value })}
          />
          <TextInput
            label={t("What you did")}
            description={t("The customer reads it")}
            value={form.note}
            onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
          />
          {contract.milestones.length > 1 ? (
            <NativeSelect
              label={t("Milestone")}
              description={t("Optional")}
              size="md"
              value={form.milestone}
              onChange={(event) => setForm({ ...form, milestone: event.currentTarget.value })}
              data={[
                { value: "", label: t("None of them") },
                ...contract.milestones.map((each) => ({ value: each.id, label: each.title })),
              ]}
            />
          ) : null}
        </Group>
        <Button type="submit" variant="default" loading={log.isPending} style={{ alignSelf: "flex-start" }}>
          {t("Log time")}
        </Button>
      </Stack>
    </form>
  );
}
