import { type Job, type Proposal, proposalsDestroy, proposalsList } from "@jobsphere/api-client";
import { Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import type { Attached } from "@/components/attachments/attached";
import { useRecordFiles } from "@/components/attachments/records";
import { RecordFiles } from "@/components/attachments/RecordFiles";
import { Dialog } from "@/components/Dialog";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import classes from "./JobPage.module.css";
import { ProposalTerms } from "./Proposals";
import { ProposeForm } from "./ProposeForm";
import { t } from "@jobsphere/domain/text";

/** For a contractor: their answer to this job, or the form to write one. */
export function MyProposal({ job }: { job: Job }) {
  const [editing, setEditing] = useState<string>();
  const mine = useQuery({
    queryKey: ["proposals", "mine", job.id],
    queryFn: () => ask(proposalsList({ query: { job: job.id, role: "contractor", page_size: 20 } })),
  });
  if (mine.isPending) return <Loading rows={1} height={180} />;
  if (mine.isError) return <Failed error={mine.error} retry={() => void mine.refetch()} />;
  const mayPropose = job.allowed_actions.includes("propose");
  return (
    <>
      {mine.data.results.map((proposal) =>
        editing === proposal.id ? (
          <ChangeForm key={proposal.id} job={job} proposal={proposal} done={() => setEditing(undefined)} />
        ) : (
          <Sent key={proposal.id} proposal={proposal} edit={() => setEditing(proposal.id)} />
        ),
      )}
      {mayPropose ? <ProposeForm job={job} /> : null}
    </>
  );
}

/** Saving says which files the proposal has, so what it has must be known first. */
function ChangeForm({ job, proposal, done }: { job: Job; proposal: Proposal; done: () => void }) {
  const files = useRecordFiles("proposal", [proposal.id]);
  if (files.isError) return <Failed error={files.error} retry={() => void files.refetch()} />;
  if (!files.data) return <Loading rows={1} height={360} />;
  return <ProposeForm job={job} proposal={proposal} files={files.data.get(proposal.id) ?? NONE} done={done} />;
}

const NONE: Attached[] = [];

function Sent({ proposal, edit }: { proposal: Proposal; edit: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <section className="js-card" aria-label={t("My proposal")}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h3">
            {t("My proposal")}
          </Title>
          <Status value={proposal.status} />
        </Group>
        <ProposalTerms proposal={proposal} />
        <Text className={classes.text}>{proposal.message}</Text>
        <RecordFiles kind="proposal" id={proposal.id} label={t("What comes with it")} />
        {proposal.feedback ? <Text>{t("The customer wrote: {feedback}", { feedback: proposal.feedback })}</Text> : null}
        <Actions
          allowed={proposal.allowed_actions}
          offered={{ edit: { run: edit }, withdraw: { run: () => setAsking(true), danger: true } }}
        />
      </Stack>
      {asking ? <Withdraw proposal={proposal} close={() => setAsking(false)} /> : null}
    </section>
  );
}

function Withdraw({ proposal, close }: { proposal: Proposal; close: () => void }) {
  const withdraw = useVerb(() => ask(proposalsDestroy({ path: { proposal_id: proposal.id } })), close);
  return (
    <Dialog
      title={t("Withdraw your proposal?")}
      confirm={t("Withdraw")}
      danger
      busy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={close}
    >
      <Text>{t("The customer no longer sees it. You can propose again while the job is open.")}</Text>
    </Dialog>
  );
}
