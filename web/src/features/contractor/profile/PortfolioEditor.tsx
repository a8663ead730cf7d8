import { type Portfolio, portfolioCreate, portfolioDestroy, portfolioList, portfolioUpdate } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
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

type Editing = Portfolio | "new" | undefined;

/** Finished work to show: add, change, take away. */
export function PortfolioEditor() {
  const [editing, setEditing] = useState<Editing>();
  const entries = usePages<Portfolio>(["portfolio"], (cursor) => ask(portfolioList({ query: { cursor } })));
  return (
    <Section
      title="Work to show"
      aside={
        <Button variant="default" onClick={() => setEditing("new")}>
          Add a piece
        </Button>
      }
    >
      {entries.isError ? <Failed error={entries.error} retry={() => void entries.refetch()} /> : null}
      {entries.isPending ? <Loading rows={1} height={120} /> : null}
      {entries.rows?.length === 0 ? (
        <Empty title="Nothing shown yet">Two finished pieces say more than a long text.</Empty>
      ) : null}
      {entries.rows && entries.rows.length > 0 ? (
        <Rows label="Portfolio">
          {entries.rows.map((entry) => (
            <EntryRow key={entry.id} entry={entry} edit={() => setEditing(entry)} />
          ))}
        </Rows>
      ) : null}
      <LoadMore {...entries} />
      {editing ? (
        <EntryDialog entry={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />
      ) : null}
    </Section>
  );
}

function EntryRow({ entry, edit }: { entry: Portfolio; edit: () => void }) {
  const remove = useVerb(() => ask(portfolioDestroy({ path: { entry_id: entry.id } })));
  const [asking, setAsking] = useState(false);
  return (
    <Row
      title={entry.title}
      text={[entry.description, entry.completed_on ? formatDay(entry.completed_on) : ""].filter(Boolean).join(" · ")}
      end={
        <Group gap="xs" justify="flex-end">
          <Button size="sm" variant="default" onClick={edit} aria-label={`Edit ${entry.title}`}>
            Edit
          </Button>
          <Button size="sm" variant="default" onClick={() => setAsking(true)} aria-label={`Delete ${entry.title}`}>
            Delete
          </Button>
          {asking ? (
            <Dialog
              title="Take it away?"
              confirm="Delete it"
              danger
              busy={remove.isPending}
              error={remove.error}
              onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
              onClose={() => setAsking(false)}
            >
              <Text ta="left">“{entry.title}” will not be shown any more.</Text>
            </Dialog>
          ) : null}
        </Group>
      }
    />
  );
}

function EntryDialog({ entry, close }: { entry: Portfolio | undefined; close: () => void }) {
  const [fields, setFields] = useState({
    title: entry?.title ?? "",
    description: entry?.description ?? "",
    url: entry?.url ?? "",
    completed_on: entry?.completed_on ?? "",
  });
  const box = useRef<HTMLDivElement>(null);
  const save = useVerb(() => {
    const body = { ...fields, completed_on: fields.completed_on || null };
    return entry ? ask(portfolioUpdate({ path: { entry_id: entry.id }, body })) : ask(portfolioCreate({ body }));
  });
  const problem = save.isError ? asProblem(save.error) : undefined;
  const field = (name: keyof typeof fields) => ({
    value: fields[name],
    error: problem?.at(`/${name}`),
    onChange: (event: { currentTarget: { value: string } }) => setFields({ ...fields, [name]: event.currentTarget.value }),
  });
  return (
    <Dialog
      title={entry ? "Change the piece" : "A piece of work to show"}
      confirm="Save"
      busy={save.isPending}
      error={save.error}
      onConfirm={() => save.mutate(undefined, { onSuccess: close, onError: () => focusFirstError(box.current) })}
      onClose={close}
    >
      <Stack ref={box}>
        <TextInput label="What was it?" required data-autofocus {...field("title")} />
        <Textarea label="What was special" {...field("description")} />
        <TextInput label="Link" type="url" placeholder="https://" {...field("url")} />
        <TextInput label="Finished on" type="date" {...field("completed_on")} />
      </Stack>
    </Dialog>
  );
}
