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
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { AttachmentList } from "@/components/attachments/AttachmentList";
import { useRecordFiles } from "@/components/attachments/records";
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
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

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
  const navigate = useNavigate();
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
          <Status value={milestone.status === "pending" ? "unfunded" : milestone.status} />
        </Group>
        <MilestoneMoneyText milestone={milestone} />
        {milestone.description ? <Text className={classes.text}>{milestone.description}</Text> : null}
        {milestone.due_on ? <Text size="sm">{t("Due {day}", { day: formatDay(milestone.due_on) })}</Text> : null}
        {milestone.status === "pending" ? <Unfunded contract={contract} milestone={milestone} /> : null}
        {milestone.auto_release_at ? (
          <div className={classes.countdown}>
            <Said
              text={
                isCustomer
                  ? "Approved by itself {countdown}, unless you request changes."
                  : "Released to you by itself {countdown}, unless the customer requests changes."
              }
              values={{ countdown: <Countdown to={milestone.auto_release_at} /> }}
            />
          </div>
        ) : null}
        {start.isError ? <Failed error={start.error} /> : null}
        <Actions
          allowed={milestone.allowed_actions}
          busy={start.isPending ? "start" : undefined}
          offered={{
            fund: {
              run: () => void navigate({ to: `/contracts/${contract.id}/pay`, search: { due: milestone.id } as never }),
              label: t("Pay {milestone} in", { milestone: formatMoney(milestone.amount) }),
            },
            release: open("release"),
            start: { run: () => start.mutate() },
            submit: open("submit"),
            request_changes: open("request_changes"),
            request_refund: { ...open("request_refund"), quiet: true },
            refund: { ...open("refund"), label: t("Give the money back"), danger: true },
          }}
        />
        {milestone.refund_request ? <RefundBlock contract={contract} request={milestone.refund_request} /> : null}
        <History deliverables={deliverables} isCustomer={isCustomer} />
      </Stack>
      {asking === "submit" ? <SubmitMilestone milestone={milestone} close={close} /> : null}
      {asking === "release" ? <ReleaseMilestone contract={contract} milestone={milestone} close={close} /> : null}
      {asking === "request_changes" ? <RequestChanges milestone={milestone} handedIn={newest(deliverables)} close={close} /> : null}
      {asking === "request_refund" ? <RequestRefund contract={contract} milestone={milestone} close={close} /> : null}
      {asking === "refund" ? <GiveBack contract={contract} milestone={milestone} close={close} /> : null}
    </article>
  );
}

/** Nothing is protected yet: say to each of the two what that means for them. */
function Unfunded({ contract, milestone }: { contract: Contract; milestone: Milestone }) {
  const isCustomer = useAccount().data?.id === contract.customer.id;
  const by = milestone.fund_by ? t(" Asked for by {day}.", { day: formatDay(milestone.fund_by) }) : "";
  return (
    <Text size="sm">
      {isCustomer
        ? t("Work on it starts once you have paid it in. The money stays protected until you approve.{by}", { by })
        : t("{customer} has not paid it in yet. Wait with this part; you are told as soon as its money is protected.{by}", { customer: contract.customer.name, by })}
    </Text>
  );
}

function MilestoneMoneyText({ milestone }: { milestone: Milestone }) {
  const { money } = milestone;
  const parts = [
    money && money.protected.amount > 0 ? t("{protected} protected", { protected: formatMoney(money.protected) }) : undefined,
    money && money.released.amount > 0 ? t("{released} released", { released: formatMoney(money.released) }) : undefined,
    money && money.refunded.amount > 0 ? t("{refunded} refunded", { refunded: formatMoney(money.refunded) }) : undefined,
    money?.on_hold ? t("paused by JobSphere") : undefined,
  ].filter(Boolean);
  return (
    <div>
      <span className={classes.amount}>{formatMoney(milestone.amount)}</span>
      <Text size="sm" c="dimmed">
        {parts.join(" · ")}
      </Text>
      {money?.fees ? (
        <Text size="sm">
          <Said text="You get <0>{payout}</0> after {money} in fees" tags={[<strong className="js-number" />]} values={{ payout: formatMoney(money.fees.payout), money: formatMoney({
            amount: money.fees.platform_fee.amount + money.fees.service_fee.amount,
            currency: money.fees.payout.currency,
          }) }} />
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
        {t("{customer} asked for {request} back", { customer: contract.customer.name, request: formatMoney(request.amount) })}
      </Text>
      <Text className={classes.text} mb="xs">
        {request.reason}
      </Text>
      {withdraw.isError ? <Failed error={withdraw.error} /> : null}
      <Actions
        allowed={request.allowed_actions}
        busy={withdraw.isPending ? "withdraw" : undefined}
        offered={{
          agree: { run: () => setAsking("agree"), label: t("Agree and refund") },
          decline: { run: () => setAsking("decline"), label: t("Decline") },
          withdraw: { run: () => withdraw.mutate(), label: t("Take the request back") },
        }}
      />
      {asking === "agree" ? <AgreeRefund contract={contract} request={request} close={close} /> : null}
      {asking === "decline" ? <DeclineRefund request={request} close={close} /> : null}
    </div>
  );
}

function newest(deliverables: Deliverable[]): Deliverable | undefined {
  return deliverables.toSorted((a, b) => a.created_at.localeCompare(b.created_at)).at(-1);
}

/** Everything that was handed in, the newest first, with the answer to it. */
function History({ deliverables, isCustomer }: { deliverables: Deliverable[]; isCustomer: boolean }) {
  const shown = useRecordFiles("feedback", deliverables.filter((each) => each.answer === "changes_requested").map((each) => each.id));
  if (deliverables.length === 0) return null;
  const newestFirst = deliverables.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
  return (
    <ul className={classes.history} aria-label={t("Handed in")}>
      {newestFirst.map((each) => (
        <li key={each.id}>
          <Text size="sm" c="dimmed">
            {t("Handed in {when}", { when: formatMoment(each.created_at) })}
          </Text>
          {each.note ? <Text className={classes.text}>{each.note}</Text> : null}
          <Attached deliverable={each} />
          {each.answer ? (
            <div className={classes.answer} data-answer={each.answer}>
              <Text size="sm" fw={600}>
                {each.answer === "approved" ? t("Approved") : isCustomer ? t("You asked for changes") : t("Changes requested")}
              </Text>
              {each.feedback ? <Text className={classes.text}>{each.feedback}</Text> : null}
              <AttachmentList files={shown.data?.get(each.id) ?? []} label={t("Shown with it")} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Attached({ deliverable }: { deliverable: Deliverable }) {
  return (
    <>
      <AttachmentList files={deliverable.files} label={t("Handed-in files")} />
      {deliverable.links.length > 0 ? (
        <ul className={classes.links}>
          {deliverable.links.map((link) => (
            <li key={link}>
              <Anchor href={link} target="_blank" rel="noopener noreferrer nofollow">
                {link}
              </Anchor>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
