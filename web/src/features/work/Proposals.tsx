import {
  type Job,
  type Proposal,
  proposalsList,
  proposalsRejectCreate,
  proposalsShortlistCreate,
} from "@jobsphere/api-client";
import { Anchor, Button, Group, Text, Textarea, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { RecordFiles } from "@/components/attachments/RecordFiles";
import { Dialog } from "@/components/Dialog";
import { LoadMore, usePages } from "@/components/pages";
import { PersonMenu } from "@/components/safety/PersonMenu";
import { Empty, Failed, Loading } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatAgo } from "@/lib/time";
import classes from "./JobPage.module.css";
import { t } from "@jobsphere/domain/text";

/** What contractors answered, side by side, the shortlisted first. */
export function Proposals({ job }: { job: Job }) {
  const proposals = usePages(["proposals", "of", job.id], (cursor) =>
    ask(proposalsList({ query: { job: job.id, role: "customer", page_size: 50, cursor } })),
  );
  const rows = proposals.rows?.toSorted((a, b) => rank(a) - rank(b));
  return (
    <section aria-labelledby="proposals">
      <Title order={2} size="h3" id="proposals" mb="sm">
        {t("Proposals")}
      </Title>
      {proposals.isPending ? <Loading rows={2} height={180} /> : null}
      {proposals.isError ? <Failed error={proposals.error} retry={() => void proposals.refetch()} /> : null}
      {rows?.length === 0 ? (
        <Empty title={t("No proposal yet")}>{t("Most jobs get their first answer within a day. We tell you when one arrives.")}</Empty>
      ) : null}
      <ul className={classes.compare}>
        {rows?.map((proposal) => (
          <li key={proposal.id}>
            <ProposalCard proposal={proposal} />
          </li>
        ))}
      </ul>
      <LoadMore {...proposals} />
    </section>
  );
}

function rank(proposal: Proposal): number {
  return ["accepted", "shortlisted", "pending", "rejected", "withdrawn"].indexOf(proposal.status);
}

function ProposalCard({ proposal }: { proposal: Proposal }) {
  const navigate = useNavigate();
  const [rejecting, setRejecting] = useState(false);
  const shortlist = useVerb(() => ask(proposalsShortlistCreate({ path: { proposal_id: proposal.id } })));
  const offer = (): void => void navigate({ to: "/offers/new", search: { proposal: proposal.id } as never });
  return (
    <article className={`js-card ${classes.proposal}`} aria-label={t("Proposal of {contractor}", { contractor: proposal.contractor.name })}>
      <Group justify="space-between" gap="xs">
        <Anchor component={Link} to={`/contractors/${proposal.contractor.id}`} fw={600}>
          {proposal.contractor.name}
        </Anchor>
        <Group gap="xs">
          <Status value={proposal.status} />
          <PersonMenu
            personId={proposal.contractor.id}
            name={proposal.contractor.name}
            subject={{ type: "proposal", id: proposal.id, title: t("this proposal") }}
          />
        </Group>
      </Group>
      <ProposalTerms proposal={proposal} />
      <Text className={classes.text}>{proposal.message}</Text>
      <RecordFiles kind="proposal" id={proposal.id} label={t("What {contractor} sends along", { contractor: proposal.contractor.name })} />
      {proposal.feedback ? <Text c="dimmed">{t("You wrote: {feedback}", { feedback: proposal.feedback })}</Text> : null}
      {shortlist.isError ? <Failed error={shortlist.error} /> : null}
      <div className={classes.bottom}>
        {proposal.live_offer_id ? <OfferThatIsThere id={proposal.live_offer_id} name={proposal.contractor.name} /> : null}
        <Actions
          allowed={proposal.allowed_actions}
          busy={shortlist.isPending ? "shortlist" : undefined}
          offered={{
            offer: { run: offer, label: t("Offer this") },
            shortlist: { run: () => shortlist.mutate() },
            reject: { run: () => setRejecting(true), danger: true },
          }}
        />
      </div>
      {rejecting ? <RejectProposal proposal={proposal} close={() => setRejecting(false)} /> : null}
    </article>
  );
}

function OfferThatIsThere({ id, name }: { id: string; name: string }) {
  return (
    <Group justify="space-between" gap="xs" mb="sm">
      <Text size="sm">{t("You have made an offer.")}</Text>
      <Button component={Link} to={`/offers/${id}`} aria-label={t("See your offer to {name}", { name })}>
        {t("See your offer")}
      </Button>
    </Group>
  );
}

/** Price, days and milestones of a proposal. */
export function ProposalTerms({ proposal }: { proposal: Proposal }) {
  return (
    <>
      <div>
        <span className={classes.price}>{formatMoney(proposal.price)}</span>{" "}
        {proposal.price_kind === "hourly" ? t("an hour") : ""}
        <Text size="sm" c="dimmed">
          {t("{days, plural, one {# day} other {# days}} of work · sent {ago}", { days: proposal.estimated_days, ago: formatAgo(proposal.created_at) })}
        </Text>
      </div>
      {proposal.milestones.length > 0 ? (
        <ul className={classes.parts} aria-label={t("Milestones")}>
          {proposal.milestones.map((part, index) => (
            <li key={index}>
              <span>{part.title}</span>
              <span className="js-number">{formatMoney(part.amount)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function RejectProposal({ proposal, close }: { proposal: Proposal; close: () => void }) {
  const [feedback, setFeedback] = useState("");
  const reject = useVerb(
    () => ask(proposalsRejectCreate({ path: { proposal_id: proposal.id }, body: { feedback } })),
    close,
  );
  return (
    <Dialog
      title={t("Decline {contractor}?", { contractor: proposal.contractor.name })}
      confirm={t("Decline")}
      danger
      busy={reject.isPending}
      error={reject.error}
      onConfirm={() => reject.mutate()}
      onClose={close}
    >
      <Textarea
        label={t("A word for them (optional)")}
        description={t("Kind and concrete helps: too expensive, too late, another focus.")}
        value={feedback}
        onChange={(event) => setFeedback(event.currentTarget.value)}
      />
    </Dialog>
  );
}
