import {
  type Contract,
  type Milestone,
  milestonesRefundCreate,
  milestonesRequestRefundCreate,
  type RefundRequest,
  refundRequestsAgreeCreate,
  refundRequestsDeclineCreate,
} from "@jobsphere/api-client";
import { Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { decimalText, formatMoney, type Money } from "@jobsphere/domain/money";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";

interface MilestoneProps {
  contract: Contract;
  milestone: Milestone;
  close: () => void;
}

interface RefundWords {
  title: string;
  confirm: (amount: string) => string;
  done: string;
  text: ReactNode;
}

interface RefundFormProps extends MilestoneProps {
  words: RefundWords;
  send: (body: { amount: Money; reason: string }, key: string) => Promise<unknown>;
}

export function RequestRefund(props: MilestoneProps) {
  return (
    <RefundForm
      {...props}
      words={{
        title: "Ask for money back",
        confirm: (amount) => `Ask for ${amount}`,
        done: `Sent. ${props.contract.contractor.name} agrees or declines.`,
        text: `Nothing moves yet: ${props.contract.contractor.name} decides. If they agree, the money goes back to your card.`,
      }}
      send={(body) => ask(milestonesRequestRefundCreate({ path: { milestone_id: props.milestone.id }, body }))}
    />
  );
}

export function GiveBack(props: MilestoneProps) {
  return (
    <RefundForm
      {...props}
      words={{
        title: "Give the money back",
        confirm: (amount) => `Give back ${amount}`,
        done: "The money is on its way back to the customer.",
        text: `It goes back to ${props.contract.customer.name} at once. You cannot take this back.`,
      }}
      send={(body, key) =>
        ask(milestonesRefundCreate({ path: { milestone_id: props.milestone.id }, body, headers: withKey(key) }))
      }
    />
  );
}

function RefundForm({ milestone, close, words, send }: RefundFormProps) {
  const most = milestone.money?.protected ?? milestone.amount;
  const [amount, setAmount] = useState(decimalText(most));
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const read = readMoney(amount, most.currency);
  const tooMuch = read.money && read.money.amount > most.amount ? `At most ${formatMoney(most)} is protected.` : undefined;
  const wrong = { amount: read.problem ?? tooMuch, reason: reason.trim().length < 3 ? "Say why." : undefined };
  const verb = useVerb(
    (_: void, key) => send({ amount: read.money ?? most, reason: reason.trim() }, key),
    () => {
      notifications.show({ message: words.done });
      close();
    },
  );
  const problem = verb.isError ? asProblem(verb.error) : undefined;
  return (
    <Dialog
      title={words.title}
      confirm={words.confirm(read.money && !tooMuch ? formatMoney(read.money) : "money")}
      busy={verb.isPending}
      error={verb.error}
      onConfirm={() => (wrong.amount || wrong.reason ? setJudged(true) : verb.mutate())}
      onClose={close}
    >
      <Text>{words.text}</Text>
      <MoneyInput
        label="How much"
        description={`${formatMoney(most)} is protected`}
        currency={most.currency}
        value={amount}
        error={(judged ? wrong.amount : undefined) ?? problem?.at("/amount")}
        onChange={setAmount}
      />
      <Textarea
        label="Why"
        required
        maxLength={1000}
        value={reason}
        error={(judged ? wrong.reason : undefined) ?? problem?.at("/reason")}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}

interface RequestProps {
  request: RefundRequest;
  close: () => void;
}

export function AgreeRefund({ contract, request, close }: RequestProps & { contract: Contract }) {
  const amount = formatMoney(request.amount);
  const agree = useVerb<void>(
    (_, key) => ask(refundRequestsAgreeCreate({ path: { request_id: request.id }, headers: withKey(key) })),
    close,
  );
  return (
    <Dialog
      title={`Give ${amount} back?`}
      confirm={`Refund ${amount}`}
      busy={agree.isPending}
      error={agree.error}
      onConfirm={() => agree.mutate()}
      onClose={close}
    >
      <Text>
        {amount} goes back to {contract.customer.name}&apos;s card. What is left of the milestone is released to you.
        You cannot take this back.
      </Text>
    </Dialog>
  );
}

export function DeclineRefund({ request, close }: RequestProps) {
  const [reason, setReason] = useState("");
  const decline = useVerb(
    () => ask(refundRequestsDeclineCreate({ path: { request_id: request.id }, body: { reason } })),
    close,
  );
  return (
    <Dialog
      title="Decline the refund?"
      confirm="Decline"
      busy={decline.isPending}
      error={decline.error}
      onConfirm={() => decline.mutate()}
      onClose={close}
    >
      <Text>The money stays protected. Tell the customer why; a conversation often settles it.</Text>
      <Textarea label="Why (optional)" value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}
