import { type Payee, payoutsScheduleCreate } from "@jobsphere/api-client";
import { formatMoney, type Money, typedText } from "@jobsphere/domain/money";
import { Button, Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Failed } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { WEEKDAYS } from "./words";
import { t } from "@jobsphere/domain/text";

type Plan = Pick<Payee, "schedule" | "weekday" | "minimums">;

/** Who starts withdrawals, on which day, and from which amount on. */
export function Schedule({ payee, currency }: { payee: Payee; currency: string }) {
  const choose = useVerb((plan: Partial<Plan> & Pick<Plan, "schedule">) => ask(payoutsScheduleCreate({ body: plan })));
  const now = choose.isPending ? { ...payee, ...choose.variables } : payee;
  return (
    <Stack gap="xs">
      <Text fw={600} id="schedule">
        {t("Who starts withdrawals?")}
      </Text>
      {choose.isError ? <Failed error={choose.error} /> : null}
      <SegmentedControl
        aria-labelledby="schedule"
        fullWidth
        value={now.schedule}
        disabled={choose.isPending}
        onChange={(value) => choose.mutate({ schedule: value as Plan["schedule"] })}
        data={[
          { value: "manual", label: t("I do") },
          { value: "weekly", label: t("Weekly") },
          { value: "automatic", label: t("By itself") },
        ]}
      />
      {now.schedule === "weekly" ? (
        <Select
          label={t("On which day?")}
          data={WEEKDAYS.map((label, day) => ({ value: String(day), label }))}
          value={String(now.weekday)}
          allowDeselect={false}
          disabled={choose.isPending}
          onChange={(value) => choose.mutate({ schedule: "weekly", weekday: Number(value) })}
        />
      ) : null}
      {now.schedule === "manual" ? (
        <Text size="sm" c="dimmed">
          {t("Nothing leaves the wallet until you say so.")}
        </Text>
      ) : (
        <Minimum
          key={payee.minimums.map(({ amount, currency: each }) => `${amount}${each}`).join()}
          payee={payee}
          currency={currency}
          busy={choose.isPending}
          onSave={(minimums) => choose.mutate({ schedule: now.schedule, minimums })}
        />
      )}
    </Stack>
  );
}

interface MinimumProps {
  payee: Payee;
  currency: string;
  busy: boolean;
  onSave: (minimums: Money[]) => void;
}

function Minimum({ payee, currency, busy, onSave }: MinimumProps) {
  const kept = payee.minimums.find((each) => each.currency === currency);
  const [text, setText] = useState(kept ? typedText(kept) : "");
  const { money, problem } = readMoney(text, currency);
  const least = kept ? formatMoney(kept) : "none";
  const save = (): void => {
    const others = payee.minimums.filter((each) => each.currency !== currency);
    onSave(money ? [...others, money] : others);
  };
  return (
    <>
      <Group align="end" gap="xs" wrap="nowrap">
        <MoneyInput
          label={t("Only from this amount on")}
          currency={currency}
          value={text}
          onChange={setText}
          error={text && problem ? problem : undefined}
          style={{ flexGrow: 1 }}
        />
        <Button variant="default" loading={busy} disabled={Boolean(text && problem)} onClick={save}>
          {t("Save")}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {payee.schedule === "weekly"
          ? t("Every {weekday}, what is available goes to the bank{least, select, none {} other {, once it is {least} or more}}.", { weekday: WEEKDAYS[payee.weekday] ?? "", least })
          : t("Whatever is available goes to the bank{least, select, none {} other {, once it is {least} or more}}.", { least })}
      </Text>
    </>
  );
}
