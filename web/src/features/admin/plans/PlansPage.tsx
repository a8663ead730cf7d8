import { adminPlansCloseCreate, adminPlansList, type AdminPlan } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { t } from "@jobsphere/domain/text";
import { Anchor, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { useRights } from "../frame/rights";
import { PlanDialog } from "./PlanDialog";
import { PlanFigures } from "./PlanFigures";
import { Tiers } from "./Tiers";
import { audienceWord, feesWord, priceWord } from "./words";

/** What people can subscribe to, and what they can earn. */
export function PlansPage() {
  return (
    <AdminPage title={t("Plans")} right="commission" lead={t("What people can subscribe to or earn to bear lower fees. Contracts that are running keep theirs.")}>
      <Figures />
      <All />
    </AdminPage>
  );
}

function Figures() {
  return useRights().holds("finance") ? <PlanFigures /> : null;
}

function All() {
  const found = useQuery({ queryKey: ["admin", "plans"], queryFn: () => ask(adminPlansList()) });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={84} />;
  return (
    <>
      <Plans plans={found.data.plans} />
      <Tiers tiers={found.data.tiers} />
    </>
  );
}

function Plans({ plans }: { plans: AdminPlan[] }) {
  const [adding, add] = useState(false);
  return (
    <Section title={t("What can be subscribed to")} aside={<Button onClick={() => add(true)}>{t("Add a plan")}</Button>}>
      {plans.length === 0 ? (
        <Empty title={t("No plan yet")} action={<Anchor component={Link} to="/admin/fees">{t("Set fees for a tier")}</Anchor>}>{t("A plan leads to the fee policies of a tier. Set those first, then add the plan.")}</Empty>
      ) : (
        <Rows label={t("Plans")}>
          {plans.map((each) => (
            <OnePlan key={each.id} plan={each} />
          ))}
        </Rows>
      )}
      {adding ? <PlanDialog onClose={() => add(false)} /> : null}
    </Section>
  );
}

function OnePlan({ plan }: { plan: AdminPlan }) {
  const [asked, choose] = useState<"change" | "retire">();
  const words = [
    audienceWord(plan.audience),
    priceWord(plan),
    feesWord(plan),
    t("{subscribers, plural, =0 {nobody has it} one {# person has it} other {# people have it}}", { subscribers: plan.subscribers }),
  ];
  return (
    <Row
      title={plan.name}
      text={words.join(" · ")}
      under={
        <>
          {plan.coming ? <Text size="sm">{t("From {day} on: {price}.", { day: formatDay(plan.coming.valid_from), price: formatMoney(plan.coming.price) })}</Text> : null}
          {plan.closed_at ? <Text size="sm">{t("Retired on {day}: who has it keeps it.", { day: formatDay(plan.closed_at) })}</Text> : null}
          <Versions plan={plan} />
          <Group gap="sm" mt="xs">
            <Button size="sm" variant="default" onClick={() => choose("change")} aria-label={t("Change {name}", { name: plan.name })}>
              {t("Change")}
            </Button>
            {plan.closed_at ? null : (
              <Button size="sm" variant="default" c="var(--mantine-color-error)" onClick={() => choose("retire")} aria-label={t("Retire {name}", { name: plan.name })}>
                {t("Retire")}
              </Button>
            )}
          </Group>
          {asked === "change" ? <PlanDialog plan={plan} onClose={() => choose(undefined)} /> : null}
          {asked === "retire" ? <Retire plan={plan} onClose={() => choose(undefined)} /> : null}
        </>
      }
    />
  );
}

function Versions({ plan }: { plan: AdminPlan }) {
  if (plan.versions.length < 2) return null;
  return (
    <details>
      <summary>{t("All {versions} versions", { versions: plan.versions.length })}</summary>
      <ul>
        {plan.versions.map((each) => (
          <li key={each.number}>
            {t("{day}: {name}, {price}, fees of {tier}", { day: formatDay(each.valid_from), name: each.name, price: formatMoney(each.price), tier: each.tier })}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Retire({ plan, onClose }: { plan: AdminPlan; onClose: () => void }) {
  const close = useVerb(() => ask(adminPlansCloseCreate({ path: { plan_id: plan.id } })), onClose);
  return (
    <Dialog title={t("Retire {name}?", { name: plan.name })} confirm={t("Retire")} danger busy={close.isPending} error={close.error} onConfirm={() => close.mutate()} onClose={onClose}>
      <Text>{t("Nobody can begin it any more. Who has it keeps it, and goes on paying for it. This cannot be taken back.")}</Text>
    </Dialog>
  );
}
