import type { Difference, Run } from "@jobsphere/api-client";
import {
  adminDifferencesAcknowledgeCreate,
  adminDifferencesList,
  adminProofList,
  adminReconciliationCreate,
  adminReconciliationList,
} from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { Button, Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LoadMore, usePages } from "@/components/pages";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { formatAgo, formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { Facts, Listing, Small } from "../frame/Listing";
import { ReasonDialog } from "../frame/ReasonDialog";
import { codeWord } from "../frame/words";
import classes from "./Books.module.css";
import { t } from "@jobsphere/domain/text";

/** Our books against the gateways' own, and every difference in words. */
export function ReconciliationPage() {
  return (
    <AdminPage title={t("Reconciliation")} right="finance" lead={t("Our books against the gateways' own movements, fees included.")}>
      <Runs />
      <Differences />
      <Proofs />
    </AdminPage>
  );
}

function Runs() {
  const runs = useQuery({
    queryKey: ["admin", "runs"],
    queryFn: () => ask(adminReconciliationList({ query: { page_size: 8 } })),
    refetchInterval: (query) => (query.state.data?.results.some(({ status }) => status !== "finished") ? 1_500 : 60_000),
  });
  const start = useVerb((_: void, key) => ask(adminReconciliationCreate({ body: {}, headers: withKey(key) })));
  const busy = runs.data?.results.some(({ status }) => status !== "finished") ?? false;
  return (
    <Section
      title={t("Runs")}
      aside={
        <Button loading={start.isPending} disabled={busy} onClick={() => start.mutate()}>
          {t("Reconcile now")}
        </Button>
      }
    >
      {start.error ? <Failed error={start.error} /> : null}
      {runs.isError ? <Failed error={runs.error} retry={() => void runs.refetch()} /> : null}
      {runs.isPending ? <Loading rows={3} height={58} /> : null}
      {runs.data ? <RunList rows={runs.data.results} /> : null}
    </Section>
  );
}

function RunList({ rows }: { rows: Run[] }) {
  const pages = { rows, isError: false, error: null, refetch: () => undefined, hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined };
  return (
    <Listing
      label={t("Reconciliation runs")}
      pages={pages}
      empty={{ title: t("Not once yet"), text: t("It runs every night, and whenever you ask for it.") }}
      columns={[
        { label: t("When"), cell: (row) => formatAgo(row.asked_at) },
        { label: t("Asked by"), cell: (row) => row.started_by || t("the night") },
        { label: t("Result"), cell: (row) => <Result run={row} /> },
      ]}
    />
  );
}

function Result({ run }: { run: Run }) {
  if (run.status !== "finished") {
    const share = run.checks_total > 0 ? (100 * run.checks_done) / run.checks_total : 0;
    return (
      <>
        {run.current ? t("Looking at: {codeWord}", { codeWord: codeWord(run.current) }) : t("Waits for its turn")}
        <Progress value={share} size="sm" mt={4} aria-label={t("How far it is")} />
      </>
    );
  }
  return (
    <>
      {run.sound ? t("The books balance: yes") : t("{differences} differences", { differences: run.differences })}
      {run.pending > 0 ? <Small>{t("{pending} more are a matter of time", { pending: run.pending })}</Small> : null}
    </>
  );
}

function Differences() {
  const pages = usePages<Difference>(["admin", "differences"], (cursor) =>
    ask(adminDifferencesList({ query: { cursor, gone: false, page_size: 20 } })),
  );
  return (
    <Section title={t("Differences")}>
      {pages.isError ? <Failed error={pages.error} retry={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Loading rows={2} height={120} /> : null}
      {pages.rows?.length === 0 ? (
        <Empty title={t("None")}>{t("Everything that moved at the gateways is in our books, and the other way round.")}</Empty>
      ) : null}
      <ul className={classes.plain}>
        {pages.rows?.map((each) => (
          <li key={each.id}>
            <DifferenceCard difference={each} />
          </li>
        ))}
      </ul>
      <LoadMore {...pages} />
    </Section>
  );
}

function DifferenceCard({ difference }: { difference: Difference }) {
  const [noting, note] = useState(false);
  const calm = difference.pending || difference.acknowledged_at !== null;
  const amount = difference.amount as Money | null;
  return (
    <div className={classes.difference} data-calm={calm || undefined}>
      <strong>{difference.words}</strong>
      <Text>{difference.meaning}</Text>
      <Text>
        <strong>{t("Next:")}</strong> {difference.next_step}
      </Text>
      <Facts
        of={[
          [t("About"), difference.subject],
          [t("Amount"), amount ? formatMoney(amount) : ""],
          [t("Seen"), t("{timesSeen} times, first {when}", { timesSeen: difference.times_seen, when: formatMoment(difference.first_seen) })],
          [t("Noted"), difference.acknowledged_at ? `${difference.note} (${difference.acknowledged_by})` : ""],
        ]}
      />
      {difference.acknowledged_at || difference.pending ? null : (
        <Button variant="default" style={{ justifySelf: "start" }} onClick={() => note(true)}>
          {t("I know of it")}
        </Button>
      )}
      {noting ? (
        <ReasonDialog
          title={t("I know of this difference")}
          confirm={t("Note it")}
          onClose={() => note(false)}
          run={(reason, key) =>
            ask(adminDifferencesAcknowledgeCreate({ path: { difference_id: difference.id }, body: { reason }, headers: withKey(key) }))
          }
        >
          <Text>{t("It stays in the list, without alarm, until it is gone by itself.")}</Text>
        </ReasonDialog>
      ) : null}
    </div>
  );
}

function Proofs() {
  const proofs = useQuery({ queryKey: ["admin", "proof"], queryFn: () => ask(adminProofList()) });
  if (proofs.isError) return <Failed error={proofs.error} retry={() => void proofs.refetch()} />;
  if (!proofs.data || proofs.data.length === 0) return null;
  return (
    <Section title={t("Theirs and ours")}>
      <div className="js-card">
        <table className={classes.trial}>
          <thead>
            <tr>
              <th scope="col">{t("Gateway")}</th>
              <th scope="col">{t("They say")}</th>
              <th scope="col" className={classes.roomy}>
                {t("We say")}
              </th>
              <th scope="col">{t("Difference")}</th>
            </tr>
          </thead>
          <tbody>
            {proofs.data.map((each) => (
              <tr key={`${each.gateway}${each.currency}`}>
                <td>
                  {codeWord(each.gateway)} {each.currency}
                </td>
                <td>{formatMoney(each.theirs.closing)}</td>
                <td className={classes.roomy}>{formatMoney(each.ours.closing)}</td>
                <td>{formatMoney(each.difference)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
