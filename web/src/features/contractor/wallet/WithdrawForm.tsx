import { type Payee, payoutsWithdrawCreate } from "@jobsphere/api-client";
import { decimalText, formatMoney, type Money } from "@jobsphere/domain/money";
import { Button, Stack, Text } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";

/** What is wrong with an amount to withdraw, in words; undefined when it can go. */
export function withdrawProblem(text: string, available: Money): string | undefined {
  const { money, problem } = readMoney(text, available.currency);
  if (!money) return problem;
  return money.amount > available.amount ? `There is ${formatMoney(available)} in the wallet.` : undefined;
}

export function WithdrawForm({ available, payee }: { available: Money; payee: Payee }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<string>();
  const [shown, setShown] = useState(false);
  const text = typed ?? decimalText(available);
  const withdraw = useVerb(
    (amount: Money, key) => ask(payoutsWithdrawCreate({ body: { amount }, headers: withKey(key) })),
    () => setTyped(undefined),
  );
  if (!payee.can_withdraw) return <Text>Connect your bank first; what you earned stays safe here.</Text>;
  if (withdraw.data && available.amount === 0) return <Sent amount={withdraw.data.amount} at={withdraw.data.arrives_at} />;
  if (available.amount === 0) return <Text c="dimmed">When a customer approves your work, your part is here at once.</Text>;
  const problem = withdraw.isError ? asProblem(withdraw.error) : undefined;
  const wrong = shown ? withdrawProblem(text, available) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setShown(true);
    const { money } = readMoney(text, available.currency);
    if (!money || withdrawProblem(text, available)) focusFirstError(form.current);
    else withdraw.mutate(money);
  };
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Stack gap="sm">
        {withdraw.data ? <Sent amount={withdraw.data.amount} at={withdraw.data.arrives_at} /> : null}
        {problem && !problem.at("/amount") ? <Failed error={problem} /> : null}
        <MoneyInput
          label="Withdraw"
          currency={available.currency}
          value={text}
          onChange={setTyped}
          error={wrong ?? problem?.at("/amount")}
        />
        <Button type="submit" loading={withdraw.isPending}>
          Withdraw to the bank
        </Button>
      </Stack>
    </form>
  );
}

function Sent({ amount, at }: { amount: Money; at: string | null }) {
  return (
    <Text role="status" fw={600}>
      {formatMoney(amount)} is on its way
      {at ? `, at the bank by ${formatDay(at)}.` : ". You will see here when it arrives."}
    </Text>
  );
}
