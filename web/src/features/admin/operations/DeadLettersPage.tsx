import type { DeadLetter } from "@jobsphere/api-client";
import { adminEventsDropCreate, adminEventsList, adminEventsReplayCreate } from "@jobsphere/api-client";
import { Button, Code, Group, Text } from "@mantine/core";
import { useState } from "react";
import { usePages } from "@/components/pages";
import { ask } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FilterBar } from "../frame/FilterBar";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { t } from "@jobsphere/domain/text";

const FIELDS = [
  { name: "settled", label: t("Which"), values: ["true"], word: () => t("Settled ones") },
  { name: "handler", label: t("Handler") },
];

/** Tasks that were given up after all their attempts. */
export function DeadLettersPage() {
  return (
    <AdminPage title={t("Dead letters")} right="operations" lead={t("Tasks that were given up after all their attempts. Put the cause right, then replay.")}>
      <DeadLetters />
    </AdminPage>
  );
}

function DeadLetters() {
  const { filters, open, set } = useFilters();
  const query = { ...filters, settled: filters.settled === "true" };
  const pages = usePages<DeadLetter>(["admin", "letters", filters], (cursor) => ask(adminEventsList({ query: { ...query, cursor, page_size: 30 } })));
  const shown = pages.rows?.find((row) => row.id === open);
  return (
    <>
      <FilterBar fields={FIELDS} filters={filters} set={set} />
      <Listing
        label={t("Dead letters")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("Nothing was given up"), text: t("Every task has done its work, or is still being tried.") }}
        columns={[
          { label: t("Task"), cell: (row) => row.handler },
          { label: t("Why"), cell: (row) => row.error.split("\n")[0] ?? "" },
          { label: t("Attempts"), cell: (row) => row.attempts },
          { label: t("Given up"), cell: (row) => formatAgo(row.last_failed_at) },
        ]}
      />
      <Detail title={t("Dead letter")} opened={shown !== undefined} onClose={() => set({ open: undefined })}>
        {shown ? <Letter letter={shown} onSettled={() => set({ open: undefined })} /> : null}
      </Detail>
    </>
  );
}

function Letter({ letter, onSettled }: { letter: DeadLetter; onSettled: () => void }) {
  const [verb, choose] = useState<"replay" | "drop" | undefined>();
  const open = !letter.replayed_at && !letter.dropped_at;
  return (
    <>
      <Text fz="1.25rem" fw={700} style={{ overflowWrap: "anywhere" }}>
        {letter.handler}
      </Text>
      <Facts
        of={[
          [t("Attempts"), String(letter.attempts)],
          [t("First failed"), formatMoment(letter.first_failed_at)],
          [t("Last failed"), formatMoment(letter.last_failed_at)],
          [t("Replayed"), letter.replayed_at ? formatMoment(letter.replayed_at) : ""],
          [t("Dropped"), letter.dropped_at ? formatMoment(letter.dropped_at) : ""],
        ]}
      />
      <Code block tabIndex={0} style={{ maxHeight: "22rem", overflow: "auto" }}>
        {letter.traceback || letter.error}
      </Code>
      {open ? (
        <Group gap="sm">
          <Button onClick={() => choose("replay")}>{t("Replay")}</Button>
          <Button variant="default" c="var(--mantine-color-error)" onClick={() => choose("drop")}>
            {t("Drop for good")}
          </Button>
        </Group>
      ) : null}
      {verb ? (
        <ReasonDialog
          title={verb === "replay" ? t("Replay this task") : t("Drop this task for good")}
          confirm={verb === "replay" ? t("Replay") : t("Drop")}
          danger={verb === "drop"}
          onClose={() => choose(undefined)}
          run={async (reason) => {
            const run = verb === "replay" ? adminEventsReplayCreate : adminEventsDropCreate;
            await ask(run({ path: { letter_id: letter.id }, body: { reason } }));
            onSettled();
          }}
        >
          <Text>{verb === "replay" ? t("It is queued again, with all its attempts.") : t("It will never run. What it was to do must be done by hand.")}</Text>
        </ReasonDialog>
      ) : null}
    </>
  );
}
