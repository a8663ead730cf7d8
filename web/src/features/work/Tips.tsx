import { type Contract, contractsTipsCreate, type Tip } from "@jobsphere/api-client";
import { Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { formatMoney } from "@jobsphere/domain/money";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import classes from "./ContractPage.module.css";
import { t } from "@jobsphere/domain/text";

/** What the customer gave on top, and the way to give it. */
export function Tips({ contract }: { contract: Contract }) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const mayTip = contract.allowed_actions.includes("tip");
  const paid = contract.tips.filter((tip) => tip.status === "paid");
  const waiting = contract.tips.find((tip) => tip.allowed_actions.includes("fund"));
  if (paid.length === 0 && !waiting && !(mayTip && contract.status === "completed")) return null;
  return (
    <section className="js-card" aria-labelledby="tips">
      <Stack gap="sm">
        <Title order={2} size="h4" id="tips">
          {paid.length > 0 ? t("A thank-you on top") : t("Say thank you")}
        </Title>
        {paid.map((tip) => (
          <Paid key={tip.id} tip={tip} />
        ))}
        {mayTip ? (
          <Text size="sm" c="dimmed">
            {t("A tip goes to {contractor} whole; JobSphere takes nothing of it.", { contractor: contract.contractor.name })}
          </Text>
        ) : null}
        <Group gap="sm">
          {waiting ? (
            <Button
              onClick={() => void navigate({ to: `/contracts/${contract.id}/pay`, search: { due: waiting.id } as never })}
            >
              {t("Pay the tip of {waiting}", { waiting: formatMoney(waiting.amount) })}
            </Button>
          ) : null}
          {mayTip ? (
            <Button variant="default" onClick={() => setOpen(true)}>
              {waiting ? t("Choose another amount") : t("Give a tip")}
            </Button>
          ) : null}
        </Group>
      </Stack>
      {open ? <GiveTip contract={contract} close={() => setOpen(false)} /> : null}
    </section>
  );
}

function Paid({ tip }: { tip: Tip }) {
  return (
    <div>
      <strong className="js-number">{formatMoney(tip.amount)}</strong>
      {tip.paid_at ? t(" on {day}", { day: formatDay(tip.paid_at) }) : ""}
      {tip.refunded ? <Text size="sm">{t("{amount} went back to the customer", { amount: formatMoney(tip.refunded) })}</Text> : null}
      {tip.message ? <Text className={classes.text}>{tip.message}</Text> : null}
    </div>
  );
}

function GiveTip({ contract, close }: { contract: Contract; close: () => void }) {
  const navigate = useNavigate();
  const [amount, setAmount] = useState("");
  const [message, setMessage] = useState("");
  const [judged, setJudged] = useState(false);
  const { money, problem } = readMoney(amount, contract.amount.currency, "tip");
  const give = useVerb<void, Tip>(
    () => {
      if (!money) throw new Error("checked before");
      return ask(contractsTipsCreate({ path: { contract_id: contract.id }, body: { amount: money, message: message.trim() } }));
    },
    async (tip) => {
      close();
      await navigate({ to: `/contracts/${contract.id}/pay`, search: { due: tip.id } as never });
    },
  );
  const refused = give.isError ? asProblem(give.error).fields[0]?.detail : undefined;
  return (
    <Dialog
      title={t("A tip for {contractor}", { contractor: contract.contractor.name })}
      confirm={money ? t("Go on with {money}", { money: formatMoney(money) }) : "Go on"}
      busy={give.isPending}
      error={give.error}
      onConfirm={() => (money ? give.mutate() : setJudged(true))}
      onClose={close}
    >
      <MoneyInput
        label={t("Tip")}
        required
        currency={contract.amount.currency}
        value={amount}
        error={refused ?? (judged ? problem : undefined)}
        onChange={setAmount}
      />
      <Textarea
        label={t("A word of thanks (optional)")}
        maxLength={500}
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
    </Dialog>
  );
}
