import { filesDestroy, filesList, filesUsageRetrieve, type MyFile } from "@jobsphere/api-client";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatSize, isPicture, kindOf } from "@/components/attachments/attached";
import { FileMark } from "@/components/attachments/FileMark";
import { Thumb } from "@/components/attachments/Thumb";
import { Dialog } from "@/components/Dialog";
import { Page } from "@/components/Page";
import { LoadMore, usePages } from "@/components/pages";
import { Row, Rows } from "@/components/Rows";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { openFile } from "@/lib/files";
import { formatDay } from "@/lib/time";
import { t } from "@jobsphere/domain/text";

/** Everything I have uploaded: how much room it takes, what it is part of, and what can go. */
export function FilesPage() {
  const files = usePages<MyFile>(["files", "mine"], (cursor) => ask(filesList({ query: { cursor } })));
  return (
    <Page title={t("Your files")} lead={t("Whatever you have uploaded, the newest first.")}>
      <Stack gap="lg">
        <Usage />
        {files.isError ? <Failed error={files.error} retry={() => void files.refetch()} /> : null}
        {files.isPending ? <Loading rows={3} height={72} /> : null}
        {files.rows?.length === 0 ? (
          <Empty title={t("No files yet")}>{t("Photos and papers that you add to jobs, messages and handovers are listed here.")}</Empty>
        ) : null}
        {files.rows && files.rows.length > 0 ? (
          <Rows label={t("Your files")}>
            {files.rows.map((file) => (
              <FileLine key={file.id} file={file} />
            ))}
          </Rows>
        ) : null}
        <LoadMore {...files} />
      </Stack>
    </Page>
  );
}

function Usage() {
  const usage = useQuery({ queryKey: ["files", "usage"], queryFn: () => ask(filesUsageRetrieve()) });
  if (usage.isError) return <Failed error={usage.error} retry={() => void usage.refetch()} />;
  if (!usage.data) return <Loading rows={1} height={96} />;
  const { used_bytes: used, limit_bytes: limit, uploads_today: today, uploads_a_day: most } = usage.data;
  const share = Math.min(100, (100 * used) / limit);
  return (
    <section className="js-card" aria-label={t("Room")}>
      <Text fw={600}>
        {t("{formatSize} of {formatSize2} used", { formatSize: formatSize(used), formatSize2: formatSize(limit) })}
      </Text>
      <Progress value={share} color={share > 90 ? "red.9" : "pine.7"} my="xs" radius="xl" aria-label={t("Room used")} />
      <Text size="sm" c="dimmed">
        {t("{today} of {most} uploads today.", { today, most })}
      </Text>
    </section>
  );
}

const PLACES: Record<string, string> = {
  avatar: t("your picture"),
  portfolio_entry: t("work you show"),
  job: t("a job"),
  proposal: t("a proposal"),
  feedback: t("a request for changes"),
  deliverable: t("a handover"),
  message: t("a message"),
  verification: t("your papers"),
};

function FileLine({ file }: { file: MyFile }) {
  const [asking, setAsking] = useState(false);
  const save = useVerb(() => openFile(file.url, file.display_name));
  const remove = useVerb(
    () => ask(filesDestroy({ path: { filename: file.filename } })),
    () => setAsking(false),
  );
  const place = file.attached_to ? t("part of {PLACES}", { PLACES: PLACES[file.attached_to] ?? t("a record") }) : t("part of nothing yet");
  return (
    <Row
      mark={isPicture(file) ? <Thumb file={file} square={44} /> : <FileMark file={file} />}
      title={file.display_name}
      text={`${kindOf(file)}, ${formatSize(file.size)}, ${formatDay(file.created_at)}, ${place}`}
      end={
        <Group gap={0} justify="flex-end">
          <Button variant="subtle" size="sm" loading={save.isPending} onClick={() => save.mutate()} aria-label={t("Save {displayName}", { displayName: file.display_name })}>
            {t("Save")}
          </Button>
          {file.allowed_actions.includes("delete") ? (
            <Button variant="subtle" size="sm" onClick={() => setAsking(true)} aria-label={t("Delete {displayName}", { displayName: file.display_name })}>
              {t("Delete")}
            </Button>
          ) : null}
          {asking ? (
            <Dialog
              title={t("Delete this file?")}
              confirm={t("Delete it")}
              danger
              busy={remove.isPending}
              error={remove.error}
              onConfirm={() => remove.mutate()}
              onClose={() => setAsking(false)}
            >
              <Text>{t("“{displayName}” is gone for good, and its room is free again.", { displayName: file.display_name })}</Text>
            </Dialog>
          ) : null}
        </Group>
      }
    />
  );
}
