import { payoutsBanksList, payoutsConnectCreate, type Payee } from "@jobsphere/api-client";
import { Button, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { focusFirstError } from "@/components/focusError";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask, withKey } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { t } from "@jobsphere/domain/text";

const COUNTRIES = [
  { value: "NG", label: t("Nigeria") },
  { value: "GH", label: t("Ghana") },
  { value: "KE", label: t("Kenya") },
  { value: "ZA", label: t("South Africa") },
  { value: "CI", label: t("Côte d'Ivoire") },
];

/** What is wrong with an account number as people write it, in words. */
export function numberProblem(text: string): string | undefined {
  const plain = plainNumber(text);
  if (!plain) return t("Write your account number.");
  return /^[0-9A-Z]{4,34}$/.test(plain) ? undefined : t("An account number has only digits and letters.");
}

export function plainNumber(text: string): string {
  return text.replaceAll(/[\s-]/g, "").toUpperCase();
}

/** Where the payment service takes the bank from us: a form of ours. The number goes there and is not kept. */
export function BankForm({ payee, onDone }: { payee: Payee; onDone?: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const [country, setCountry] = useState(payee.country && COUNTRIES.some(({ value }) => value === payee.country) ? payee.country : "NG");
  const [bank, setBank] = useState<string | null>(null);
  const [number, setNumber] = useState("");
  const [holder, setHolder] = useState("");
  const [shown, setShown] = useState(false);
  const banks = useQuery({
    queryKey: ["banks", payee.gateway, country],
    queryFn: () => ask(payoutsBanksList({ query: { country, gateway: payee.gateway } })),
    staleTime: 3_600_000,
  });
  const tell = useVerb(
    (code: string, key) =>
      ask(
        payoutsConnectCreate({
          body: { country, gateway: payee.gateway, bank: { bank_code: code, account_number: plainNumber(number), holder } },
          headers: withKey(key),
        }),
      ),
    () => {
      setNumber("");
      onDone?.();
    },
  );
  const problem = tell.isError ? asProblem(tell.error) : undefined;
  const wrong = shown ? numberProblem(number) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setShown(true);
    if (!bank || numberProblem(number)) requestAnimationFrame(() => focusFirstError(form.current));
    else tell.mutate(bank);
  };
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Stack gap="sm">
        {problem && !problem.at("/bank/account_number") ? <Failed error={problem} /> : null}
        {banks.isError ? <Failed error={banks.error} retry={() => void banks.refetch()} /> : null}
        <Select
          label={t("Country of the bank")}
          data={COUNTRIES}
          value={country}
          allowDeselect={false}
          onChange={(value) => {
            setCountry(value ?? "NG");
            setBank(null);
          }}
        />
        <Select
          label={t("Bank")}
          searchable
          placeholder={banks.isPending ? t("Loading the banks…") : t("Search your bank")}
          data={(banks.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
          value={bank}
          onChange={setBank}
          error={shown && !bank ? t("Choose your bank.") : undefined}
        />
        <TextInput
          label={t("Account number")}
          inputMode="numeric"
          autoComplete="off"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={wrong ?? problem?.at("/bank/account_number")}
        />
        <TextInput
          label={t("Name on the account")}
          autoComplete="name"
          value={holder}
          onChange={(event) => setHolder(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t("Your number goes to the payment service and is not kept here.")}
        </Text>
        <Button type="submit" loading={tell.isPending}>
          {t("Save this bank account")}
        </Button>
      </Stack>
    </form>
  );
}
