import { adminLoyaltyTiersCloseCreate, adminLoyaltyTiersCreate, type AddTierRequest, type Tier } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { MoneyInput } from "@/components/MoneyInput";
import { readMoney } from "@/components/moneyText";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { formatDay } from "@/lib/time";
import classes from "./Plans.module.css";
import { AUDIENCES, audienceWord, demandWord, feesWord } from "./words";

/** Tiers that are earned by the work of twelve months. */
export function Tiers({ tiers }: { tiers: Tier[] }) {
  const [adding, add] = useState(false);
  return (
    <Section
      title={t("What can be earned")}
      aside={
        <Button variant="default" onClick={() => add(true)}>
          {t("Add a tier")}
        </Button>
      }
    >
      {tiers.length === 0 ? (
        <Empty title={t("No tier yet")}>{t("People reach a tier by what was released and completed in twelve months.")}</Empty>
      ) : (
        <Rows label={t("Tiers")}>
          {tiers.map((each) => (
            <OneTier key={each.id} tier={each} />
          ))}
        </Rows>
      )}
      <Text size="sm" c="dimmed">
        {t("A tier is never rewritten: to change one, add its successor with a higher rank and close the old one.")}
      </Text>
      {adding ? <AddTier onClose={() => add(false)} /> : null}
    </Section>
  );
}

function OneTier({ tier }: { tier: Tier }) {
  const [closing, setClosing] = useState(false);
  const words = [audienceWord(tier.audience), demandWord(tier), feesWord(tier), t("rank {rank}", { rank: tier.rank })];
  return (
    <Row
      title={tier.name}
      text={words.filter(Boolean).join(" · ")}
      under={
        <>
          {tier.closed_at ? <Text size="sm">{t("Closed on {day}: who stands on it keeps it for a month.", { day: formatDay(tier.closed_at) })}</Text> : null}
          {closing ? <Close tier={tier} onClose={() => setClosing(false)} /> : null}
        </>
      }
      end={
        tier.closed_at ? null : (
          <Button size="sm" variant="default" c="var(--mantine-color-error)" onClick={() => setClosing(true)} aria-label={t("Close {name}", { name: tier.name })}>
            {t("Close")}
          </Button>
        )
      }
    />
  );
}

function Close({ tier, onClose }: { tier: Tier; onClose: () => void }) {
  const close = useVerb(() => ask(adminLoyaltyTiersCloseCreate({ path: { tier_id: tier.id } })), onClose);
  return (
    <Dialog title={t("Close {name}?", { name: tier.name })} confirm={t("Close the tier")} danger busy={close.isPending} error={close.error} onConfirm={() => close.mutate()} onClose={onClose}>
      <Text>{t("Nobody can reach it any more. Who stands on it is told, and keeps it for a month. This cannot be taken back.")}</Text>
    </Dialog>
  );
}

function AddTier({ onClose }: { onClose: () => void }) {
  const [said, setSaid] = useState({ audience: "contractor" as AddTierRequest["audience"], name: "", tier: "", rank: "1", volume: "", currency: "USD", contracts: "" });
  const [judged, setJudged] = useState(false);
  const volume = said.volume.trim() === "" ? {} : readMoney(said.volume, said.currency);
  const add = useVerb(
    () =>
      ask(
        adminLoyaltyTiersCreate({
          body: { audience: said.audience, name: said.name.trim(), tier: said.tier.trim(), rank: Number(said.rank || 0), volume: volume.money ?? null, contracts: said.contracts ? Number(said.contracts) : null },
        }),
      ),
    onClose,
  );
  const problem = add.isError ? asProblem(add.error) : undefined;
  const confirm = (): void => {
    setJudged(true);
    if (!volume.problem) add.mutate();
  };
  const text = (name: "name" | "tier" | "rank" | "contracts") => ({
    value: said[name],
    onChange: (event: { currentTarget: { value: string } }) => setSaid({ ...said, [name]: event.currentTarget.value }),
    error: problem?.at(`/${name}`),
  });
  return (
    <Dialog title={t("Add a tier")} confirm={t("Add it")} busy={add.isPending} error={add.error} onConfirm={confirm} onClose={onClose}>
      <div className={classes.fields}>
        <NativeSelect size="md" label={t("For whom")} data={AUDIENCES} value={said.audience} onChange={(event) => setSaid({ ...said, audience: event.currentTarget.value as AddTierRequest["audience"] })} />
        <TextInput label={t("Name")} required maxLength={64} data-autofocus {...text("name")} />
        <TextInput label={t("Rank")} required inputMode="numeric" {...text("rank")} />
        <MoneyInput label={t("Released in twelve months")} currency={said.currency} value={said.volume} onChange={(typed) => setSaid({ ...said, volume: typed })} error={(judged ? volume.problem : undefined) ?? problem?.at("/volume")} />
        <TextInput label={t("Currency")} maxLength={3} value={said.currency} onChange={(event) => setSaid({ ...said, currency: event.currentTarget.value.toUpperCase() })} error={problem?.at("/volume/currency")} />
        <TextInput label={t("Contracts completed")} inputMode="numeric" {...text("contracts")} />
      </div>
      <TextInput label={t("Fee tier")} description={t("The fee policies with this name are what the tier leads to.")} required maxLength={32} {...text("tier")} />
    </Dialog>
  );
}
