import { adminCommissionCreate, adminCommissionExampleCreate, type FeesExample, type NewFeePolicyRequest } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { Anchor, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import { checkPolicy, NOTHING, type PartDraft, type PolicyDraft } from "./draft";
import { Example } from "./Example";
import classes from "./Fees.module.css";
import { feesWords, scopeWord } from "./words";
import type { Trades } from "./trades";

interface Seen {
  body: NewFeePolicyRequest;
  example: FeesExample;
}

/** Set what is charged from a day on: first what it would mean, reckoned by the server, then the decision. */
export function FeeDialog({ trades, onClose }: { trades: Trades; onClose: () => void }) {
  const [draft, setDraft] = useState(NOTHING);
  const [seen, see] = useState<Seen>();
  if (seen) return <Decision seen={seen} trades={trades} back={() => see(undefined)} onClose={onClose} />;
  return <Form draft={draft} change={(part) => setDraft({ ...draft, ...part })} trades={trades} onSeen={see} onClose={onClose} />;
}

interface FormProps {
  draft: PolicyDraft;
  change: (part: Partial<PolicyDraft>) => void;
  trades: Trades;
  onSeen: (seen: Seen) => void;
  onClose: () => void;
}

function Form({ draft, change, trades, onSeen, onClose }: FormProps) {
  const [judged, setJudged] = useState(false);
  const { body, problems } = checkPolicy(draft);
  const example = useVerb((wanted: NewFeePolicyRequest) => ask(adminCommissionExampleCreate({ body: wanted })), (found, wanted) => onSeen({ body: wanted, example: found }));
  const refused = example.isError ? asProblem(example.error) : undefined;
  const wrong = (pointer: string): string | undefined => (judged ? problems[pointer] : undefined) ?? refused?.at(pointer);
  const confirm = (): void => {
    setJudged(true);
    if (body) example.mutate(body);
  };
  const text = (name: "name" | "tier" | "currency") => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
    error: wrong(`/${name}`),
  });
  const currency = { ...text("currency"), onChange: (event: { currentTarget: { value: string } }) => change({ currency: event.currentTarget.value.toUpperCase() }) };
  return (
    <Dialog title={t("Set other fees")} confirm={t("See what it means")} busy={example.isPending} error={example.error} onConfirm={confirm} onClose={onClose}>
      <TextInput label={t("Name")} description={t("Offers and documents say it.")} required maxLength={64} data-autofocus {...text("name")} />
      <PartFields title={t("When an offer is accepted")} part="acceptance" draft={draft} change={change} wrong={wrong} />
      <PartFields title={t("When work is paid")} part="completion" draft={draft} change={change} wrong={wrong} />
      <fieldset className={classes.part}>
        <legend>{t("For which offers")}</legend>
        <div className={classes.fields}>
          <NativeSelect size="md" label={t("Trade")} data={[{ value: "", label: t("Every trade") }, ...trades.choices]} value={draft.category} onChange={(event) => change({ category: event.currentTarget.value })} error={wrong("/category")} />
          <TextInput label={t("Currency")} placeholder={t("Every currency")} maxLength={3} {...currency} />
        </div>
        <TextInput label={t("Fee tier")} description={t("As plans and tiers name it, such as pro-2026. Empty: for everybody")} maxLength={32} {...text("tier")} />
      </fieldset>
      <TextInput label={t("From")} description={t("Empty: from now on")} type="date" value={draft.from} onChange={(event) => change({ from: event.currentTarget.value })} error={wrong("/valid_from")} />
    </Dialog>
  );
}

interface PartProps extends Pick<FormProps, "draft" | "change"> {
  title: string;
  part: "acceptance" | "completion";
  wrong: (pointer: string) => string | undefined;
}

function PartFields({ title, part, draft, change, wrong }: PartProps) {
  const typed = draft[part];
  const set = (name: keyof PartDraft, value: string): void => change({ [part]: { ...typed, [name]: value } });
  const amounts: ["fixed" | "minimum" | "cap", string][] = [
    ["fixed", t("Added to it")],
    ["minimum", t("At least")],
    ["cap", t("At most")],
  ];
  return (
    <fieldset className={classes.part}>
      <legend>{title}</legend>
      <TextInput
        label={t("Share")}
        required
        inputMode="decimal"
        autoComplete="off"
        rightSection={<span aria-hidden>%</span>}
        value={typed.share}
        onChange={(event) => set("share", event.currentTarget.value)}
        error={wrong(`/${part}/basis_points`)}
      />
      <details open={amounts.some(([name]) => typed[name] !== "" || wrong(`/${part}/${name}`))}>
        <summary>{t("Amounts, in one currency only")}</summary>
        <div className={classes.fields}>
          {amounts.map(([name, label]) => (
            <MoneyInput key={name} label={label} currency={draft.currency} value={typed[name]} onChange={(value) => set(name, value)} error={wrong(`/${part}/${name}`)} />
          ))}
        </div>
      </details>
    </fieldset>
  );
}

interface DecisionProps {
  seen: Seen;
  trades: Trades;
  back: () => void;
  onClose: () => void;
}

function Decision({ seen: { body, example }, trades, back, onClose }: DecisionProps) {
  const save = useVerb(
    () => ask(adminCommissionCreate({ body })),
    () => {
      notifications.show({ message: t("The fees hold from their day on.") });
      onClose();
    },
  );
  const { name, category = "", tier = "", currency = "", valid_from } = body;
  return (
    <Dialog title={t("Charge this?")} confirm={t("Set these fees")} busy={save.isPending} error={save.error} onConfirm={() => save.mutate()} onClose={onClose}>
      <Stack gap={4}>
        <Text fw={650}>{name}</Text>
        <Text size="sm">{feesWords(body, currency)}</Text>
        <Text size="sm">
          {scopeWord({ trade: trades.nameOf(category), tier, currency })} · {valid_from ? t("from {day} on", { day: formatDay(valid_from) }) : t("from now on")}
        </Text>
      </Stack>
      <Example example={example} />
      {save.isError && asProblem(save.error).fields.length > 0 ? (
        <Text role="alert" c="var(--mantine-color-error)">
          {asProblem(save.error).fields.map((field) => field.detail).join(" ")}
        </Text>
      ) : null}
      <Text size="sm" c="dimmed">
        {t("Offers and contracts that are there keep their fees. A policy is never changed or taken back: the next one takes its place.")}
      </Text>
      <Anchor component="button" type="button" onClick={back} style={{ alignSelf: "flex-start" }}>
        {t("Change something")}
      </Anchor>
    </Dialog>
  );
}
