import {
  type Contract,
  contractsTimeEntriesCreate,
  contractsTimeEntriesList,
  type HourlyWeek,
  type TimeEntry,
  timeEntriesDestroy,
  timeEntriesUpdate,
} from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { AttachmentList } from "@/components/attachments/AttachmentList";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { addDays, dayOf, ownZone, timeIn, wordsIn } from "@/components/bookings/zones";
import { Dialog } from "@/components/Dialog";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { durationText } from "../duration";
import classes from "./hours.module.css";

/** The entries of a week; its contractor adds and changes them until it closes. */
export function Entries({ contract, week, mayLog }: { contract: Contract; week: HourlyWeek; mayLog: boolean }) {
  const [editing, setEditing] = useState<TimeEntry | "new">();
  const found = useWeekEntries(contract.id, week);
  return (
    <Stack gap="xs">
      {found.isError ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      <ul className={classes.entries} aria-label={t("Time entries")}>
        {found.data?.map((entry) => (
          <Row key={entry.id} entry={entry} edit={() => setEditing(entry)} />
        ))}
      </ul>
      {found.data?.length === 0 && mayLog ? <Text c="dimmed">{t("Nothing is logged in this week yet.")}</Text> : null}
      {mayLog ? (
        <Button variant="default" style={{ alignSelf: "flex-start" }} onClick={() => setEditing("new")}>
          {t("Add time by hand")}
        </Button>
      ) : null}
      {editing ? (
        <EntryDialog contract={contract} entry={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />
      ) : null}
    </Stack>
  );
}

/** The entries of one week, the earliest first. */
export function useWeekEntries(contractId: string, week: HourlyWeek) {
  return useQuery({
    queryKey: ["contracts", contractId, "time", week.id],
    queryFn: async () => {
      const found: TimeEntry[] = [];
      let cursor: string | undefined;
      // Newest first, so once they are older than the week there is nothing more of it.
      for (let page = 0; page < 5; page += 1) {
        const query = { page_size: 100, ...(cursor ? { cursor } : {}) };
        const answer = await ask(contractsTimeEntriesList({ path: { contract_id: contractId }, query }));
        found.push(...answer.results.filter((each) => each.milestone_id === week.milestone_id));
        cursor = answer.next ?? undefined;
        if (!cursor || answer.results.every((each) => Date.parse(each.created_at) < Date.parse(week.starts_at))) break;
      }
      return found.toSorted((a, b) => (a.started_at ?? "").localeCompare(b.started_at ?? ""));
    },
  });
}

function Row({ entry, edit }: { entry: TimeEntry; edit: () => void }) {
  const remove = useVerb(() => ask(timeEntriesDestroy({ path: { entry_id: entry.id } })));
  const name = `${durationText(entry.minutes)} ${entry.note}`.trim();
  return (
    <li>
      <div>
        <strong className="js-number">{durationText(entry.minutes)}</strong> {entry.note}
        <Text size="sm" c="dimmed">
          {entryWords(entry)}
        </Text>
        <AttachmentList files={entry.files} label={t("Files of this entry")} />
        {remove.isError ? <Text c="var(--mantine-color-error)">{asProblem(remove.error).message}</Text> : null}
      </div>
      {entry.allowed_actions.includes("update") ? (
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("Change {name}", { name })} onClick={edit}>
            <IconPencil size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            loading={remove.isPending}
            aria-label={t("Remove {name}", { name })}
            onClick={() => remove.mutate()}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
      ) : null}
    </li>
  );
}

/** "Tuesday, 8 December, 09:30 – 11:00", in the reader's zone. */
export function entryWords(entry: TimeEntry): string {
  if (!entry.started_at || !entry.ended_at) return "";
  return `${wordsIn(entry.started_at, ownZone())} – ${timeIn(entry.ended_at, ownZone())}`;
}

function EntryDialog({ contract, entry, close }: { contract: Contract; entry: TimeEntry | undefined; close: () => void }) {
  const zone = ownZone();
  const [day, setDay] = useState(dayOf(entry?.started_at ?? Date.now(), zone));
  const [from, setFrom] = useState(entry?.started_at ? clock(entry.started_at) : "");
  const [to, setTo] = useState(entry?.ended_at ? clock(entry.ended_at) : "");
  const [note, setNote] = useState(entry?.note ?? "");
  const [files, setFiles] = useState<Attached[]>([]);
  const [sending, setSending] = useState(false);
  const [judged, setJudged] = useState(false);
  const sound = day !== "" && from !== "" && to !== "";
  const save = useVerb(() => {
    // An end before the start is after midnight.
    const ends = to > from ? day : addDays(day, 1);
    const body = {
      started_at: new Date(`${day}T${from}`).toISOString(),
      ended_at: new Date(`${ends}T${to}`).toISOString(),
      note: note.trim(),
      file_ids: files.map((each) => each.id),
    };
    return entry
      ? ask(timeEntriesUpdate({ path: { entry_id: entry.id }, body }))
      : ask(contractsTimeEntriesCreate({ path: { contract_id: contract.id }, body }));
  }, close);
  const problem = save.isError ? asProblem(save.error) : undefined;
  const typed = (set: (value: string) => void) => (event: FormEvent<HTMLInputElement>) => set(event.currentTarget.value);
  const missing = (value: string) => (judged && value === "" ? t("Fill this in.") : undefined);
  return (
    <Dialog
      title={entry ? t("Change this entry") : t("Add time by hand")}
      confirm={t("Save")}
      busy={save.isPending || sending}
      error={save.error}
      onConfirm={() => (sound ? save.mutate() : setJudged(true))}
      onClose={close}
    >
      <TextInput type="date" label={t("Day")} required value={day} error={missing(day)} onChange={typed(setDay)} />
      <Group grow>
        <TextInput type="time" label={t("From")} required value={from} error={missing(from)} onChange={typed(setFrom)} />
        <TextInput type="time" label={t("To")} required value={to} error={missing(to)} onChange={typed(setTo)} />
      </Group>
      <Text size="sm" c="dimmed">
        {t("In your own time zone, {zone}. An end before the start is after midnight.", { zone })}
      </Text>
      <TextInput label={t("What you did")} description={t("The customer reads it")} maxLength={500} value={note} onChange={typed(setNote)} />
      <AttachmentPicker value={files} onChange={setFiles} onBusy={setSending} purpose="attachment" max={5} />
      {problem?.fields.length ? (
        <Text role="alert" c="var(--mantine-color-error)">
          {problem.fields.map((each) => each.detail).join(" ")}
        </Text>
      ) : null}
    </Dialog>
  );
}

function clock(moment: string): string {
  const at = new Date(moment);
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
