import {
  type Contract,
  type Deliverable,
  type Milestone,
  milestonesStartCreate,
  type RefundRequest,
  refundRequestsWithdrawCreate,
} from "@jobsphere/api-client";
import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { Countdown } from "@/components/Countdown";
import { Failed } from "@/components/States";
import { Status } from "@/components/Status";
import { useVerb } from "@/components/useVerb";
import { useAccount } from "@/lib/account";
import { ask } from "@/lib/api";
import { formatDay, formatMoment } from "@/lib/time";
import classes from "./ContractPage.module.css";
import { AgreeRefund, DeclineRefund, GiveBack, RequestRefund } from "./RefundDialogs";
import { ReleaseMilestone, RequestChanges, SubmitMilestone } from "./WorkDialogs";

interface MilestoneCardProps {
  contract: Contract;
  milestone: Milestone;
  deliverables: Deliverable[];
}

type Asking = "submit" | "release" | "request_changes" | "request_refund" | "refund";

/** One part of the work: what, how much, where it stands, and what may be done now. */
export function MilestoneCard({ contract, milestone, deliverables }: MilestoneCardProps) {
  const [asking, setAsking] = useState<Asking>();
  const start = useVerb(() => ask(milestonesStartCreate({ path: { milestone_id: milestone.id } })));
  const open = (which: Asking) => ({ run: () => setAsking(which) });
  const close = (): void => setAsking(undefined);
  const isCustomer = useAccount().data?.id === contract.customer.id;
  return (
    <article className="js-card" aria-labelledby={`m-${milestone.id}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Title order={3} size="h4" id={`m-${milestone.id}`}>
            {milestone.title}
          </Title>
          <Status value={milestone.status} />
        </Group>
        <MilestoneMoneyText milestone={milestone} />
        {milestone.description ? <Text className={classes.text}>{milestone.description}</Text> : null}
        {milestone.due_on ? <Text size="sm">Due {formatDay(milestone.due_on)}</Text> : null}
        {milestone.auto_release_at ? (
          <div className={classes.countdown}>
            {isCustomer ? "Approved by itself" : "Released to you by itself"}{" "}
            <Countdown to={milestone.auto_release_at} />
            {isCustomer ? ", unless you request changes." : ", unless the customer requests changes."}
          </div>
        ) : null}
        {start.isError ? <Failed error={start.error} /> : null}
        <Actions
          allowed={milestone.allowed_actions}
          busy={start.isPending ? "start" : undefined}
          offered={{
            release: open("release"),
            start: { run: () => start.mutate() },
            submit: open("submit"),
            request_changes: open("request_changes"),
            request_refund: { ...open("request_refund"), quiet: true },
            refund: { ...open("refund"), label: "Give the money back", danger: true },
          }}
        />
        {milestone.refund_request ? <RefundBlock contract={contract} request={milestone.refund_request} /> : null}
        <History deliverables={deliverables} isCustomer={isCustomer} />
      </Stack>
      {asking === "submit" ? <SubmitMilestone milestone={milestone} close={close} /> : null}
      {asking === "release" ? <ReleaseMilestone contract={contract} milestone={milestone} close={close} /> : null}
      {asking === "request_changes" ? <RequestChanges milestone={milestone} close={close} /> : null}
      {asking === "request_refund" ? <RequestRefund contract={contract} milestone={milestone} close={close} /> : null}
      {asking === "refund" ? <GiveBack contract={contract} milestone={milestone} close={close} /> : null}
    </article>
  );
}

function MilestoneMoneyText({ milestone }: { milestone: Milestone }) {
  const { money } = milestone;
  const parts = [
    money && money.protected.amount > 0 ? `${formatMoney(money.protected)} protected` : undefined,
    money && money.released.amount > 0 ? `${formatMoney(money.released)} released` : undefined,
    money && money.refunded.amount > 0 ? `${formatMoney(money.refunded)} refunded` : undefined,
    money?.on_hold ? "paused by JobSphere" : undefined,
  ].filter(Boolean);
  return (
    <div>
      <span className={classes.amount}>{formatMoney(milestone.amount)}</span>
      <Text size="sm" c="dimmed">
        {parts.join(" · ")}
      </Text>
      {money?.fees ? (
        <Text size="sm">
          You get <strong className="js-number">{formatMoney(money.fees.payout)}</strong> after{" "}
          {formatMoney({
            amount: money.fees.platform_fee.amount + money.fees.service_fee.amount,
            currency: money.fees.payout.currency,
          })}{" "}
          in fees
        </Text>
      ) : null}
    </div>
  );
}

function RefundBlock({ contract, request }: { contract: Contract; request: RefundRequest }) {
  const [asking, setAsking] = useState<"agree" | "decline">();
  const withdraw = useVerb(() => ask(refundRequestsWithdrawCreate({ path: { request_id: request.id } })));
  const close = (): void => setAsking(undefined);
  return (
    <div className={classes.request}>
      <Text fw={600}>
        {contract.customer.name} asked for {formatMoney(request.amount)} back
      </Text>
      <Text className={classes.text} mb="xs">
        {request.reason}
      </Text>
      {withdraw.isError ? <Failed error={withdraw.error} /> : null}
      <Actions
        allowed={request.allowed_actions}
        busy={withdraw.isPending ? "withdraw" : undefined}
        offered={{
          agree: { run: () => setAsking("agree"), label: "Agree and refund" },
          decline: { run: () => setAsking("decline"), label: "Decline" },
          withdraw: { run: () => withdraw.mutate(), label: "Take the request back" },
        }}
      />
      {asking === "agree" ? <AgreeRefund contract={contract} request={request} close={close} /> : null}
      {asking === "decline" ? <DeclineRefund request={request} close={close} /> : null}
    </div>
  );
}

/** Everything that was handed in, the newest first, with the answer to it. */
function History({ deliverables, isCustomer }: { deliverables: Deliverable[]; isCustomer: boolean }) {
  if (deliverables.length === 0) return null;
  const newestFirst = deliverables.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  return (
    <ul className={classes.history} aria-label="Handed in">
      {newestFirst.map((each) => (
        <li key={each.id}>
          <Text size="sm" c="dimmed">
            Handed in {formatMoment(each.created_at)}
          </Text>
          {each.note ? <Text className={classes.text}>{each.note}</Text> : null}
          <Attached deliverable={each} />
          {each.answer ? (
            <div className={classes.answer} data-answer={each.answer}>
              <Text size="sm" fw={600}>
                {each.answer === "approved" ? "Approved" : isCustomer ? "You asked for changes" : "Changes requested"}
              </Text>
              {each.feedback ? <Text className={classes.text}>{each.feedback}</Text> : null}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** The generated client learns of `files` with the next `make api`; until then they are optional here. */
type WithFiles = Deliverable & { files?: { display_name: string; url: string }[] };

function Attached({ deliverable }: { deliverable: WithFiles }) {
  const links = deliverable.links.map((link) => ({ name: link, url: link }));
  const files = (deliverable.files ?? []).map((file) => ({ name: file.display_name, url: file.url }));
  if (links.length + files.length === 0) return null;
  return (
    <ul className={classes.links}>
      {[...files, ...links].map(({ name, url }) => (
        <li key={url}>
          <Anchor href={url} target="_blank" rel="noopener noreferrer nofollow">
            {name}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}
