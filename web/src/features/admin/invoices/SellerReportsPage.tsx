import {
  adminSellerReportsCreate,
  adminSellerReportsFileCreate,
  adminSellerReportsRatesCreate,
  adminSellerReportsRetrieve,
  type SellerReport,
  type SellerReports,
  type SellerRow,
} from "@jobsphere/api-client";
import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { formatMoney } from "@jobsphere/domain/money";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Row, Rows } from "@/components/Rows";
import { Section } from "@/components/Section";
import { Empty, Failed, Loading } from "@/components/States";
import { useVerb } from "@/components/useVerb";
import { ask } from "@/lib/api";
import { asProblem } from "@/lib/problems";
import { saveFile } from "@/lib/saveFile";
import { formatDay } from "@/lib/time";
import { AdminPage } from "../frame/AdminPage";
import { Thresholds } from "./Thresholds";
import { t } from "@jobsphere/domain/text";

/** What tax authorities are told of contractors: who is in it, what is missing, and the files. */
export function SellerReportsPage() {
  const now = new Date().getFullYear();
  const [year, setYear] = useState(now);
  return (
    <AdminPage title={t("Tax authorities")} right="finance" lead={t("What contractors earned, from the ledger, for DAC7 and form 1099-K. Who is incomplete is left out until nothing is missing.")}>
      <NativeSelect label={t("Year")} w={130} data={[now, now - 1, now - 2, now - 3].map(String)} value={String(year)} onChange={(event) => setYear(Number(event.currentTarget.value))} />
      <Year key={year} year={year} />
    </AdminPage>
  );
}

function Year({ year }: { year: number }) {
  const found = useQuery({ queryKey: ["admin", "seller-reports", year], queryFn: () => ask(adminSellerReportsRetrieve({ query: { year } })) });
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={4} height={72} />;
  const all = found.data;
  const pairs = [...new Set(all.sellers.flatMap((each) => each.problems))].filter((each) => each.startsWith("rate-"));
  return (
    <>
      {all.problems.length > 0 ? (
        <Section title={t("Say first who sends the files")}>
          <Text>{t("Name, address, country and tax number of the operator are printed in them. Set them under Taxes.")}</Text>
          <Anchor component={Link} to="/admin/taxes">
            {t("Go to Taxes")}
          </Anchor>
        </Section>
      ) : null}
      <Make all={all} />
      {pairs.map((pair) => (
        <AddRate key={pair} year={year} pair={pair} />
      ))}
      <Sellers sellers={all.sellers} />
      <Thresholds year={year} limits={all.limits} />
      <Files reports={all.reports} />
    </>
  );
}

function Make({ all }: { all: SellerReports }) {
  const [regime, setRegime] = useState<"dac7" | "1099-k">("dac7");
  const make = useVerb(
    () => ask(adminSellerReportsCreate({ body: { year: all.year, regime } })),
    () => {
      notifications.show({ message: t("Made. It is in the list of files.") });
    },
  );
  return (
    <Section title={t("Make the files")}>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t("For")}
          data={[
            { value: "dac7", label: t("DAC7 (European Union)") },
            { value: "1099-k", label: t("1099-K (United States)") },
          ]}
          value={regime}
          onChange={(event) => setRegime(event.currentTarget.value as "dac7" | "1099-k")}
        />
        <Button loading={make.isPending} disabled={all.problems.length > 0} onClick={() => make.mutate()}>
          {t("Make the files")}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t("What was reported before and has changed becomes a correction that refers to the first file.")}
      </Text>
      {make.isError ? <Failed error={make.error} /> : null}
    </Section>
  );
}

