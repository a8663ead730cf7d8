import { type ChangeKindEnum, type Contract, contractsChangeOrdersCreate, type Milestone } from "@jobsphere/api-client";
import { Button, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

const KINDS: { value: ChangeKindEnum; label: string }[] = [
  { value: "add", label: t("Add a milestone") },
  { value: "price", label: t("Change a price") },
  { value: "date", label: t("Change a date") },
  { value: "remove", label: t("Take a milestone out") },
  { value: "expenses", label: t("Raise the cap on expenses") },
];
const OPEN = new Set(["pending", "funded", "in_progress", "submitted", "changes_requested"]);

/** Either side writes down what is to change; the other one answers. */
export function ProposeChange({ contract }: { contract: Contract }) {
  const [open, setOpen] = useState(false);
  if (!contract.allowed_actions.includes("propose_change")) return null;
  return (
    <div>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("Propose a change")}
      </Button>
      {open ? <Form contract={contract} close={() => setOpen(false)} /> : null}
    </div>
  );
}

function Form({ contract, close }: { contract: Contract; close: () => void }) {
  const [kind, setKind] = useState<ChangeKindEnum>("add");
  const [milestoneId, setMilestoneId] = useState("");
  const [title, setTitle] = useState("");
  const [amount, setAmount] = useState("");
  const [day, setDay] = useState("");
  const [reason, setReason] = useState("");
  const [judged, setJudged] = useState(false);
  const choices = contract.milestones.filter((each) => OPEN.has(each.status));
  const chosen = choices.find((each) => each.id === milestoneId) ?? choices[0];
  const needsMoney = kind === "add" || kind === "price" || kind === "expenses";
  const { money, problem } = readMoney(amount, contract.amount.currency, kind === "price" ? "price" : "amount");
  const complete =
    reason.trim().length >= 3 &&
    (!needsMoney || money !== undefined) &&
    (kind !== "add" || title.trim() !== "") &&
    (kind !== "date" || day !== "");
  const propose = useVerb(
    () =>
      ask(
        contractsChangeOrdersCreate({
          path: { contract_id: contract.id },
          body: {
            reason: reason.trim(),
            changes: [
              {
                kind,
                ...(kind === "add" ? { title: title.trim() } : {}),
                ...(kind === "add" || kind === "expenses" ? {} : { milestone_id: chosen?.id ?? null }),
                ...(needsMoney && money ? { amount: money } : {}),
                ...(day && (kind === "add" || kind === "date") ? { due_on: day } : {}),
              },
            ],
          },
        }),
      ),
    () => {
      notifications.show({ message: t("Proposed. The other side is told now; nothing has changed yet.") });
      close();
    },
  );
  const refused = propose.isError ? asProblem(propose.error).fields[0]?.detail : undefined;
  return (
    <Dialog
      title={t("Propose a change")}
      confirm={t("Propose")}
      busy={propose.isPending}
      error={propose.error}
      onConfirm={() => (complete ? propose.mutate() : setJudged(true))}
      onClose={close}
    >
      <Stack gap="sm">
        <NativeSelect
          label={t("What is to change")}
          data={KINDS}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as ChangeKindEnum)}
        />
        {kind === "add" ? (
          <TextInput
            label={t("What is done by then")}
            required
            maxLength={200}
            value={title}
            error={judged && !title.trim() ? t("Say what is done by then.") : undefined}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        ) : kind === "expenses" ? (
          <Text size="sm" c="dimmed">
            {t("Up to {cap} may be claimed with a receipt now.", { cap: formatMoney(contract.expenses?.cap ?? { amount: 0, currency: contract.amount.currency }) })}
          </Text>
        ) : (
          <NativeSelect
            label={t("Which milestone")}
            data={choices.map((each) => ({ value: each.id, label: labelOf(each) }))}
            value={chosen?.id ?? ""}
            onChange={(event) => setMilestoneId(event.currentTarget.value)}
          />
        )}
        {needsMoney ? (
          <MoneyInput
            label={kind === "add" ? t("Amount") : kind === "expenses" ? t("New cap") : t("New price")}
            required
            currency={contract.amount.currency}
            value={amount}
            error={judged ? problem : undefined}
            onChange={setAmount}
          />
        ) : null}
        {kind === "add" || kind === "date" ? (
          <TextInput
            type="date"
            label={kind === "add" ? t("Due (optional)") : t("New date")}
            value={day}
            error={judged && kind === "date" && !day ? t("Say the new date.") : undefined}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        ) : null}
        <Textarea
          label={t("Why")}
          required
          maxLength={1000}
          value={reason}
          error={judged && reason.trim().length < 3 ? t("Say why, in a few words.") : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {refused ? (
          <Text role="alert" c="var(--mantine-color-error)">
            {refused}
          </Text>
        ) : null}
        <Text size="sm" c="dimmed">
          {t("Nothing changes before the other side accepts. What costs more takes effect once it is paid in; what costs less is refunded at once.")}
        </Text>
      </Stack>
    </Dialog>
  );
}

function labelOf(milestone: Milestone): string {
  return `${milestone.title} (${formatMoney(milestone.amount)})`;
}
