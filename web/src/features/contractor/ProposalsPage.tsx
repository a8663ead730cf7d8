import { type Proposal, proposalsDestroy, proposalsList } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { statusWord } from "@jobsphere/domain/words";
import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Page } from "@/components/Page";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { everyRow } from "@/lib/pages";
import { formatAgo } from "@/lib/time";
import classes from "./ProposalsPage.module.css";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** The columns of the board, from the most promising on; what the server adds later gets its own at the end. */
const order = ["shortlisted", "pending", "accepted", "rejected", "withdrawn"];

export function ProposalsPage() {
  const proposals = useQuery({
    queryKey: ["proposals", "contractor", "all"],
    queryFn: () => everyRow((cursor) => ask(proposalsList({ query: { role: "contractor", cursor, page_size: 100 } }))),
  });
  const all = proposals.data ?? [];
  const statuses = [...new Set([...order, ...all.map((each) => each.status)])];
  return (
    <Page
      title={t("My proposals")}
      aside={
        <Button component={Link} to="/jobs">
          {t("Find jobs")}
        </Button>
      }
    >
      {proposals.isError ? <Failed error={proposals.error} retry={() => void proposals.refetch()} /> : null}
      {proposals.isPending ? <Loading rows={4} /> : null}
      {proposals.data?.length === 0 ? (
        <Empty title={t("No proposals yet")}>{t("Find a job that fits and name your price. It costs nothing.")}</Empty>
      ) : null}
      <div className={classes.board}>
        {statuses.map((status) => (
          <Column key={status} status={status} proposals={all.filter((each) => each.status === status)} />
        ))}
      </div>
    </Page>
  );
}

const FIRST = 6;

function Column({ status, proposals }: { status: string; proposals: Proposal[] }) {
  const [all, setAll] = useState(false);
  if (proposals.length === 0) return null;
  const shown = all ? proposals : proposals.slice(0, FIRST);
  return (
    <section className={classes.column} aria-labelledby={`column-${status}`}>
      <h2 id={`column-${status}`} className={classes.heading}>
        {statusWord(status).text} <span className={classes.count}>{proposals.length}</span>
      </h2>
      <ul className={classes.list}>
        {shown.map((proposal) => (
          <Card key={proposal.id} proposal={proposal} />
        ))}
      </ul>
      {shown.length < proposals.length ? (
        <Button variant="default" onClick={() => setAll(true)}>
          {t("Show all {count}", { count: proposals.length })}
        </Button>
      ) : null}
    </section>
  );
}

function Card({ proposal }: { proposal: Proposal }) {
  const [asking, setAsking] = useState(false);
  const withdraw = useVerb(() => ask(proposalsDestroy({ path: { proposal_id: proposal.id } })));
  return (
    <li className={classes.card}>
      <Link to={`/jobs/${proposal.job.id}`} className={classes.title}>
        {proposal.job.title}
      </Link>
      <Group justify="space-between" gap="xs">
        <strong className="js-number">
          {proposal.price_kind === "hourly"
            ? t("{price} an hour", { price: formatMoney(proposal.price, { short: true }) })
            : formatMoney(proposal.price, { short: true })}
        </strong>
        <Text size="sm" c="dimmed">
          {formatAgo(proposal.created_at)}
        </Text>
      </Group>
      {proposal.job.status === "open" ? null : (
        <Text size="sm" component="span">
          <Said text="The job: {status}" values={{ status: <Status value={proposal.job.status} /> }} />
        </Text>
      )}
      {proposal.feedback ? <Text size="sm">“{proposal.feedback}”</Text> : null}
      {proposal.allowed_actions.includes("withdraw") ? (
        <Button size="sm" variant="default" onClick={() => setAsking(true)} aria-label={t("Withdraw: {title}", { title: proposal.job.title })}>
          {t("Withdraw")}
        </Button>
      ) : null}
      {asking ? (
        <Dialog
          title={t("Withdraw the proposal?")}
          confirm={t("Withdraw it")}
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate(undefined, { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <Text>{t("The customer will not see it any more.")}</Text>
        </Dialog>
      ) : null}
    </li>
  );
}
