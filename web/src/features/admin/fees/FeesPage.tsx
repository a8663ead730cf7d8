import { adminCommissionRetrieve, type Commission, type FeePolicy } from "@jobsphere/api-client";
import { t } from "@jobsphere/domain/text";
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { FeeDialog } from "./FeeDialog";
import { type Trades, useTrades } from "./trades";
import { feesWords, scopeWord } from "./words";

/** What the marketplace charges: now, from a day on, and before. */
export function FeesPage() {
  return (
    <AdminPage title={t("Fees")} right="commission" lead={t("What new offers bear. Those that are there, and their contracts, keep the fees of their day.")}>
      <All />
    </AdminPage>
  );
}

function All() {
  const [setting, set] = useState(false);
  const trades = useTrades();
  const found = useQuery({ queryKey: ["admin", "commission"], queryFn: () => ask(adminCommissionRetrieve()) });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={84} />;
  const of = (standing: FeePolicy["standing"]): FeePolicy[] => found.data.policies.filter((each) => each.standing === standing);
  const [planned, replaced] = [of("planned").toReversed(), of("replaced")];
  return (
    <>
      <Section title={t("Charged now")} aside={<Button onClick={() => set(true)}>{t("Set other fees")}</Button>}>
        <Now usual={found.data.in_force} policies={of("in_force")} trades={trades} />
      </Section>
      <Section title={t("Planned")}>
        {planned.length === 0 ? (
          <Empty title={t("Nothing is planned")}>{t("Fees that hold from a later day on stand here until then.")}</Empty>
        ) : (
          <Policies label={t("Planned")} policies={planned} trades={trades} />
        )}
      </Section>
      {replaced.length > 0 ? (
        <details>
          <summary>{t("{count, plural, one {# policy} other {# policies}} that held before", { count: replaced.length })}</summary>
          <Policies label={t("Held before")} policies={replaced} trades={trades} />
        </details>
      ) : null}
      {setting ? <FeeDialog trades={trades} onClose={() => set(false)} /> : null}
    </>
  );
}

interface NowProps {
  usual: Commission["in_force"];
  policies: FeePolicy[];
  trades: Trades;
}

function Now({ usual, policies, trades }: NowProps) {
  const isUsual = (each: FeePolicy): boolean => !each.category && !each.tier && !each.currency;
  return (
    <>
      <Rows label={t("Charged now")}>
        {policies.some(isUsual) ? null : <Row title={usual.policy} text={`${feesWords(usual)} · ${t("For all offers")}`} under={<Text size="sm">{t("It came with JobSphere and holds until you set another.")}</Text>} />}
        {policies.map((each) => (
          <OnePolicy key={each.id} policy={each} trades={trades} />
        ))}
      </Rows>
      <Text size="sm" c="dimmed">
        {t("The narrowest one holds for an offer: trade before tier before currency. A tier's fees are taken only where they come to less.")}
      </Text>
    </>
  );
}

function Policies({ label, policies, trades }: { label: string; policies: FeePolicy[]; trades: Trades }) {
  return (
    <Rows label={label}>
      {policies.map((each) => (
        <OnePolicy key={each.id} policy={each} trades={trades} />
      ))}
    </Rows>
  );
}

function OnePolicy({ policy, trades }: { policy: FeePolicy; trades: Trades }) {
  const day = formatDay(policy.valid_from);
  const since = policy.standing === "planned" ? t("from {day} on", { day }) : t("since {day}", { day });
  const scope = scopeWord({ ...policy, trade: trades.nameOf(policy.category) });
  return <Row title={policy.name} text={`${feesWords(policy, policy.currency)} · ${scope} · ${since}`} />;
}
