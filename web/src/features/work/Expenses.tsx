import { type Contract, contractsExpensesCreate, type Expense, expensesDeclineCreate, expensesWithdrawCreate } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Actions } from "@/components/Actions";
import { AttachmentList } from "@/components/attachments/AttachmentList";
import { AttachmentPicker } from "@/components/attachments/AttachmentPicker";
import type { Attached } from "@/components/attachments/attached";
import { Countdown } from "@/components/Countdown";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Said } from "@/components/Said";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import classes from "./ContractPage.module.css";
import { t } from "@jobsphere/domain/text";

/** What the contractor laid out: claimed with a receipt, paid whole, under the cap that both agreed on. */
export function Expenses({ contract }: { contract: Contract }) {
  const [open, setOpen] = useState(false);
  const { expenses } = contract;
  const mayClaim = contract.allowed_actions.includes("claim_expense");
  if (!expenses || (expenses.cap.amount === 0 && expenses.claims.length === 0)) return null;
  return (
    <section className="js-card" aria-labelledby="expenses">
      <Stack gap="sm">
        <Title order={2} size="h4" id="expenses">
          {t("Expenses")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("{left} of {cap} is left. What is paid goes to {contractor} whole; JobSphere takes nothing of it.", {
            left: formatMoney(expenses.left),
            cap: formatMoney(expenses.cap),
            contractor: contract.contractor.name,
          })}
        </Text>
        {expenses.claims.length > 0 ? (
          <Stack component="ul" gap="md" className={classes.links} aria-label={t("Claims")}>
            {expenses.claims.map((expense) => (
              <Claim key={expense.id} contract={contract} expense={expense} />
            ))}
          </Stack>
        ) : null}
        {mayClaim && expenses.left.amount > 0 ? (
          <Group>
            <Button variant="default" onClick={() => setOpen(true)}>
              {t("Claim an expense")}
            </Button>
          </Group>
        ) : null}
        {mayClaim && expenses.left.amount === 0 ? <Text size="sm">{t("The cap is used up. Propose a change to raise it.")}</Text> : null}
      </Stack>
      {open ? <ClaimForm contract={contract} close={() => setOpen(false)} /> : null}
    </section>
  );
}

function Claim({ contract, expense }: { contract: Contract; expense: Expense }) {
  const [declining, setDeclining] = useState(false);
  const navigate = useNavigate();
  const withdraw = useVerb(() => ask(expensesWithdrawCreate({ path: { expense_id: expense.id } })), () => {
    notifications.show({ message: t("The claim is withdrawn.") });
  });
  return (
    <li>
      <Stack gap="xs">
        <div>
          <strong className="js-number">{formatMoney(expense.amount)}</strong> {expense.what}
          <Text size="sm" c="dimmed">
            {t("bought on {day}", { day: formatDay(expense.spent_on) })} · {standing(expense)}
          </Text>
        </div>
        {expense.refunded ? (
          <Text size="sm">{t("{amount} went back to the customer", { amount: formatMoney(expense.refunded) })}</Text>
        ) : null}
        {expense.answer ? <Text className={classes.text}>{expense.answer}</Text> : null}
        <AttachmentList files={expense.receipts} label={t("Receipts")} />
        {expense.status === "claimed" ? (
          <Text size="sm" c="dimmed">
            <Said text="Without an answer the claim lapses {countdown}." values={{ countdown: <Countdown to={expense.expires_at} /> }} />
          </Text>
        ) : null}
        {withdraw.isError ? <Failed error={withdraw.error} /> : null}
        <Actions
          allowed={expense.allowed_actions}
          busy={withdraw.isPending ? "withdraw" : undefined}
          offered={{
            fund: {
              run: () => void navigate({ to: `/contracts/${contract.id}/pay`, search: { due: expense.id } as never }),
              label: t("Approve and pay {amount}", { amount: formatMoney(expense.amount) }),
            },
            decline: { run: () => setDeclining(true), label: t("Decline") },
            withdraw: { run: () => withdraw.mutate(), label: t("Withdraw the claim"), quiet: true },
          }}
        />
      </Stack>
      {declining ? <Decline expense={expense} close={() => setDeclining(false)} /> : null}
    </li>
  );
}

function standing(expense: Expense): string {
  if (expense.status === "paid") return t("paid on {day}", { day: formatDay(expense.paid_at ?? expense.created_at) });
  return t("{status, select, claimed {waits for an answer} declined {declined} withdrawn {withdrawn} other {lapsed without an answer}}", { status: expense.status });
}

function ClaimForm({ contract, close }: { contract: Contract; close: () => void }) {
  const [amount, setAmount] = useState("");
  const [what, setWhat] = useState("");
  const [day, setDay] = useState("");
  const [files, setFiles] = useState<Attached[]>([]);
  const [uploading, setUploading] = useState(false);
  const [judged, setJudged] = useState(false);
  const { money, problem } = readMoney(amount, contract.amount.currency);
  const complete = money !== undefined && what.trim().length >= 3 && day !== "" && files.length > 0;
  const claim = useVerb<void, Expense>(
    () => {
      if (!money) throw new Error("checked before");
      const body = { amount: money, what: what.trim(), spent_on: day, file_ids: files.map((file) => file.id) };
      return ask(contractsExpensesCreate({ path: { contract_id: contract.id }, body }));
    },
    () => {
      notifications.show({ message: t("Claimed. {customer} is told now and has seven days to answer.", { customer: contract.customer.name }) });
      close();
    },
  );
  const refused = claim.isError ? asProblem(claim.error).fields[0]?.detail : undefined;
  return (
    <Dialog
      title={t("Claim an expense")}
      confirm={t("Claim")}
      busy={claim.isPending || uploading}
      error={claim.error}
      onConfirm={() => (complete ? claim.mutate() : setJudged(true))}
      onClose={close}
    >
      <TextInput
        label={t("What you bought")}
        required
        maxLength={500}
        value={what}
        error={judged && what.trim().length < 3 ? t("Say what you bought.") : undefined}
        onChange={(event) => setWhat(event.currentTarget.value)}
      />
      <MoneyInput
        label={t("What it cost")}
        required
        currency={contract.amount.currency}
        value={amount}
        error={refused ?? (judged ? problem : undefined)}
        onChange={setAmount}
      />
      <TextInput
        type="date"
        label={t("When")}
        required
        value={day}
        error={judged && !day ? t("Say when you bought it.") : undefined}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <AttachmentPicker
        label={t("The receipt")}
        description={t("A photo or a PDF. Only the two of you see it.")}
        value={files}
        onChange={setFiles}
        onBusy={setUploading}
        purpose="attachment"
        max={5}
        {...(judged && files.length === 0 ? { error: t("Add the receipt.") } : {})}
      />
    </Dialog>
  );
}

function Decline({ expense, close }: { expense: Expense; close: () => void }) {
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const decline = useVerb(() => ask(expensesDeclineCreate({ path: { expense_id: expense.id }, body: { reason: reason.trim() } })), close);
  return (
    <Dialog
      title={t("Decline this expense?")}
      confirm={t("Decline")}
      busy={decline.isPending}
      error={decline.error}
      onConfirm={() => (reason.trim().length >= 3 ? decline.mutate() : setJudged(true))}
      onClose={close}
    >
      <Text>{t("Nothing is paid. Your reason is shown to the contractor.")}</Text>
      <Textarea
        label={t("Why")}
        required
        maxLength={1000}
        value={reason}
        error={judged && reason.trim().length < 3 ? t("Say why, in a few words.") : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
