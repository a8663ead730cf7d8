import { filesDestroy, filesTextCreate } from "@jobsphere/api-client";
import { Button, Checkbox, Group, Progress, Stack, Text } from "@mantine/core";
import { IconFileText } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { ask } from "@/lib/api";
import { asProblem, Problem } from "@/lib/problems";
import { uploadWithProgress } from "@/lib/upload";
import { t } from "@jobsphere/domain/text";

export interface Suggested<Draft> {
  status: string;
  detail: string;
  draft: Draft | null;
}

/** One thing that a document suggests. */
export interface Part {
  key: string;
  label: string;
  value: string;
}

interface FromDocumentProps<Draft> {
  /** On the button: "Fill this from my CV". */
  label: string;
  /** What will happen, beside it. */
  about: string;
  suggest: (filename: string) => Promise<Suggested<Draft>>;
  /** What there is to take; what the document did not say is left out. */
  parts: (draft: Draft) => Part[];
  take: (draft: Draft, keys: ReadonlySet<string>) => void;
}

/** How often, and for how long, the reading is asked for: it takes a second or two, in a queue. */
const PERIOD_MS = 1000;
const PATIENCE = 60;

/** Suggestions out of a PDF or Word document. The person chooses what is taken; nothing is filled in by itself. */
export function FromDocument<Draft>({ label, about, suggest, parts, take }: FromDocumentProps<Draft>) {
  const input = useRef<HTMLInputElement>(null);
  const [stage, setStage] = useState<{ percent: number; words: string }>();
  const [problem, setProblem] = useState<Problem>();
  const [draft, setDraft] = useState<Draft>();
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const read = async (file: File): Promise<void> => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    setProblem(undefined);
    let filename: string | undefined;
    try {
      const sending = (percent: number): void => setStage({ percent: percent / 2, words: t("Sending the document") });
      sending(0);
      const stored = await uploadWithProgress(file, "attachment", sending, signal);
      filename = stored.filename;
      setStage({ percent: 60, words: t("Reading it") });
      await ask(filesTextCreate({ path: { filename } }));
      const found = await waited(() => suggest(stored.filename), signal);
      if (!found.draft || parts(found.draft).length === 0) throw new Problem({ detail: found.detail || NOTHING, code: "no-draft" }, 409);
      setDraft(found.draft);
    } catch (error) {
      if (!signal.aborted) setProblem(asProblem(error));
    } finally {
      setStage(undefined);
      // It was sent to be read, and for nothing else.
      if (filename) void ask(filesDestroy({ path: { filename } })).catch(() => undefined);
    }
  };
  return (
    <Stack gap="xs">
      <input
        ref={input}
        type="file"
        hidden
        aria-hidden
        tabIndex={-1}
        data-picker="document"
        accept="application/pdf,.docx"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) void read(file);
        }}
      />
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconFileText size={18} aria-hidden />}
          loading={Boolean(stage)}
          onClick={() => input.current?.click()}
        >
          {label}
        </Button>
        <Text size="sm" c="dimmed">
          {about}
        </Text>
      </Group>
      {stage ? <Progress value={stage.percent} aria-label={stage.words} radius="xl" /> : null}
      {problem ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)">
          {problem.message}
        </Text>
      ) : null}
      {draft ? (
        <Choice
          parts={parts(draft)}
          close={() => setDraft(undefined)}
          take={(keys) => {
            take(draft, keys);
            setDraft(undefined);
          }}
        />
      ) : null}
    </Stack>
  );
}

const NOTHING = t("The document says nothing that we could use here. Please type it.");

async function waited<Draft>(look: () => Promise<Suggested<Draft>>, signal: AbortSignal): Promise<Suggested<Draft>> {
  for (let tries = 0; tries < PATIENCE && !signal.aborted; tries += 1) {
    const found = await look();
    if (found.status !== "pending") return found;
    await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
  }
  throw new Problem({ detail: "Reading the document takes too long. Please type it.", code: "too-slow" }, 503);
}

interface ChoiceProps {
  parts: Part[];
  take: (keys: ReadonlySet<string>) => void;
  close: () => void;
}

function Choice({ parts, take, close }: ChoiceProps) {
  const [chosen, setChosen] = useState(() => new Set(parts.map((part) => part.key)));
  const toggle = (key: string): void => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  return (
    <Dialog title={t("What the document says")} confirm={t("Take these over")} busy={false} error={undefined} onConfirm={() => take(chosen)} onClose={close}>
      <Text c="dimmed">{t("Choose what is right. You can change it afterwards; nothing is saved yet.")}</Text>
      <Stack gap="sm">
        {parts.map((part) => (
          <Checkbox
            key={part.key}
            size="md"
            checked={chosen.has(part.key)}
            onChange={() => toggle(part.key)}
            label={part.label}
            description={part.value}
            styles={{ label: { fontWeight: 600 }, description: { whiteSpace: "pre-line", overflowWrap: "anywhere" } }}
          />
        ))}
      </Stack>
    </Dialog>
  );
}
