import {
  type Change,
  type ChangeOrder,
  changeOrdersAcceptCreate,
  changeOrdersDeclineCreate,
  changeOrdersWithdrawCreate,
  type Contract,
} from "@jobsphere/api-client";
import { Stack, Table, Text, Textarea, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { Countdown } from "@/components/Countdown";
import { Dialog } from "@/components/Dialog";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { useAccount } from "@/lib/account";
import { ask, withKey } from "@/lib/api";
import { formatDay } from "@/lib/time";
import classes from "./ContractPage.module.css";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

/** The open change order: what was, what will be, and what that means in money before anybody clicks. */
export function ChangeOrderCard({ contract, order }: { contract: Contract; order: ChangeOrder }) {
  const [asking, setAsking] = useState<"accept" | "decline">();
  const navigate = useNavigate();
  const isCustomer = useAccount().data?.id === contract.customer.id;
  const proposer = order.proposed_by === "customer" ? contract.customer : contract.contractor;
  const close = (): void => setAsking(undefined);
  const withdraw = useVerb(() => ask(changeOrdersWithdrawCreate({ path: { order_id: order.id }, body: {} })), () => {
    notifications.show({ message: t("The change is withdrawn. The contract stays as it was.") });
  });
  return (
    <section className="js-card" aria-labelledby="change">
      <Stack gap="sm">
        <Title order={2} size="h4" id="change">
          {order.status === "agreed" ? t("Both of you agree to this change") : t("{proposer} proposes a change", { proposer: proposer.name })}
        </Title>
        <Text className={classes.text}>{order.reason}</Text>
        <Lines order={order} />
        <Meaning contract={contract} order={order} isCustomer={isCustomer} />
        <Text size="sm" c="dimmed">
          <Said
            text={
              order.status === "agreed"
                ? "It takes effect once the difference is paid, and ends {countdown}."
                : "It ends {countdown}."
            }
            values={{ countdown: <Countdown to={order.expires_at} /> }}
          />
        </Text>
        {withdraw.isError ? <Failed error={withdraw.error} /> : null}
        <Actions
          allowed={order.allowed_actions}
          busy={withdraw.isPending ? "withdraw" : undefined}
          offered={{
            fund: {
              run: () => void navigate({ to: `/contracts/${contract.id}/pay`, search: { due: order.id } as never }),
              label: t("Pay {pay}", { pay: formatMoney(order.pay) }),
            },
            accept: { run: () => setAsking("accept"), label: t("Accept the change") },
            decline: { run: () => setAsking("decline"), label: t("Decline") },
            withdraw: { run: () => withdraw.mutate(), label: t("Withdraw the change"), quiet: true },
          }}
        />
      </Stack>
      {asking === "accept" ? <Accept contract={contract} order={order} isCustomer={isCustomer} close={close} /> : null}
      {asking === "decline" ? <Decline order={order} close={close} /> : null}
    </section>
  );
}

function Lines({ order }: { order: ChangeOrder }) {
  return (
    <Table.ScrollContainer minWidth={280}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("What")}</Table.Th>
            <Table.Th scope="col">{t("Before")}</Table.Th>
            <Table.Th scope="col">{t("After")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {order.changes.map((line, index) => (
            <Table.Tr key={index}>
              <Table.Th scope="row">{line.kind === "expenses" ? t("Cap on expenses") : line.title}</Table.Th>
              <Table.Td className="js-number">{before(line)}</Table.Td>
              <Table.Td className="js-number">
                <strong>{after(line)}</strong>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function before(line: Change): string {
  if (line.kind === "add") return t("not planned");
  if (line.kind === "date") return line.was_due_on ? formatDay(line.was_due_on) : t("no date");
  return line.was ? formatMoney(line.was) : "";
}

function after(line: Change): string {
  if (line.kind === "remove") return t("not part of it");
  if (line.kind === "date") return line.due_on ? formatDay(line.due_on) : t("no date");
  return line.amount ? formatMoney(line.amount) : "";
}

/** The difference in money, for whoever reads it. */
function Meaning({ contract, order, isCustomer }: { contract: Contract; order: ChangeOrder; isCustomer: boolean }) {
  const who = { isCustomer: isCustomer ? "yes" : "other", customer: contract.customer.name };
  const later = { ...order.later, amount: Math.abs(order.later.amount) };
  const lines = [
    order.pay.amount > 0 ? t("{isCustomer, select, yes {You pay} other {{customer} pays}} {pay} now; it is protected until the work is approved.", { ...who, pay: formatMoney(order.pay) }) : "",
    order.back.amount > 0 ? t("{back} goes back to {isCustomer, select, yes {you} other {{customer}}}, with the fees on it.", { ...who, back: formatMoney(order.back) }) : "",
    order.later.amount > 0 ? t("{later} more is paid in later, before its work starts.", { later: formatMoney(later) }) : "",
    order.later.amount < 0 ? t("{later} less is to be paid in later.", { later: formatMoney(later) }) : "",
  ].filter(Boolean);
  return (
    <ul className={classes.links} aria-label={t("What it means in money")}>
      {(lines.length > 0 ? lines : [t("No money moves.")]).map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Accept({
  contract,
  order,
  isCustomer,
  close,
}: {
  contract: Contract;
  order: ChangeOrder;
  isCustomer: boolean;
  close: () => void;
}) {
  const navigate = useNavigate();
  const paying = isCustomer && order.pay.amount > 0;
  const accept = useVerb<void>(
    (_, key) => ask(changeOrdersAcceptCreate({ path: { order_id: order.id }, headers: withKey(key) })),
    async () => {
      close();
      if (paying) await navigate({ to: `/contracts/${contract.id}/pay`, search: { due: order.id } as never });
      else notifications.show({ message: order.pay.amount > 0 ? t("Agreed. It waits for the payment.") : t("The contract has changed.") });
    },
  );
  return (
    <Dialog
      title={t("Accept this change?")}
      confirm={paying ? t("Accept and pay {pay}", { pay: formatMoney(order.pay) }) : t("Accept")}
      busy={accept.isPending}
      error={accept.error}
      onConfirm={() => accept.mutate()}
      onClose={close}
    >
      <Lines order={order} />
      <Meaning contract={contract} order={order} isCustomer={isCustomer} />
    </Dialog>
  );
}

function Decline({ order, close }: { order: ChangeOrder; close: () => void }) {
  const [reason, setReason] = useState("");
  const decline = useVerb(
    () => ask(changeOrdersDeclineCreate({ path: { order_id: order.id }, body: { reason } })),
    close,
  );
  return (
    <Dialog
      title={t("Decline this change?")}
      confirm={t("Decline")}
      busy={decline.isPending}
      error={decline.error}
      onConfirm={() => decline.mutate()}
      onClose={close}
    >
      <Text>{t("The contract stays as it is.")}</Text>
      <Textarea label={t("Why (optional)")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Dialog>
  );
}
