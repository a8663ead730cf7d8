import { type Portfolio, portfolioCreate, portfolioDestroy, portfolioList, portfolioUpdate } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { setRecordFiles, useRecordFiles } from "@/components/attachments/records";
import { Thumb } from "@/components/attachments/Thumb";
import { Dialog } from "@/components/Dialog";
import { focusFirstError } from "@/components/focusError";
import { LoadMore, usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

type Editing = Portfolio | "new" | undefined;

/** Finished work to show: add, change, take away. */
export function PortfolioEditor() {
  const [editing, setEditing] = useState<Editing>();
  const entries = usePages<Portfolio>(["portfolio"], (cursor) => ask(portfolioList({ query: { cursor } })));
  const pictures = useRecordFiles("portfolio_entry", entries.rows?.map((entry) => entry.id) ?? []);
  return (
    <Section
      title={t("Work to show")}
      aside={
        <Button variant="default" onClick={() => setEditing("new")}>
          {t("Add a piece")}
        </Button>
      }
    >
      {entries.isError ? <Failed error={entries.error} retry={() => void entries.refetch()} /> : null}
      {entries.isPending ? <Loading rows={1} height={120} /> : null}
      {entries.rows?.length === 0 ? (
        <Empty title={t("Nothing shown yet")}>{t("Two finished pieces say more than a long text.")}</Empty>
      ) : null}
      {entries.rows && entries.rows.length > 0 ? (
        <Rows label={t("Portfolio")}>
          {entries.rows.map((entry) => (
            <EntryRow key={entry.id} entry={entry} pictures={pictures.data?.get(entry.id) ?? []} edit={() => setEditing(entry)} />
          ))}
        </Rows>
      ) : null}
      <LoadMore {...entries} />
      {editing ? (
        <EntryDialog
          entry={editing === "new" ? undefined : editing}
          shown={editing === "new" ? [] : (pictures.data?.get(editing.id) ?? [])}
          close={() => setEditing(undefined)}
        />
      ) : null}
    </Section>
  );
}

function EntryRow({ entry, pictures, edit }: { entry: Portfolio; pictures: Attached[]; edit: () => void }) {
  const remove = useVerb(() => ask(portfolioDestroy({ path: { entry_id: entry.id } })));
  const [asking, setAsking] = useState(false);
  return (
    <Row
      title={entry.title}
      mark={pictures[0] ? <Thumb file={pictures[0]} square={44} /> : undefined}
      text={[entry.description, entry.completed_on ? formatDay(entry.completed_on) : ""].filter(Boolean).join(" · ")}
      end={
        <Group gap="xs" justify="flex-end">
          <Button size="sm" variant="default" onClick={edit} aria-label={t("Edit {title}", { title: entry.title })}>
            {t("Edit")}
          </Button>
          <Button size="sm" variant="default" onClick={() => setAsking(true)} aria-label={t("Delete {title}", { title: entry.title })}>
            {t("Delete")}
          </Button>
          {asking ? (
            <Dialog
              title={t("Take it away?")}
              confirm={t("Delete it")}
              danger
              busy={remove.isPending}
              error={remove.error}
              onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
              onClose={() => setAsking(false)}
            >
              <Text ta="start">{t("“{title}” will not be shown any more.", { title: entry.title })}</Text>
            </Dialog>
          ) : null}
        </Group>
      }
    />
  );
}

function EntryDialog({ entry, shown, close }: { entry: Portfolio | undefined; shown: Attached[]; close: () => void }) {
  const [files, setFiles] = useState(shown);
  const [sending, setSending] = useState(false);
  const [fields, setFields] = useState({
    title: entry?.title ?? "",
    description: entry?.description ?? "",
    url: entry?.url ?? "",
    completed_on: entry?.completed_on ?? "",
  });
  const box = useRef<HTMLDivElement>(null);
  const made = useRef(entry);
  const save = useVerb(async () => {
    const body = { ...fields, completed_on: fields.completed_on || null };
    const known = made.current;
    const kept = await (known ? ask(portfolioUpdate({ path: { entry_id: known.id }, body })) : ask(portfolioCreate({ body })));
    made.current = kept;
    await setRecordFiles("portfolio_entry", kept.id, files);
  });
  const problem = save.isError ? asProblem(save.error) : undefined;
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: problem?.at(`/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => setFields({ ...fields, [name]: event.currentTarget.value }),
  });
  return (
    <Dialog
      title={entry ? t("Change the piece") : t("A piece of work to show")}
      confirm={t("Save")}
      busy={save.isPending || sending}
      error={save.error}
      onConfirm={() => save.mutate(undefined, { onSuccess: close, onError: () => focusFirstError(box.current) })}
      onClose={close}
    >
      <Stack ref={box}>
        <TextInput label={t("What was it?")} required data-autofocus {...field("title")} />
        <Textarea label={t("What was special")} {...field("description")} />
        <TextInput label={t("Link")} type="url" placeholder="https://" {...field("url")} />
        <TextInput label={t("Finished on")} type="date" {...field("completed_on")} />
        <AttachmentPicker label={t("Pictures")} value={files} onChange={setFiles} onBusy={setSending} purpose="portfolio" max={8} />
      </Stack>
    </Dialog>
  );
}
