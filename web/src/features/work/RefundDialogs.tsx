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
import { formatMoney, type Money, typedText } from "@jobsphere/domain/money";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

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
        title: t("Ask for money back"),
        confirm: (amount) => t("Ask for {amount}", { amount }),
        done: t("Sent. {contractor} agrees or declines.", { contractor: props.contract.contractor.name }),
        text: t("Nothing moves yet: {contractor} decides. If they agree, the money goes back to your card.", { contractor: props.contract.contractor.name }),
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
        title: t("Give the money back"),
        confirm: (amount) => t("Give back {amount}", { amount }),
        done: t("The money is on its way back to the customer."),
        text: t("It goes back to {customer} at once. You cannot take this back.", { customer: props.contract.customer.name }),
      }}
      send={(body, key) =>
        ask(milestonesRefundCreate({ path: { milestone_id: props.milestone.id }, body, headers: withKey(key) }))
      }
    />
  );
}

function RefundForm({ milestone, close, words, send }: RefundFormProps) {
  const most = milestone.money?.protected ?? milestone.amount;
  const [amount, setAmount] = useState(typedText(most));
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const read = readMoney(amount, most.currency);
  const tooMuch = read.money && read.money.amount > most.amount ? t("At most {most} is protected.", { most: formatMoney(most) }) : undefined;
  const wrong = { amount: read.problem ?? tooMuch, reason: reason.trim().length < 3 ? t("Say why.") : undefined };
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
        label={t("How much")}
        description={t("{most} is protected", { most: formatMoney(most) })}
        currency={most.currency}
        value={amount}
        error={(judged ? wrong.amount : undefined) ?? problem?.at("/amount")}
        onChange={setAmount}
      />
      <Textarea
        label={t("Why")}
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
      title={t("Give {amount} back?", { amount })}
      confirm={t("Refund {amount}", { amount })}
      busy={agree.isPending}
      error={agree.error}
      onConfirm={() => agree.mutate()}
      onClose={close}
    >
      <Text>
        {t("{amount} goes back to {customer}'s card. What is left of the milestone is released to you. You cannot take this back.", { amount, customer: contract.customer.name })}
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
      title={t("Decline the refund?")}
      confirm={t("Decline")}
      busy={decline.isPending}
      error={decline.error}
      onConfirm={() => decline.mutate()}
      onClose={close}
    >
      <Text>{t("The money stays protected. Tell the customer why; a conversation often settles it.")}</Text>
      <Textarea label={t("Why (optional)")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}
