import { adminPlansCreate, adminPlansVersionsCreate, type AddPlanRequest, type AdminPlan } from "@jobsphere/api-client";
import { typedText } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { NativeSelect, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import classes from "./Plans.module.css";
import { AUDIENCES, CYCLES } from "./words";

interface Said {
  audience: AddPlanRequest["audience"];
  every: AddPlanRequest["every"];
  name: string;
  words: string;
  tier: string;
  price: string;
  currency: string;
  trial: string;
  from: string;
}

function begun(plan: AdminPlan | undefined): Said {
  const price = plan ? typedText(plan.price) : "";
  return {
    audience: plan?.audience ?? "contractor",
    every: plan?.every ?? "month",
    name: plan?.name ?? "",
    words: plan?.words ?? "",
    tier: plan?.tier ?? "",
    price,
    currency: plan?.price.currency ?? "USD",
    trial: String(plan?.trial_days ?? 0),
    from: "",
  };
}

/** Offer another plan; or another version of one, from a day on. */
export function PlanDialog({ plan, onClose }: { plan?: AdminPlan; onClose: () => void }) {
  const [said, setSaid] = useState(() => begun(plan));
  const [judged, setJudged] = useState(false);
  const read = readMoney(said.price, said.currency, "price");
  const save = useVerb(() => saved(plan, said), onClose);
  const problem = save.isError ? asProblem(save.error) : undefined;
  const confirm = (): void => {
    setJudged(true);
    if (read.money) save.mutate();
  };
  const text = (name: "name" | "words" | "tier") => ({
    value: said[name],
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    error: problem?.at(`/${name}`),
  });
  return (
    <Dialog
      title={plan ? t("Change {name}", { name: plan.name }) : t("Add a plan")}
      confirm={plan ? t("Save the version") : t("Offer it")}
      busy={save.isPending}
      error={save.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {plan ? <Text>{t("Another price or other fees for people who have it hold at the earliest in two weeks; they are told.")}</Text> : null}
      <div className={classes.fields}>
        {plan ? null : (
          <>
            <NativeSelect size="md" label={t("For whom")} data={AUDIENCES} value={said.audience} onChange={(event) => setSaid({ ...said, audience: event.currentTarget.value as Said["audience"] })} />
            <NativeSelect size="md" label={t("Paid")} data={CYCLES} value={said.every} onChange={(event) => setSaid({ ...said, every: event.currentTarget.value as Said["every"] })} />
            <TextInput label={t("Currency")} maxLength={3} value={said.currency} onChange={(event) => setSaid({ ...said, currency: event.currentTarget.value.toUpperCase() })} error={problem?.at("/price/currency")} />
          </>
        )}
        <TextInput label={t("Name")} required maxLength={64} data-autofocus {...text("name")} />
        <MoneyInput
          label={t("Price of a period")}
          required
          currency={said.currency}
          value={said.price}
          onChange={(price) => setSaid({ ...said, price })}
          error={(judged ? read.problem : undefined) ?? problem?.at("/price/amount") ?? problem?.at("/price")}
        />
        <TextInput label={t("Free days at first")} inputMode="numeric" value={said.trial} onChange={(event) => setSaid({ ...said, trial: event.currentTarget.value })} error={problem?.at("/trial_days")} />
        {plan ? (
          <TextInput label={t("From")} description={t("Empty: from now on")} type="date" value={said.from} onChange={(event) => setSaid({ ...said, from: event.currentTarget.value })} error={problem?.at("/valid_from")} />
        ) : null}
      </div>
      <TextInput label={t("Fee tier")} description={t("The fee policies with this name are what the plan leads to.")} required maxLength={32} {...text("tier")} />
      <TextInput label={t("In a sentence")} maxLength={300} {...text("words")} />
    </Dialog>
  );
}

function saved(plan: AdminPlan | undefined, said: Said): Promise<unknown> {
  const price = readMoney(said.price, said.currency, "price").money;
  if (!price) throw new Error("incomplete");
  const body = { name: said.name.trim(), words: said.words.trim(), tier: said.tier.trim(), price, trial_days: Number(said.trial || 0) };
  if (!plan) return ask(adminPlansCreate({ body: { ...body, audience: said.audience, every: said.every } }));
  return ask(adminPlansVersionsCreate({ path: { plan_id: plan.id }, body: { ...body, valid_from: said.from ? `${said.from}T00:00:00Z` : null } }));
}
