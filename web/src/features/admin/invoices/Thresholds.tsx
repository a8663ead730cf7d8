import { adminSellerReportsThresholdsCreate, type ReportingLimit } from "@jobsphere/api-client";
import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney, parseMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { type FormEvent, useState } from "react";
import { MoneyInput } from "@/components/MoneyInput";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";

type Regime = ReportingLimit["regime"];

/** Each regime counts in a currency of its own. */
const CURRENCIES: Record<Regime, string> = { dac7: "EUR", "1099-k": "USD" };
const NAMES: Record<Regime, string> = { dac7: t("DAC7 (European Union)"), "1099-k": t("1099-K (United States)") };

/** From which amounts on people are reported: what counts in a year, and what the law says next. */
export function Thresholds({ year, limits }: { year: number; limits: Record<string, ReportingLimit> }) {
  const all = Object.values(limits);
  return (
    <Section title={t("Thresholds")}>
      {all.length === 0 ? (
        <Empty title={t("No duty to report in {year}", { year: String(year) })}>{t("The laws that we know are younger. Add a threshold if yours asks.")}</Empty>
      ) : (
        <Rows label={t("Thresholds")}>
          {all.map((each) => (
            <Row key={each.regime} title={NAMES[each.regime]} text={meaning(each)} />
          ))}
        </Rows>
      )}
      <AddThreshold year={year} />
    </Section>
  );
}

function meaning(limit: ReportingLimit): string {
  const amount = formatMoney({ amount: limit.amount, currency: CURRENCIES[limit.regime] });
  const { activities, both } = limit;
  const says = both
    ? t("Who has more than {amount} and more than {activities, plural, one {# activity} other {# activities}}", { amount, activities })
    : t("Who has more than {amount}, or more than {activities, plural, one {# activity} other {# activities}}", { amount, activities });
  return `${says} · ${t("since {year}", { year: String(limit.year) })}`;
}

function AddThreshold({ year }: { year: number }) {
  const [regime, setRegime] = useState<Regime>("dac7");
  const [amount, setAmount] = useState("");
  const [activities, setActivities] = useState("");
  const [both, setBoth] = useState(false);
  const [source, setSource] = useState("");
  const [tried, setTried] = useState(false);
  const money = parseMoney(amount, CURRENCIES[regime]);
  const count = /^\d{1,9}$/.test(activities) ? Number(activities) : undefined;
  const add = useVerb(
    () => ask(adminSellerReportsThresholdsCreate({ body: { year, regime, amount: money?.amount ?? 0, activities: count ?? 0, both, source } })),
    () => {
      notifications.show({ message: t("The threshold is kept.") });
      setAmount("");
      setActivities("");
      setSource("");
      setTried(false);
    },
  );
  const problem = add.isError ? asProblem(add.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    // Nothing is taken for zero: a threshold of zero reports everybody.
    if (money && count !== undefined) add.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack className="js-card">
        <Text fw={650}>{t("Add a threshold")}</Text>
        <Text size="sm" c="dimmed">
          {t("When the law has changed. It counts from {year} on, takes the place of what counts now, and cannot be taken back; the audit trail says who added it.", { year: String(year) })}
        </Text>
        <Group gap="sm" align="flex-start">
          <NativeSelect
            label={t("Tax authority")}
            data={Object.entries(NAMES).map(([value, label]) => ({ value, label }))}
            value={regime}
            onChange={(event) => setRegime(event.currentTarget.value as Regime)}
          />
          <MoneyInput
            label={t("More than")}
            w={170}
            currency={CURRENCIES[regime]}
            value={amount}
            error={problem?.at("/amount") ?? (tried && !money ? t("Enter an amount.") : undefined)}
            onChange={setAmount}
          />
          <NativeSelect
            label={t("Reported is who passes")}
            data={[
              { value: "either", label: t("either of the two") },
              { value: "both", label: t("both") },
            ]}
            value={both ? "both" : "either"}
            onChange={(event) => setBoth(event.currentTarget.value === "both")}
          />
          <TextInput
            label={t("Activities, more than")}
            inputMode="numeric"
            w={170}
            value={activities}
            error={problem?.at("/activities") ?? (tried && count === undefined ? t("Enter a whole number.") : undefined)}
            onChange={(event) => setActivities(event.currentTarget.value)}
          />
          <TextInput label={t("Which law says so")} value={source} error={problem?.at("/source")} onChange={(event) => setSource(event.currentTarget.value)} />
        </Group>
        <Button type="submit" variant="default" style={{ alignSelf: "flex-start" }} loading={add.isPending}>
          {t("Keep the threshold")}
        </Button>
        {add.isError ? <Failed error={add.error} /> : null}
      </Stack>
    </form>
  );
}