function AddRate({ year, pair }: { year: number; pair: string }) {
  const [, currency = "", into = ""] = pair.split("-");
  const [rate, setRate] = useState("");
  const [source, setSource] = useState("");
  const add = useVerb(
    () => {
      const millionths = Math.round(Number(rate.replace(",", ".") || 0) * 1_000_000);
      return ask(adminSellerReportsRatesCreate({ body: { year, currency, into: into as "EUR" | "USD", millionths, source } }));
    },
    () => {
      notifications.show({ message: t("The rate is kept.") });
    },
  );
  const problem = add.isError ? asProblem(add.error) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack className="js-card">
        <Text fw={650}>{t("What was one {currency} worth in {into} in {year}?", { currency, into, year: String(year) })}</Text>
        <Text size="sm" c="dimmed">
          {t("Thresholds need it. We do not guess it.")}
        </Text>
        <Group gap="sm" align="flex-end">
          <TextInput label={t("Rate")} inputMode="decimal" w={130} value={rate} error={problem?.at("/millionths")} onChange={(event) => setRate(event.currentTarget.value)} />
          <TextInput label={t("Where it is published")} value={source} error={problem?.at("/source")} onChange={(event) => setSource(event.currentTarget.value)} />
          <Button type="submit" variant="default" loading={add.isPending}>
            {t("Keep the rate")}
          </Button>
        </Group>
        {add.isError ? <Failed error={add.error} /> : null}
      </Stack>
    </form>
  );
}

function Sellers({ sellers }: { sellers: SellerRow[] }) {
  return (
    <Section title={t("Contractors of the year")}>
      {sellers.length === 0 ? (
        <Empty title={t("Nobody earned anything")}>{t("As soon as work is paid its contractor stands here.")}</Empty>
      ) : (
        <Rows label={t("Contractors of the year")}>
          {sellers.map((each) => (
            <Row key={each.user_id} title={each.name} text={[standing(each), each.country, earned(each)].filter(Boolean).join(" · ")} under={<Missing seller={each} />} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function earned(seller: SellerRow): string {
  const sum = (amounts: number[]): number => amounts.reduce((all, each) => all + each, 0);
  return seller.figures.map((each) => formatMoney({ amount: sum(each.paid), currency: each.currency })).join(", ");
}

function standing(seller: SellerRow): string {
  return t("{standing, select, reportable {reported} excluded {below the threshold} outside {nobody asks} other {incomplete}}", { standing: seller.standing });
}

/** What a report cannot do without, by the server's names of the fields. */
const MISSING: Record<string, string> = {
  first_name: t("First name"),
  last_name: t("Last name"),
  legal_name: t("Registered name"),
  street: t("Street and number"),
  post_code: t("Postal code"),
  city: t("Town"),
  country: t("Country"),
  birth_date: t("Day of birth"),
  birth_city: t("Town of birth"),
  birth_country: t("Country of birth"),
  tin: t("Tax identification number"),
};

function problemWord(problem: string): string {
  const [kind, currency = "", into = ""] = problem.split("-");
  return kind === "rate" ? t("the rate of {currency} in {into}", { currency, into }) : problem;
}

function Missing({ seller }: { seller: SellerRow }) {
  const says = [...seller.missing.map((each) => MISSING[each] ?? each), ...seller.problems.map(problemWord)];
  if (says.length === 0 && !seller.withheld) return null;
  return (
    <Text size="sm">
      {says.length > 0 ? t("Missing: {what}.", { what: says.join(", ") }) : ""} {seller.withheld ? t("Withdrawals wait for it.") : ""}
    </Text>
  );
}

function Files({ reports }: { reports: SellerReport[] }) {
  return (
    <Section title={t("Files that were made")}>
      {reports.length === 0 ? (
        <Empty title={t("No file yet")}>{t("A file is kept as it was made; the audit trail says who downloaded it.")}</Empty>
      ) : (
        <Rows label={t("Files that were made")}>
          {reports.map((each) => (
            <OneFile key={each.id} report={each} />
          ))}
        </Rows>
      )}
    </Section>
  );
}

function OneFile({ report }: { report: SellerReport }) {
  const name = [report.message_ref, report.regime === "dac7" ? "xml" : "csv"].join(".");
  const read = useVerb(
    () => ask(adminSellerReportsFileCreate({ path: { report_id: report.id }, parseAs: "blob" })),
    (file) => saveFile(file, name),
  );
  const kind = report.corrects ? t("Correction of {first}", { first: report.corrects }) : t("New data");
  return (
    <Row
      title={`${report.regime.toUpperCase()} ${report.year}`}
      text={`${kind} · ${t("{lines, plural, one {# line} other {# lines}}", { lines: report.lines })} · ${formatDay(report.created_at)}`}
      under={read.isError ? <Failed error={read.error} /> : undefined}
      end={
        <Button variant="default" size="sm" loading={read.isPending} onClick={() => read.mutate()} aria-label={t("Download {name}", { name })}>
          {t("Download")}
        </Button>
      }
    />
  );
}
