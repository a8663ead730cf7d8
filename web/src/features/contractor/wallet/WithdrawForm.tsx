import {
  type Payee,
  payoutsQuoteRetrieve,
  payoutsWithdrawCreate,
  type Speed,
  type WalletBalance,
  type WithdrawalQuote,
} from "@jobsphere/api-client";
import { formatMoney, type Money, typedText } from "@jobsphere/domain/money";
import { Button, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay, formatMoment } from "@/lib/time";
import classes from "./Wallet.module.css";
import { Said } from "@/components/Said";
import { t } from "@jobsphere/domain/text";

type Pace = "standard" | "instant";

/** What is wrong with an amount to withdraw, in words; undefined when it can go. */
export function withdrawProblem(text: string, available: Money): string | undefined {
  const { money, problem } = readMoney(text, available.currency);
  if (!money) return problem;
  return money.amount > available.amount ? t("There is {available} in the wallet.", { available: formatMoney(available) }) : undefined;
}

export function WithdrawForm({ balance, payee }: { balance: WalletBalance; payee: Payee }) {
  const available = balance.available;
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<string>();
  const [pace, setPace] = useState<Pace>("standard");
  const [shown, setShown] = useState(false);
  const text = typed ?? typedText(available);
  const { money } = readMoney(text, available.currency);
  const fits = payee.can_withdraw && money !== undefined && !withdrawProblem(text, available);
  const quote = useQuote(fits ? money : undefined);
  const withdraw = useVerb(
    ({ amount, speed, fee }: { amount: Money; speed: Pace; fee?: Money }, key) =>
      ask(payoutsWithdrawCreate({ body: { amount, speed, fee }, headers: withKey(key) })),
    () => setTyped(undefined),
  );
  if (payee.cooling_until) return <Cooling until={payee.cooling_until} />;
  if (!payee.can_withdraw) return <Text>{t("Connect your bank first; what you earned stays safe here.")}</Text>;
  const sent = withdraw.data ? <Sent amount={withdraw.data.amount} at={withdraw.data.arrives_at} /> : null;
  if (available.amount === 0) return sent ?? <Nothing clearing={balance.clearing} />;
  const problem = withdraw.isError ? asProblem(withdraw.error) : undefined;
  const wrong = shown ? withdrawProblem(text, available) : undefined;
  const chosen: Pace = quote?.instant.available ? pace : "standard";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setShown(true);
    if (!money || withdrawProblem(text, available)) focusFirstError(form.current);
    else withdraw.mutate({ amount: money, speed: chosen, fee: chosen === "instant" ? quote?.instant.fee : undefined });
  };
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Stack gap="sm">
        {sent}
        {problem && !problem.at("/amount") ? <Failed error={problem} /> : null}
        <MoneyInput
          label={t("Withdraw")}
          currency={available.currency}
          value={text}
          onChange={setTyped}
          error={wrong ?? problem?.at("/amount")}
        />
        {quote ? <Speeds quote={quote} chosen={chosen} onChoose={setPace} /> : <div style={{ minHeight: "9.5rem" }} aria-hidden />}
        <Button type="submit" loading={withdraw.isPending}>
          {t("Withdraw to the bank")}
        </Button>
      </Stack>
    </form>
  );
}

/** What the amount costs and when it arrives. The last answer stays while the next one is on its way, so nothing jumps. */
function useQuote(money: Money | undefined): WithdrawalQuote | undefined {
  const query = useQuery({
    queryKey: ["payouts", "quote", money?.currency, money?.amount],
    queryFn: () => ask(payoutsQuoteRetrieve({ query: { amount: money?.amount ?? 1, currency: money?.currency ?? "USD" } })),
    enabled: money !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return query.data;
}

function Speeds({ quote, chosen, onChoose }: { quote: WithdrawalQuote; chosen: Pace; onChoose: (pace: Pace) => void }) {
  return (
    <fieldset className={classes.speeds}>
      <legend>{t("How fast?")}</legend>
      <Choice pace="standard" speed={quote.standard} chosen={chosen} onChoose={onChoose} title={t("In some days")} price="free" />
      <Choice
        pace="instant"
        speed={quote.instant}
        chosen={chosen}
        onChoose={onChoose}
        title={t("In minutes")}
        price={t("{fee} fee", { fee: formatMoney(quote.instant.fee) })}
      />
    </fieldset>
  );
}

interface ChoiceProps {
  pace: Pace;
  speed: Speed;
  chosen: Pace;
  title: string;
  price: string;
  onChoose: (pace: Pace) => void;
}

function Choice({ pace, speed, chosen, title, price, onChoose }: ChoiceProps) {
  const when = pace === "instant" ? formatMoment(speed.arrives_at) : formatDay(speed.arrives_at);
  return (
    <label className={classes.speed} data-off={!speed.available || undefined}>
      <input
        type="radio"
        name="speed"
        value={pace}
        checked={chosen === pace}
        disabled={!speed.available}
        onChange={() => onChoose(pace)}
      />
      <span>
        {title}
        <small>{speed.available ? t("{arriving} at the bank, usually by {when}", { arriving: formatMoney(speed.arriving), when }) : speed.why_not}</small>
      </span>
      <span>{speed.available ? price : ""}</span>
    </label>
  );
}

function Cooling({ until }: { until: string }) {
  return (
    <p className={classes.notice} role="note">
      <Said text="Your bank account has just changed. To keep your money safe, withdrawals open again on <0>{when}</0>. If you did not change it, write to us at once." tags={[<strong />]} values={{ when: formatMoment(until) }} />
    </p>
  );
}

function Nothing({ clearing }: { clearing: Money }) {
  return (
    <Text c="dimmed">
      {clearing.amount > 0
        ? t("Nothing to withdraw just now. Below you see when what you earned is free.")
        : t("When a customer approves your work, your part shows up here.")}
    </Text>
  );
}

function Sent({ amount, at }: { amount: Money; at: string | null }) {
  return (
    <Text role="status" fw={600}>
      {at
        ? t("{amount} is on its way, at the bank by {day}.", { amount: formatMoney(amount), day: formatDay(at) })
        : t("{amount} is on its way. You will see here when it arrives.", { amount: formatMoney(amount) })}
    </Text>
  );
}
