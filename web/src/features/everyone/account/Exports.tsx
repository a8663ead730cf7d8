import { accountExportsCreate, accountExportsRetrieve, type DataExport } from "@jobsphere/api-client";
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { openFile } from "@/lib/files";
import { formatDay, formatMoment } from "@/lib/time";
import { exportStep, sizeWord } from "./exportStep";
import { t } from "@jobsphere/domain/text";

const EVERY = 2_000;

/** Everything that is held about a person, as one file: asked for, watched, fetched. */
export function Exports() {
  const exports = useQuery({
    queryKey: ["account", "exports"],
    queryFn: () => ask(accountExportsRetrieve()),
    refetchInterval: ({ state }) => (state.data?.results.some((each) => exportStep(each) === "building") ? EVERY : false),
  });
  const start = useVerb(() => ask(accountExportsCreate()));
  const rows = exports.data?.results ?? [];
  const busy = rows.some((each) => exportStep(each) === "building");
  return (
    <Section title={t("Your data")}>
      <div className="js-card">
        <Stack>
          <Group justify="space-between">
            <Text maw={420}>{t("One ZIP with everything that we hold about you, and your files. You can ask for it once a day.")}</Text>
            <Button variant="default" loading={start.isPending} disabled={busy} onClick={() => start.mutate()}>
              {t("Collect my data")}
            </Button>
          </Group>
          {start.isError ? <Failed error={start.error} /> : null}
          {exports.isError ? <Failed error={exports.error} retry={() => void exports.refetch()} /> : null}
          {exports.isPending ? <Loading rows={1} height={48} /> : null}
          {rows.map((each) => (
            <ExportRow key={each.id} row={each} />
          ))}
        </Stack>
      </div>
    </Section>
  );
}

function ExportRow({ row }: { row: DataExport }) {
  const fetched = useMutation({ mutationFn: () => openFile(row.url, "jobsphere-data.zip") });
  const step = exportStep(row);
  if (step === "building") {
    const percent = row.total > 0 ? Math.round((100 * row.done) / row.total) : 0;
    return (
      <Stack gap={6}>
        <Text role="status">{row.status === "queued" ? t("Begins in a moment…") : t("Collecting: {done} of {total} parts.", { done: row.done, total: row.total })}</Text>
        <Progress value={percent} aria-label={t("Collecting your data")} size="lg" radius="xl" />
        <Text size="sm" c="dimmed">
          {t("You can leave this page. A letter tells you when it is ready.")}
        </Text>
      </Stack>
    );
  }
  if (step === "ready") {
    return (
      <Group justify="space-between">
        <Text>
          {t("Collected {when}, {size}.{expires, select, never {} other { Deleted on {expires}.}}", { when: formatMoment(row.created_at), size: sizeWord(row.size), expires: row.expires_at ? formatDay(row.expires_at) : "never" })}
        </Text>
        <Button loading={fetched.isPending} onClick={() => fetched.mutate()}>
          {t("Download")}
        </Button>
        {fetched.isError ? <Failed error={fetched.error} /> : null}
      </Group>
    );
  }
  return (
    <Text c="dimmed">
      {formatMoment(row.created_at)}: {step === "failed" ? t("this did not work. Ask for it again.") : t("deleted after its seven days.")}
    </Text>
  );
}
