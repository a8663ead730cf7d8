import { adminContractsStatementRetrieve } from "@jobsphere/api-client";
import { formatMoney } from "@jobsphere/domain/money";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { MoneyBar } from "@/components/MoneyBar";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { ask } from "@/lib/api";
import { formatMoment } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { codeWord } from "../frame/words";
import classes from "./Books.module.css";
import { t } from "@jobsphere/domain/text";

/** Every account that a contract's money touched. */
export function ContractStatementPage() {
  return (
    <AdminPage title={t("Statement of a contract")} right="finance" lead={t("Every account that its money touched, step by step.")}>
      <Statement />
    </AdminPage>
  );
}

function Statement() {
  const { contract } = useParams({ strict: false }) as { contract: string };
  const found = useQuery({
    queryKey: ["admin", "statement", contract],
    queryFn: () => ask(adminContractsStatementRetrieve({ path: { contract_id: contract } })),
  });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} height={160} />;
  const { data } = found;
  return (
    <>
      <Section title={data.title} aside={<Text c="dimmed">{t("{customer} and {contractor}", { customer: data.customer.name, contractor: data.contractor.name })}</Text>}>
        <MoneyBar
          caption={t("Of {charged} charged", { charged: formatMoney(data.totals.charged) })}
          parts={[
            { label: t("earned by the contractor"), money: data.totals.contractor, tone: "released" },
            { label: t("protected"), money: data.totals.held, tone: "protected" },
            { label: t("platform fee"), money: data.totals.platform_fee, tone: "fees" },
            { label: t("service fee"), money: data.totals.service_fee, tone: "fees" },
            { label: t("refunded"), money: data.totals.refunded, tone: "refunded" },
            { label: t("belongs to no job"), money: data.totals.unapplied, tone: "waiting" },
          ]}
        />
      </Section>
      <Section title={t("Step by step")}>
        <ol className={classes.plain}>
          {data.steps.map((step) => (
            <li key={step.transfer_id} className="js-card">
              <strong>
                {step.number}. {codeWord(step.code)}
              </strong>
              <Text size="sm" c="dimmed">
                {formatMoment(step.posted_at)}
              </Text>
              <table className={classes.trial}>
                <thead>
                  <tr>
                    <th scope="col">{t("Account")}</th>
                    <th scope="col">{t("Debit")}</th>
                    <th scope="col">{t("Credit")}</th>
                  </tr>
                </thead>
                <tbody>
                  {step.legs.map((leg, index) => (
                    <tr key={index}>
                      <td>
                        {leg.account.title}
                        {leg.account.owner_name ? t(" of {ownerName}", { ownerName: leg.account.owner_name }) : ""}
                      </td>
                      <td>{leg.debit.amount ? formatMoney(leg.debit) : ""}</td>
                      <td>{leg.credit.amount ? formatMoney(leg.credit) : ""}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </li>
          ))}
        </ol>
        <Text fw={600}>{t("All accounts sum to {total}.", { total: formatMoney(data.total) })}</Text>
      </Section>
    </>
  );
}
