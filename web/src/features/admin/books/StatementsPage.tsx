import type { SealedDay } from "@jobsphere/api-client";
import { adminStatementsCsvRetrieve, adminStatementsList, adminStatementsRetrieve } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { usePages } from "@/components/pages";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { saveFile } from "@/lib/saveFile";
import { formatDay, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { useFilters } from "../frame/filters";
import { Detail, Facts, Listing } from "../frame/Listing";
import { accountWord } from "../frame/words";
import classes from "./Books.module.css";
import { t } from "@jobsphere/domain/text";

/** Every day of the books, sealed: each seal covers its transfers and the seal of the day before. */
export function StatementsPage() {
  return (
    <AdminPage
      title={t("Daily statements")}
      right="finance"
      lead={t("Each day is sealed over all of its transfers and the day before: nothing behind a seal can change unseen.")}
    >
      <Statements />
    </AdminPage>
  );
}

function Statements() {
  const { open, set } = useFilters();
  const pages = usePages<SealedDay>(["admin", "statements"], (cursor) => ask(adminStatementsList({ query: { cursor, page_size: 31 } })));
  return (
    <>
      <Listing
        label={t("Daily statements")}
        pages={pages}
        onOpen={(row) => set({ open: row.id })}
        empty={{ title: t("No day is sealed yet"), text: t("A day is sealed soon after it has ended.") }}
        columns={[
          { label: t("Day"), cell: (row) => formatDay(row.day) },
          { label: t("Transfers"), cell: (row) => row.transfers },
          { label: t("Seal"), cell: (row) => <span className={classes.seal}>{row.seal.slice(0, 16)}…</span> },
        ]}
      />
      <Detail title={t("Daily statement")} opened={Boolean(open)} onClose={() => set({ open: undefined })}>
        <Day id={open ?? ""} />
      </Detail>
    </>
  );
}

function Day({ id }: { id: string }) {
  const day = useQuery({ queryKey: ["admin", "statement-of-day", id], queryFn: () => ask(adminStatementsRetrieve({ path: { statement_id: id } })) });
  const save = useVerb(() => ask(adminStatementsCsvRetrieve({ path: { statement_id: id }, parseAs: "blob" })), (file) =>
    saveFile(file, "statement.csv", "text/csv"),
  );
  if (day.isError) return <Failed error={day.error} retry={() => void day.refetch()} />;
  if (!day.data) return <Loading rows={3} height={80} />;
  const { data } = day;
  return (
    <>
      <Text fz="1.5rem" fw={700} ff="var(--js-heading)">
        {formatDay(data.day)}
      </Text>
      <Facts
        of={[
          [t("Transfers"), String(data.transfers)],
          [t("Sealed"), formatMoment(data.sealed_at)],
          [t("Seal"), <span key="s" className={classes.seal}>{data.seal}</span>],
          [t("Before it"), <span key="b" className={classes.seal}>{data.previous}</span>],
        ]}
      />
      <Section title={t("The day, account by account")}>
        <table className={classes.trial}>
          <thead>
            <tr>
              <th scope="col">{t("Account")}</th>
              <th scope="col">{t("Opening")}</th>
              <th scope="col">{t("Closing")}</th>
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <tr key={`${line.kind}${line.closing.currency}`}>
                <td>{accountWord(line.kind)}</td>
                <td>{formatMoney(line.opening)}</td>
                <td>{formatMoney(line.closing)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
      {save.error ? <Failed error={save.error} /> : null}
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {t("Save as a table (CSV)")}
      </Button>
    </>
  );
}
