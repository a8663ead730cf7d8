import { adminRetentionRetrieve, type CleanUp, type TableRetention } from "@jobsphere/api-client";
import { Badge, Group, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { t } from "@jobsphere/domain/text";

/** How long what is kept, why, and what the last nights removed. */
export function RetentionPage() {
  return (
    <AdminPage
      title={t("Retention")}
      right="operations"
      lead={t("Every table says how long it keeps its rows, and why. What is over goes by night, in small steps; the books stay for good.")}
    >
      <Retention />
    </AdminPage>
  );
}

function Retention() {
  const seen = useQuery({ queryKey: ["admin", "retention"], queryFn: () => ask(adminRetentionRetrieve()) });
  if (seen.isError) return <Failed error={seen.error} retry={() => void seen.refetch()} />;
  if (!seen.data) return <Loading rows={6} height={48} />;
  const cleaned = seen.data.tables.filter((table) => table.days !== null);
  const others = seen.data.tables.filter((table) => table.days === null);
  return (
    <Stack gap="xl">
      <Section title={t("The last nights")}>
        <Runs runs={seen.data.runs} />
      </Section>
      <Section title={t("What goes by itself")}>
        <Tables label={t("Tables with a period")} tables={cleaned} />
      </Section>
      <Section title={t("What stays, or goes with something else")}>
        <Tables label={t("Tables without a period")} tables={others} />
      </Section>
    </Stack>
  );
}

function Runs({ runs }: { runs: CleanUp[] }) {
  if (runs.length === 0) return <Text>{t("No night has passed yet. The first clean-up runs within a day.")}</Text>;
  return (
    <Stack gap="xs" component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {runs.map((run) => (
        <Group key={run.id} component="li" className="js-card" justify="space-between" gap="sm">
          <Stack gap={0}>
            <Text fw={600}>{outcome(run)}</Text>
            <Text size="sm" c="dimmed">
              {formatMoment(run.began_at)}
              {run.source === "command" ? t(", asked for by an operator") : ""}
            </Text>
          </Stack>
          {run.failed.length > 0 ? (
            <Badge color="red.9" variant="filled" style={{ textTransform: "none" }}>
              {t("Failed: {failed}", { failed: run.failed.join(", ") })}
            </Badge>
          ) : null}
        </Group>
      ))}
    </Stack>
  );
}

/** What a run has done, said plainly. */
export function outcome(run: Pick<CleanUp, "finished_at" | "removed" | "tables" | "failed">): string {
  if (!run.finished_at) return t("It goes on, or was interrupted; the next night goes on from there.");
  if (run.removed === 0) return run.failed.length > 0 ? t("Nothing was removed.") : t("Nothing was due.");
  return t("{removed, plural, one {# row} other {# rows}} removed.", { removed: run.removed });
}

function Tables({ label, tables }: { label: string; tables: TableRetention[] }) {
  return (
    <Table.ScrollContainer type="native" minWidth={640} tabIndex={0} role="region" aria-label={label}>
      <Table verticalSpacing="sm" aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("Table")}</Table.Th>
            <Table.Th>{t("Kept")}</Table.Th>
            <Table.Th>{t("Why")}</Table.Th>
            <Table.Th>{t("Last time")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tables.map((table) => (
            <Table.Tr key={table.table}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{table.table}</Table.Td>
              <Table.Td>
                {period(table)}
                {table.period ? (
                  <Text size="xs" c="dimmed">
                    RETENTION_DAYS: {table.period}
                  </Text>
                ) : null}
              </Table.Td>
              <Table.Td>{table.why}</Table.Td>
              <Table.Td>{last(table)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** How long a table keeps its rows, as people say it. */
export function period({ how, days, by }: Pick<TableRetention, "how" | "days" | "by">): string {
  if (days !== null) return t("{days, plural, one {# day} other {# days}}", { days });
  if (how === "keep") return t("For good");
  return how === "follow" ? t("As long as {by}", { by }) : t("Until {by} removes it", { by });
}

function last({ cleaned_at, removed, unfinished, error }: TableRetention): string {
  if (!cleaned_at) return "";
  if (error) return t("Failed {ago}: {error}", { ago: formatAgo(cleaned_at), error });
  const done = removed === 0 ? t("Nothing was due") : t("{removed} removed", { removed });
  return t("{done} {ago}{unfinished, select, yes {; more tomorrow} other {}}", { done, ago: formatAgo(cleaned_at), unfinished: unfinished ? "yes" : "other" });
}
