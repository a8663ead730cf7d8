import {
  invoicesStatementsCsvRetrieve,
  invoicesStatementsList,
  invoicesStatementsPdfRetrieve,
  type MonthlyStatement,
} from "@jobsphere/api-client";
import { formatMoney, type Money } from "@jobsphere/domain/money";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Section } from "@/components/Section";
import { Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { saveFile } from "@/lib/saveFile";
import classes from "@/components/invoices/Invoices.module.css";
import { monthWord } from "@/components/invoices/words";
import { t } from "@jobsphere/domain/text";

/** A contractor's month from the books: what there was, what came, what went, what is left. */
export function MonthStatement({ month }: { month: string }) {
  const found = useQuery({
    queryKey: ["invoices", "statement", month],
    queryFn: () => ask(invoicesStatementsList({ path: { month } })),
  });
  const pdf = useVerb(
    () => ask(invoicesStatementsPdfRetrieve({ path: { month }, parseAs: "blob" })),
    (file) => saveFile(file, `statement-${month}.pdf`),
  );
  const csv = useVerb(
    () => ask(invoicesStatementsCsvRetrieve({ path: { month }, parseAs: "blob" })),
    (file) => saveFile(file, `statement-${month}.csv`, "text/csv"),
  );
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={1} height={220} />;
  if (found.data.length === 0) return null;
  return (
    <Section title={t("Statement for {monthWord}", { monthWord: monthWord(month) })}>
      {found.data.map((each) => (
        <OneStatement key={each.closing.currency} of={each} />
      ))}
      {pdf.isError ? <Failed error={pdf.error} /> : null}
      {csv.isError ? <Failed error={csv.error} /> : null}
      <Group gap="sm">
        <Button loading={pdf.isPending} onClick={() => pdf.mutate()}>
          {t("Save as PDF")}
        </Button>
        <Button variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>
          {t("Save as a table (CSV)")}
        </Button>
      </Group>
    </Section>
  );
}

function OneStatement({ of: each }: { of: MonthlyStatement }) {
  const lines: [string, Money, boolean?][] = [
    [t("Opening balance"), each.opening, true],
    [t("Earned"), each.earned],
    [t("Taken back"), each.taken_back],
    [t("Withdrawn"), each.withdrawn],
    [t("Fees for instant payouts"), each.payout_fees],
    [t("Other"), each.other],
    [t("Closing balance"), each.closing, true],
  ];
  return (
    <Stack className="js-card" gap="sm">
      <dl className={classes.sums}>
        {lines
          .filter(([, money, always]) => always || money.amount !== 0)
          .map(([label, money, strong]) => (
            <div key={label} data-strong={strong || undefined}>
              <dt>{label}</dt>
              <dd className="js-number">{formatMoney(money)}</dd>
            </div>
          ))}
      </dl>
      <Text size="sm" c="dimmed">
        {t("Your customers were invoiced {gross}; the commission was {commission}.", { gross: formatMoney(each.gross), commission: formatMoney(each.commission) })}
      </Text>
      {each.tax_on_work.amount !== 0 ? (
        <Text size="sm" c="dimmed">
          {t("Your invoices contain {taxOnWork} of tax, which is yours to pay.", { taxOnWork: formatMoney(each.tax_on_work) })}
        </Text>
      ) : null}
    </Stack>
  );
}
