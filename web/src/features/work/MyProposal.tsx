import { type Job, type Proposal, proposalsDestroy, proposalsList } from "@jobsphere/api-client";
import { Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { Dialog } from "@/components/Dialog";
import { Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import classes from "./JobPage.module.css";
import { ProposalTerms } from "./Proposals";
import { ProposeForm } from "./ProposeForm";

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
          <ProposeForm key={proposal.id} job={job} proposal={proposal} done={() => setEditing(undefined)} />
        ) : (
          <Sent key={proposal.id} proposal={proposal} edit={() => setEditing(proposal.id)} />
        ),
      )}
      {mayPropose ? <ProposeForm job={job} /> : null}
    </>
  );
}

function Sent({ proposal, edit }: { proposal: Proposal; edit: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <section className="js-card" aria-label="My proposal">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h3">
            My proposal
          </Title>
          <Status value={proposal.status} />
        </Group>
        <ProposalTerms proposal={proposal} />
        <Text className={classes.text}>{proposal.message}</Text>
        {proposal.feedback ? <Text>The customer wrote: {proposal.feedback}</Text> : null}
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
      title="Withdraw your proposal?"
      confirm="Withdraw"
      danger
      busy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={close}
    >
      <Text>The customer no longer sees it. You can propose again while the job is open.</Text>
    </Dialog>
  );
}
